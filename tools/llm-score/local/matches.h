/* SPDX-License-Identifier: ISC */
/* Which wishes stand in a paper, word for word. */
#ifndef MATCHES_H
#define MATCHES_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/strbuf.h"
#include "common/words/tokens.h"
#include "local/wishes.h"

struct matches {
	const struct wishes *wishes; /* borrowed */
	/* Wishes by their first stem: chains through next, both plus 1. */
	size_t *bucket, *next, nbuckets;
	double *times; /* by wish: how often it stands in the paper at hand */
	size_t words; /* of that paper */
};

void matches_init(struct matches *m, const struct wishes *w);
void matches_release(struct matches *m);
/* Forgets the paper at hand. */
void matches_reset(struct matches *m);
/* Counts what stands in the text that was split last, so often each time. */
void matches_add(struct matches *m, struct tokens *t, double times);
/* True if a wish of that kind stands there that is not weak. */
bool matches_any(const struct matches *m, bool unwanted);
/* Appends those for a reader, longest first, no words twice: "Matched: low
 * rank, pruning.", with before in front. */
void matches_tell(const struct matches *m, struct strbuf *b, bool unwanted,
    const char *before);

#endif
