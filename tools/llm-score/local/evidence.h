/* SPDX-License-Identifier: ISC */
/*
 * Why a paper is near to what a reader wants, for a person to read: phrases that
 * stand in it, topics and liked papers that it is like.
 */
#ifndef EVIDENCE_H
#define EVIDENCE_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/strbuf.h"
#include "local/likes.h"
#include "common/words/space.h"
#include "local/matches.h"
#include "local/wishes.h"

#define EVIDENCE_TOPICS 3

/* What speaks for one paper, or against it. */
struct reasons {
	struct strbuf comment;
	/* Ids of the topics it has a phrase of or is near to, best first; the
	 * wishes'. */
	const char *topics[EVIDENCE_TOPICS];
	size_t ntopics;
};

#define REASONS_INIT                               \
	{                                          \
		STRBUF_INIT(STRBUF_MAX), {NULL}, 0 \
	}

struct evidence {
	const struct wishes *wishes; /* borrowed */
	const struct likes *likes; /* borrowed */
	vector *wish; /* by wish: its query; nothing where no word is known */
	struct near_topic *topic; /* by topic */
	vector *liked; /* by like */
	struct matches matches; /* in the paper at hand */
	bool titled; /* an unwanted one stands in its title */
};

/* x has room for a value of each background paper. */
void evidence_open(struct evidence *e, const struct wishes *w,
    const struct likes *l, struct space *s, double *x);
void evidence_release(struct evidence *e);

/* Looks through a paper's texts, each split into s->tokens first: the title,
 * which begins a paper, then the abstract. */
void evidence_title(struct evidence *e, struct space *s);
void evidence_abstract(struct evidence *e, struct space *s);
/* True if a wanted phrase that tells something stood in one of them. */
bool evidence_for(const struct evidence *e);

/* The paper with the vector x. */
void evidence_tell(
    struct evidence *e, const vector x, int relevance, struct reasons *r);

#endif
