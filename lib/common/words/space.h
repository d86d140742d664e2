/* SPDX-License-Identifier: ISC */
/*
 * Where a reader's papers lie: the vectors of a group of archives, the middle
 * of the reader's categories, and background papers of them, against which
 * everything is measured.
 */
#ifndef SPACE_H
#define SPACE_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/strlist.h"
#include "common/words/tokens.h"
#include "common/words/vectors.h"

struct space {
	struct vectors vectors;
	struct tokens tokens; /* of what was split last */
	vector centre;
	vector *background; /* centred */
	size_t nbackground;
};

/* What z(x) = (x - mean) / deviation is over the background. */
struct scale {
	double mean, deviation;
};

/* True if the category is of an archive of arXiv. */
bool space_knows(const char *category);
/* Chooses the group by the categories, or without any by whose papers use the
 * phrases' words most.  Exits with 2 if its vectors are not there. */
void space_open(struct space *s, const struct strlist *phrases,
    const struct strlist *categories);
void space_close(struct space *s);

/* A paper's vector is made of its texts, each split into s->tokens first, and
 * then centred, unless none of its words is known: then it is left nothing. */
void space_add_title(struct space *s, vector out);
void space_add_abstract(struct space *s, vector out);
void space_centre(const struct space *s, vector x);
/* All of that. */
void space_add_paper(
    struct space *s, struct slice title, struct slice abstract, vector out);

/* Words to a query: adds the unit vector of what was split last, so often;
 * false if no word is known. */
bool space_add_phrase(struct space *s, double times, vector q);
/* Frees the sum of phrases of a part of what all papers have in common. */
void space_centre_query(const struct space *s, vector q);
/*
 * Adds what the background's papers say of the query: each its own vector, as
 * often as it is near.  Words of which the group's papers speak together come
 * in, and what only one word drew in counts less.
 */
void space_smooth(const struct space *s, vector q);

/* x.q of each background paper, in x, and what it is like. */
struct scale space_measure(const struct space *s, const vector q, double *x);
struct scale scale_of(const double *x, size_t n);
/* z(x), clipped to 6 either way. */
double standardize(const struct scale *s, double x);
/* The value below which that share of the n > 0 values is; puts them in another
 * order. */
double quantile(double *v, size_t n, double share);

#endif
