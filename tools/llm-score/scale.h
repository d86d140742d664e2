/* SPDX-License-Identifier: ISC */
/*
 * The axes that papers are rated on.  The criteria file declares them, each
 * with a line "## Axis: name"; relevance and novelty are always there.
 */
#ifndef SCALE_H
#define SCALE_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/slice.h"

#define SCALE_MIN  1
#define SCALE_MAX  10
#define SCALE_AXES 8

struct scale {
	char *axis[SCALE_AXES]; /* relevance, novelty, then as declared */
	size_t n;
};

/* Finds the axes in the criteria.  False, with *why saying what is wrong (a
 * name that score uses otherwise, too many), and nothing to release. */
bool scale_read(struct scale *s, struct slice criteria, const char **why);
void scale_release(struct scale *s);

#endif
