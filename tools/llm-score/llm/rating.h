/* SPDX-License-Identifier: ISC */
/*
 * What a model said of papers: the axes it was to rate them on, and a rating.
 */
#ifndef RATING_H
#define RATING_H

#include <stdbool.h>
#include <stddef.h>

#include <cJSON.h>

#include "common/base/slice.h"
#include "common/base/strbuf.h"
#include "common/base/strlist.h"

/*
 * The axes that papers are rated on.  The criteria file declares them, each
 * with a line "## Axis: name"; relevance and novelty are always there.
 */

#define RATING_MIN 1
#define RATING_MAX 10
#define AXES_MAX   8

struct axes {
	char *name[AXES_MAX]; /* relevance, novelty, then as declared */
	size_t n;
};

/* Finds the axes in the criteria.  False, with *why saying what is wrong (a
 * name that score uses otherwise, too many), and nothing to release. */
bool axes_read(struct axes *s, struct slice criteria, const char **why);
void axes_release(struct axes *s);

/*
 * What a model said of one paper, and the only place that knows what a valid
 * rating is.
 */

struct rating {
	int axis[AXES_MAX]; /* as in the axes */
	double mean; /* of the votes on relevance; 0: one was asked for */
	char *comment; /* owned */
	struct strlist topics;
};

void rating_release(struct rating *v);

/*
 * Reads {comment, relevance, novelty, .., topics}.  False if it is not one:
 * every axis must be a whole number from 1 to 10, or text that is only that
 * ("9", "9/10"), and the comment a string.
 * Topics not among ids are left out.  Nothing is to be released then.
 */
bool rating_read(struct rating *v, const cJSON *o, const struct axes *axes,
    const struct strlist *ids);

/* What score holds beside the rating. */
struct rating_origin {
	const char *backend, *model, *prompt;
	int votes; /* that it rests on; 0: not mentioned */
	bool suspect;
	const char *first; /* the score before, as JSON; or NULL */
};

/* Appends the JSON that rating_read reads; with origin, the value of the
 * record's score. */
void rating_write(struct strbuf *b, const struct rating *v,
    const struct axes *axes, const struct rating_origin *origin);

/* The rating of n > 0 voters: the median of each axis (the lower one of two
 * in the middle), the mean of relevance, the comment of the voter nearest to it, and the topics that
 * more than half of them named.  Shares nothing with the votes. */
void rating_median(struct rating *v, const struct rating *votes, size_t n,
    const struct axes *axes);

#endif
