/* SPDX-License-Identifier: ISC */
/*
 * What a model said of one paper, and the only place that knows what a valid
 * verdict is.
 */
#ifndef VERDICT_H
#define VERDICT_H

#include <cJSON.h>
#include <stdbool.h>
#include <stddef.h>

#include "common/base/strbuf.h"
#include "common/base/strlist.h"
#include "scale.h"

struct verdict {
	int axis[SCALE_AXES]; /* as in the scale */
	char *comment; /* owned */
	struct strlist topics;
};

void verdict_release(struct verdict *v);

/*
 * Reads {comment, relevance, novelty, .., topics}.  False if it is not one:
 * every axis must be a whole number from 1 to 10 and the comment a string.
 * Topics not among ids are left out.  Nothing is to be released then.
 */
bool verdict_read(struct verdict *v, const cJSON *o, const struct scale *scale,
    const struct strlist *ids);

/* What score holds beside the verdict. */
struct verdict_origin {
	const char *backend, *model, *prompt;
	int votes; /* 1: not mentioned */
	bool suspect;
};

/* Appends the JSON that verdict_read reads; with origin, the value of the
 * record's score. */
void verdict_write(struct strbuf *b, const struct verdict *v,
    const struct scale *scale, const struct verdict_origin *origin);

/* The verdict of n > 0 voters: the median of each axis (the lower one of two
 * in the middle), the comment of the voter nearest to it, and the topics that
 * more than half of them named.  Shares nothing with the votes. */
void verdict_of_votes(struct verdict *v, const struct verdict *votes, size_t n,
    const struct scale *scale);

#endif
