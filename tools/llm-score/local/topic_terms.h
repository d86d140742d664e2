/* SPDX-License-Identifier: ISC */
/*
 * What the lexical judge looks for: words and phrases out of the topics file,
 * and how rare each of them is.
 */
#ifndef TOPIC_TERMS_H
#define TOPIC_TERMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/slice.h"
#include "common/words/tokens.h"

/*
 * How often words are used: counts over many papers, from background.tsv,
 * which is compiled in.  They make a score independent of the other papers
 * of the day.
 */

unsigned long background_papers(void);
/* Words of a paper's title and abstract, on average. */
double background_words(void);
/* In how many of the papers the stem, or the two neighbouring stems ("low
 * rank"), stand; 0 if in too few to be listed. */
unsigned long background_count(struct slice term);
/* The BM25 weight of a term that is in count of the papers. */
double background_idf(unsigned long count);

/* background.tsv as a string, made by the build. */

extern const char background_table[];
extern const size_t background_table_size; /* without the NUL */

/*
 * What the lexical judge reads out of the topics file: which words and phrases
 * speak for a paper, which against it, and to which topic they belong.
 *
 *	1. Sparse experts {#moe}
 *	   - Relevant: mixture of experts, routing, conditional computation
 *	   - Irrelevant: using experts for an application
 *	Keywords:
 *	- Relevant: foundation models
 *	- Irrelevant: federated learning
 *
 * All else in the file is for the language model.  A file without any such
 * list is taken word by word.
 */

#define TERM_WORDS    4
#define TERM_NO_TOPIC SIZE_MAX

/* A word or phrase to look for. */
struct topic_term {
	char *spelling; /* as in the file */
	uint64_t stem[TERM_WORDS];
	size_t nstems;
	unsigned long papers; /* of the background that have it */
	double weight; /* negative: speaks against the paper */
	size_t topic; /* its index, or TERM_NO_TOPIC */
	bool again; /* stands elsewhere with more weight: counts for its topic
		       only */
};

struct term_topic {
	char *id; /* "moe"; made from the name if the file gives none */
	char *name;
};

struct topic_terms {
	struct topic_term *v;
	size_t n;
	struct term_topic *topics;
	size_t ntopics;
};

void
topic_terms_read(struct topic_terms *in, struct slice text, struct tokens *t);
void topic_terms_release(struct topic_terms *in);

#endif
