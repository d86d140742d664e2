/* SPDX-License-Identifier: ISC */
/*
 * What papers that lie together are about, in their own words: phrases that
 * stand in many of them, in few of the other papers and in few of the papers
 * that the vectors were learnt from, and that mean what is in their middle.
 */
#ifndef PHRASES_H
#define PHRASES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/strmap.h"
#include "common/words/space.h"
#include "draft/clusters.h"
#include "draft/forms.h"
#include "draft/library.h"
#include "local/wishes.h"

struct phrase {
	char *text; /* owned; folded, with its hyphens, as most have it */
	long votes;
	uint64_t stem[WISH_WORDS];
	size_t words;
	size_t blanks; /* within it: "fine-tuning" has none */
	size_t n[CLUSTERS_MAX]; /* papers that have it, by cluster */
	/* How often it stands there, and how often so as nouns do. */
	size_t times, as_noun;
	bool titled; /* stands in a title */
	size_t last; /* the paper that it was counted in last, from 1 */
	size_t cluster; /* the one that it tells most of .. */
	double score; /* .. and how much */
};

struct phrases {
	struct strmap keys;
	struct phrase *v;
	size_t cap;
	struct forms forms;
};

/* of: each paper's cluster. */
void
phrases_collect(struct phrases *f, const struct library *l, const size_t *of);
/* Scores them, and has the best in front, without those that say again what a
 * better one says; returns how many are left. */
size_t
phrases_rank(struct phrases *f, const struct clusters *c, struct space *s);
void phrases_release(struct phrases *f);

#endif
