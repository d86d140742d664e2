/* SPDX-License-Identifier: ISC */
/*
 * Texts as words, folded and as they were written, and how each word is written
 * where nothing but the word itself decides: "LoRA", "Bayesian", "pruning".
 * Titles in capitals say little of that; texts, and titles that have small
 * words too, say it.
 */
#ifndef FORMS_H
#define FORMS_H

#include <stdbool.h>

#include "common/base/slice.h"
#include "common/base/strbuf.h"
#include "common/base/strmap.h"
#include "common/words/tokens.h"
#include "common/words/vectors.h"

/* A text that was split, reused for one after the other. */
struct wording {
	struct tokens tokens;
	struct strbuf cased; /* tokens.text, but as it was written .. */
	bool has_case; /* .. if that is known */
	/* By word, for who looks at all of them: the folded word says nothing
	 * in running text; or that, but may stand within a phrase ("of"). */
	struct wording_word {
		bool empty, joins;
		bool tells; /* a phrase may begin with it: phrases.c */
	} * word;
	size_t cap;
};

struct form {
	char *written; /* owned; what a majority of texts has, if any has */
	long votes;
	bool small, named; /* seen without a capital; with one, among others */
};

struct forms {
	struct strmap words; /* folded */
	struct form *v;
	size_t cap;
};

void wording_init(struct wording *w);
void wording_release(struct wording *w);
void wording_split(struct wording *w, struct slice text);
/* The words from first on, with what stands between them: folded. */
struct slice wording_words(const struct wording *w, size_t first, size_t n);

/* Starts as zeros and STRMAP_INIT.  Learns from the text that was split. */
void forms_learn(struct forms *f, const struct wording *w, bool is_title);
/* Once all is learnt: rare words of which only capitals are known are names. */
void forms_settle(struct forms *f, const struct vectors *v);
/* Appends words that are parted by blanks or hyphens. */
void forms_write(const struct forms *f, struct slice words, struct strbuf *b);
void forms_release(struct forms *f);

#endif
