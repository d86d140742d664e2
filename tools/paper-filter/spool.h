/* SPDX-License-Identifier: ISC */
/*
 * Lines held back: a few megabytes in memory, and from there on in a temporary
 * file that no name leads to.
 */
#ifndef SPOOL_H
#define SPOOL_H

#include <stdint.h>

#include "common/base/slice.h"
#include "common/base/strbuf.h"

struct spool {
	int fd; /* -1: no file could be made, all stays in memory */
	uint64_t written; /* bytes that are in the file */
	struct strbuf tail; /* those behind them */
};

/* Makes the file in $TMPDIR or /tmp. */
void spool_open(struct spool *s);
void spool_close(struct spool *s);
/* Returns where the line begins. */
uint64_t spool_add(struct spool *s, struct slice line);
/* Puts the n bytes from `at` on into b, in place of what was there. */
struct slice
spool_get(struct spool *s, uint64_t at, size_t n, struct strbuf *b);

#endif
