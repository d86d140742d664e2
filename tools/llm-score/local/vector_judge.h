/* SPDX-License-Identifier: ISC */
/*
 * The judge that knows words: a paper is near to what the topics want, and to
 * papers that were liked, or it is not.  What near means is told by background
 * papers of the reader's categories, so that a paper's rating depends on
 * nothing but the paper and what the judge was opened with.  Without vectors,
 * only what stands in a paper word for word counts.
 */
#ifndef VECTOR_JUDGE_H
#define VECTOR_JUDGE_H

#include <stdbool.h>

#include "common/base/slice.h"
#include "common/base/strbuf.h"
#include "common/base/strlist.h"
#include "common/record/paper.h"
#include "local/evidence.h"
#include "local/likes.h"

/* What score.model says of this judge, with vectors and without. */
#define VECTOR_JUDGE_MODEL  "vectors"
#define VECTOR_JUDGE_SIMPLE "bm25"

/* What to judge by; at least topics, likes or a model. */
struct vector_policy {
	const char *topics_path; /* for messages */
	struct slice topics; /* only used while opening; may be empty */
	const struct strlist *categories; /* the reader's; may be empty */
	const struct likes *likes, *dislikes; /* borrowed */
	/* A trained one, which gives its own probability: how many of the
	 * papers that it learnt from were selected (0: there is none), and
	 * which share of them. */
	double model_selected, model_usual;
	double usual; /* the share of papers that the reader selects */
	bool words_only; /* by the topics alone */
};

struct vector_judge;

/* Start with VECTOR_RATING_INIT, reuse for every paper, release at the end. */
struct vector_rating {
	double p; /* that this reader selects the paper */
	int relevance; /* 1 to 10 */
	struct reasons reasons;
	/* The value of the key "near"; empty: there are no earlier papers. */
	struct strbuf near;
};

#define VECTOR_RATING_INIT                                  \
	{                                                   \
		0, 1, REASONS_INIT, STRBUF_INIT(STRBUF_MAX) \
	}

/* Exits with 2 if there is nothing to judge by. */
struct vector_judge *vector_judge_open(const struct vector_policy *policy);
/* One of the papers in which the nearest to those judged are looked for. */
void vector_judge_add_earlier(struct vector_judge *j, struct paper *p);
/* model: the trained model's probability, where there is one. */
void vector_judge_rate(struct vector_judge *j, struct paper *p, double model,
    struct vector_rating *r);
/* Appends lines of what the topics were read as. */
void vector_judge_explain(const struct vector_judge *j, struct strbuf *b);
void vector_rating_release(struct vector_rating *r);
void vector_judge_free(struct vector_judge *j);

#endif
