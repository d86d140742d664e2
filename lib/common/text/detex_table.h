/* SPDX-License-Identifier: ISC */
/* The TeX that detex.c knows, as tables sorted for bsearch(3). */
#ifndef DETEX_TABLE_H
#define DETEX_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/slice.h"

enum tex_kind {
	TEX_LETTER, /* a letter of text: \o, \ss */
	TEX_SYMBOL, /* a sign in text and in formulas: \pm, \alpha */
	TEX_RELATION, /* stands between two things, in formulas: \in */
	TEX_FUNCTION, /* a word in a formula: \log */
	TEX_SPACE, /* \quad, \left: little or nothing, in formulas */
	TEX_ACCENT, /* a mark over or under the letter that follows */
	TEX_HAT, /* the same in formulas */
	TEX_STYLE, /* shows its argument in another face */
	TEX_SWITCH, /* {\bf the rest of the group} */
	TEX_SUPER,
	TEX_SUB, /* \textsuperscript, \textsubscript */
	TEX_SCRIPT,
	TEX_DOUBLE, /* \mathcal, \mathbb */
	TEX_ROOT,
	TEX_URL,
	TEX_LINK /* \url, \href */
};

struct tex_word {
	const char *name; /* without the backslash */
	const char *text; /* UTF-8; NULL where the kind says it all */
	enum tex_kind kind;
};

/* The control word, or NULL. */
const struct tex_word *tex_word(struct slice name);
/* The combining mark of an accent that is no letter (\' \" ..), or NULL. */
const char *tex_accent(char c);
/* The raised or lowered form of a character, or NULL. */
const char *tex_superscript(uint32_t cp);
const char *tex_subscript(uint32_t cp);
/* The letter in script or double-struck form; c must be A-Z or a-z. */
uint32_t tex_script_letter(char c);
uint32_t tex_double_letter(char c);

#endif
