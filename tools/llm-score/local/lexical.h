/* SPDX-License-Identifier: ISC */
/*
 * The judge that needs no key: BM25 of a paper's title, abstract and
 * categories against the topics file, with document frequencies from a table that is compiled
 * in, so that a rating depends on nothing but the paper and the topics.
 */
#ifndef LEXICAL_H
#define LEXICAL_H

#include "common/base/slice.h"
#include "common/base/strbuf.h"
#include "common/record/paper.h"

/* What score.model says of this judge. */
#define LEXICAL_MODEL  "bm25"
#define LEXICAL_TOPICS 3

struct lexical;

/* Start with LEXICAL_RATING_INIT, reuse for every paper, release at the
 * end. */
struct lexical_rating {
	int relevance; /* 1 to 10, by fixed quantiles of the background */
	double score; /* the sum behind it; breaks ties */
	struct strbuf comment; /* the best topic and the words that matched */
	/* Ids of the topics that matched, best first; borrowed from the
	 * judge. */
	const char *topics[LEXICAL_TOPICS];
	size_t ntopics;
};

#define LEXICAL_RATING_INIT                              \
	{                                                \
		0, 0, STRBUF_INIT(STRBUF_MAX), {NULL}, 0 \
	}

/* topics_path is for messages; topics_text is only used during the call.
 * Exits with 2 if the text names nothing to look for. */
struct lexical *lexical_open(const char *topics_path, struct slice topics_text);
void
lexical_judge(struct lexical *l, struct paper *p, struct lexical_rating *v);
void lexical_rating_release(struct lexical_rating *v);
void lexical_free(struct lexical *l);

#endif
