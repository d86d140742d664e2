/* SPDX-License-Identifier: ISC */
/*
 * Logistic regression on the features of papers, and cross-validation over
 * days, which tells how well it does and where to draw the line.  The only
 * user of liblinear.
 */
#ifndef LEARN_H
#define LEARN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/date.h"
#include "features.h"
#include "weights.h"

/* A paper in little memory: each feature's index and count in one word. */
#define EXAMPLE_COUNT_MAX (UINT32_MAX >> FEATURES_BITS)

struct example {
	uint64_t id; /* a hash */
	uint64_t seq; /* the order of reading */
	day_t day; /* EXAMPLE_NO_DAY: never tested on */
	uint32_t *packed; /* owned */
	uint32_t n;
	bool selected;
	unsigned times; /* how much it counts, in parts of a paper */
};

#define EXAMPLE_NO_DAY INT64_MAX /* newer than all that have one */

uint32_t example_pack(const struct feature *f);

/*
 * Fills w, which is initialized, from n examples of both classes; one that
 * counts base times counts as one paper.  They are emptied of their features
 * on the way, so that no paper is in memory twice.
 */
void learn(struct weights *w, struct example *v, size_t n, unsigned base);

#endif
