/* SPDX-License-Identifier: ISC */
/*
 * An entry of a list of references, in the styles that people use, taken
 * apart as far as it says itself what is what: no title is better than a wrong
 * one.
 */
#ifndef CITATION_H
#define CITATION_H

#include <stddef.h>

#include "common/base/slice.h"
#include "common/base/strbuf.h"
#include "common/record/arxiv_id.h"

#define CITATION_BLOCKS 8

/* The entry as it is printed: its text, white space folded, and what its
 * markup tells.  Reused for one entry after the other. */
struct citation_text {
	struct strbuf text;
	size_t block[CITATION_BLOCKS]; /* where \newblock begins one */
	size_t nblocks;
	size_t italic, italic_end; /* the first words in italics, or 0, 0 */
	struct strbuf title; /* said to be it; empty: nothing is */
	struct strbuf links; /* addresses, each with a blank behind it */
};

/* Slices are parts of the text it was read from. */
struct citation {
	char arxiv[ARXIV_ID_SIZE]; /* "": not known, as all of these */
	struct strbuf doi; /* lower case, without a resolver */
	struct slice title, authors;
	long year; /* 0: not known */
};

void citation_text_init(struct citation_text *t);
void citation_text_release(struct citation_text *t);
void citation_text_reset(struct citation_text *t);

void citation_init(struct citation *c);
void citation_release(struct citation *c);
void citation_read(struct citation *c, const struct citation_text *t);

#endif
