/* SPDX-License-Identifier: ISC */
/*
 * Text cut into words, as all that compares papers by their words sees it: TeX
 * commands removed, accents and case folded away.
 */
#ifndef TOKENS_H
#define TOKENS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/slice.h"
#include "common/base/strbuf.h"

/* No abstract is longer; hostile input is. */
#define TOKENS_TEXT_MAX 32768

struct token {
	size_t at, len; /* the folded word in tokens.text */
	uint64_t hash; /* stands for the word */
	bool gap; /* the first, or one after the end of a sentence */
};

/* Reused for one text after another; tokens_init, then tokens_release. */
struct tokens {
	struct token *v;
	size_t n, cap;
	struct strbuf text;
};

void tokens_init(struct tokens *t);
void tokens_release(struct tokens *t);
/* Forgets what was there and splits text, of which what is beyond
 * TOKENS_TEXT_MAX bytes is ignored.  Words of one character, and runs too
 * long to be words, are left out. */
void tokens_split(struct tokens *t, struct slice text);

/* Spreads every bit of x over the result; a bijection. */
uint64_t word_mix(uint64_t x);
uint64_t word_hash(struct slice s);
/* What stands for two tokens in a row. */
uint64_t word_pair(uint64_t a, uint64_t b);

#endif
