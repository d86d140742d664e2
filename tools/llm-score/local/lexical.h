/* SPDX-License-Identifier: ISC */
/*
 * What the words themselves tell: BM25 of a paper against the wishes, with how
 * often words are used taken from the papers that the vectors were learnt from.
 */
#ifndef LEXICAL_H
#define LEXICAL_H

#include "local/matches.h"
#include "common/words/vectors.h"
#include "local/wishes.h"

struct lexical {
	double *gain; /* by wish: what finding it is worth */
	double mean, deviation; /* of the sum, if words came independently */
};

/* The logarithm of how many papers there are for each that has the wish. */
double lexical_rarity(const struct wish *w, const struct vectors *v);
/* Marks as weak what stands in too many papers to tell anything. */
void lexical_mark_weak(struct wishes *w, const struct vectors *v);
void lexical_open(
    struct lexical *l, const struct wishes *w, const struct vectors *v);
void lexical_release(struct lexical *l);
/* How far the paper that was looked through is from what is usual, in standard
 * deviations. */
double lexical_z(const struct lexical *l, const struct matches *m);

#endif
