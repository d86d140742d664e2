/* SPDX-License-Identifier: ISC */
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
#ifndef INTERESTS_H
#define INTERESTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/slice.h"
#include "tokens.h"

#define INTEREST_WORDS	  4
#define INTEREST_NO_TOPIC SIZE_MAX

/* A word or phrase to look for. */
struct interest {
	char *spelling; /* as in the file */
	uint64_t stem[INTEREST_WORDS];
	size_t nstems;
	unsigned long papers; /* of the background that have it */
	double weight; /* negative: speaks against the paper */
	size_t topic; /* its index, or INTEREST_NO_TOPIC */
	bool again; /* stands elsewhere with more weight: counts for its topic
		       only */
};

struct interest_topic {
	char *id; /* "moe"; made from the name if the file gives none */
	char *name;
};

struct interests {
	struct interest *v;
	size_t n;
	struct interest_topic *topics;
	size_t ntopics;
};

void interests_read(struct interests *in, struct slice text, struct tokens *t);
void interests_release(struct interests *in);

#endif
