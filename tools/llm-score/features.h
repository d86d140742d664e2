/* SPDX-License-Identifier: ISC */
/*
 * A paper as the counts of what the screen's model has weights for: words,
 * pairs of words, and both again for the title, hashed to a fixed number of
 * dimensions, so that a model needs no vocabulary.
 */
#ifndef FEATURES_H
#define FEATURES_H

#include <stddef.h>
#include <stdint.h>

#include "common/record/paper.h"
#include "tokens.h"

#define FEATURES_BITS 19
#define FEATURES_DIM  ((uint32_t)1 << FEATURES_BITS)

struct feature {
	uint32_t index; /* below FEATURES_DIM */
	uint32_t count;
};

/* Reused for one paper after another. */
struct features {
	struct feature *v; /* each index once, in order of appearance */
	size_t n, cap;
	uint32_t *slot; /* hash table: index into v, plus 1 */
	size_t nslots;
	struct tokens tokens;
};

void features_init(struct features *f);
void features_release(struct features *f);
/* Forgets what was there. */
void features_of(struct features *f, struct slice title, struct slice abstract);
void features_of_paper(struct features *f, struct paper *p);

#endif
