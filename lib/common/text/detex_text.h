/* SPDX-License-Identifier: ISC */
/* What the files of detex share: the text as it is walked over. */
#ifndef DETEX_TEXT_H
#define DETEX_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include <utf8proc.h>

#include "common/base/strbuf.h"

/* Deeper groups stay as they are. */
#define TEX_MAX_DEPTH 32

struct brace {
	size_t open, close;
};

struct tex {
	const char *s;
	size_t n;
	struct strbuf *out;
	struct brace *braces; /* pairs, in order of their opening */
	size_t nbraces;
	size_t last_quotes; /* where the last '' stands, once looked for */
	bool looked;
	size_t no_paren; /* from here up to this byte is no \) */
	bool quoted; /* within `` '' */
	int depth;
};

/*
 * All of these work on the text from byte i up to end, append to t->out and
 * return where the text goes on.
 */

/* The partner of the brace at open if it stands before end, else 0. */
size_t tex_partner(const struct tex *t, size_t open, size_t end);
size_t tex_copy(struct tex *t, size_t from, size_t to);
size_t tex_word_end(const struct tex *t, size_t i, size_t end);
/* What ends a control word: one blank, or {}. */
size_t tex_swallow_end(const struct tex *t, size_t i, size_t end);
/* \'e \'{e} \'\i \v{s} \v s, from the backslash at i; 0, with out as it was,
 * if this is no accent. */
size_t tex_accented(struct tex *t, size_t i, size_t end);
/* NFC of what out holds from at on, to be freed; negative where that is not
 * UTF-8. */
utf8proc_ssize_t
tex_compose(const struct strbuf *out, size_t at, utf8proc_uint8_t **nfc);

#endif
