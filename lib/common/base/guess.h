/* SPDX-License-Identifier: ISC */
/* What somebody may have meant who mistyped a word. */
#ifndef GUESS_H
#define GUESS_H

#include "common/base/slice.h"

struct guess {
	const char *typed;
	struct slice word; /* the likeliest so far; n is 0 if none is likely */
	unsigned distance;
};

#define GUESS_INIT(typed)              \
	{                              \
		(typed), {"", 0}, 1000 \
	}

/*
 * Letters added, left out, changed, or swapped with the next; upper and lower
 * case are the same.  Words of more than 63 letters are as far as can be.
 */
unsigned guess_distance(struct slice a, struct slice b);
/* Keeps word if it is nearer to what was typed than the others, and near
 * enough: one mistake, or one in three letters. */
void guess_consider(struct guess *g, struct slice word);
/* "; did you mean X?", to end a message with, or "" if nothing is likely; valid
 * until the next call. */
const char *guess_phrase(const struct guess *g);

#endif
