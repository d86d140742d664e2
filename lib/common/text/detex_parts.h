/* SPDX-License-Identifier: ISC */
/*
 * What the files of detex share, from the bottom up: the table of commands,
 * what is done to text that is already there, accents, formulas.
 */
#ifndef DETEX_PARTS_H
#define DETEX_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/slice.h"
#include "common/base/strbuf.h"

/* Deeper groups stay as they are. */
#define TEX_MAX_DEPTH 16

/*
 * The table: detex_table.c
 */

enum tex_kind {
	TEX_LETTER, /* a letter of text: \o, \ss */
	TEX_SYMBOL, /* a sign in text and in formulas: \pm, \alpha */
	TEX_RELATION, /* stands between two things, in formulas: \in */
	TEX_OPENING,
	TEX_CLOSING, /* \langle, \rangle */
	TEX_FUNCTION, /* a word in a formula: \log */
	TEX_SPACE, /* \quad, \limits: a blank or nothing */
	TEX_DELIMITER, /* \left, \big: says how large the next sign is */
	TEX_ACCENT, /* a mark over or under the letter that follows */
	TEX_HAT, /* the same in formulas */
	TEX_SWITCH, /* {\bf the rest of the group} */
	TEX_MACRO, /* its text with #1 replaced by the first argument .. */
	TEX_DROP, /* its argument goes: \label{x}, \hspace{1em} */
	TEX_SUPER,
	TEX_SUB, /* \textsuperscript, \textsubscript */
	TEX_SCRIPT,
	TEX_DOUBLE,
	TEX_FRAKTUR, /* \mathcal, \mathbb, \mathfrak */
	TEX_CALLIGRAPHIC, /* {\cal the rest of the group} */
	TEX_FRACTION,
	TEX_OVER, /* a \over b */
	TEX_ROOT,
	TEX_NOT, /* \not\in */
	TEX_CHEMISTRY, /* \ce{H2O} */
	TEX_UNICODE, /* \unicode{x2014} */
	TEX_LINK, /* \href */
	TEX_BEGIN, /* \begin{equation} */
	TEX_KINDS
};

/*
 * In the text of a macro #1 is an argument as it reads, @1 the same byte for
 * byte; arguments that are not named are left out.
 */
struct tex_word {
	const char *name; /* without the backslash */
	const char *text; /* UTF-8; NULL where the kind says it all */
	enum tex_kind kind;
};

/* The control word, or NULL. */
const struct tex_word *tex_word(struct slice name);
/* The number of arguments that a macro's text asks for. */
unsigned tex_arguments(const char *text);
/* The character that x2014 or 8212 stands for; false if a reader would not
 * see it. */
bool tex_number(struct slice text, uint32_t *cp);
/* The combining mark of an accent that is no letter (\' \" ..), or NULL. */
const char *tex_accent(char c);
/* The raised or lowered form of a character, or NULL. */
const char *tex_superscript(uint32_t cp);
const char *tex_subscript(uint32_t cp);
/* The letter in that alphabet (TEX_SCRIPT ..); what it has not is c itself. */
uint32_t tex_letter_of(enum tex_kind alphabet, uint32_t c);
/* The character of "1/2" and its like, or NULL. */
const char *tex_vulgar_fraction(struct slice text);

/*
 * Changes to what out holds from byte at on: detex_shape.c
 */

/* True if s could be taken for a part of the word before it: a letter or
 * digit. */
bool tex_is_wordlike(struct slice s);
/* Raised or lowered where each character has such a form, else ^x, _eff,
 * ^(a+b).  True if a letter that follows would seem to belong to it. */
bool tex_script(struct strbuf *out, size_t at, bool up);
/* The mark on each letter; false, and nothing changed, if there is none or
 * there are too many. */
bool tex_mark(struct strbuf *out, size_t at, const char *mark);
void tex_alphabet(struct strbuf *out, size_t at, enum tex_kind alphabet);
/* The fraction of what stands from at up to middle and what follows it. */
void tex_fraction(struct strbuf *out, size_t at, size_t middle);
/* sign is the root of what stands from at on. */
void tex_root(struct strbuf *out, size_t at, const char *sign);
/* Appends a formula of chemistry as \ce takes it. */
void tex_chemistry(struct strbuf *out, struct slice formula);

/*
 * Guesses from what stands around: detex_guess.c
 */

#define TEX_FEW_WORDS 3

/* The dollars at bytes open and close, which have something between them:
 * how many words of three letters and more a formula may hold there;
 * TEX_FEW_WORDS if it is one for sure, -1 if it is none but money. */
int tex_formula_words(struct slice s, size_t open, size_t close);
/* True if the ~ at byte i is a tie, as in Fig.~1, et~al.~\cite{x} and 10~GeV;
 * false if it is "about" (~10), a range (5~10) or a distribution
 * (x~N(0,1)). */
bool tex_is_tie(struct slice s, size_t i);

/*
 * Accents of text: detex_accent.c
 */

/* \'e \'{e} \'\i \v{s} \v s, from the backslash s begins with: appends the
 * letter with its mark and returns how many bytes that was; 0, with out as it
 * was, if this is no accent. */
size_t tex_accented(struct strbuf *out, struct slice s);
/* NFC of what out holds from at on. */
void tex_compose(struct strbuf *out, size_t at);

/*
 * Formulas: detex_math.c
 */

enum tex_reading {
	TEX_UNREAD, /* out is as it was */
	TEX_READ,
	TEX_READ_OPEN /* a letter that follows needs a blank before it */
};

/* Appends the formula (what stands between the dollars) in Unicode if that
 * is possible and it has no more than that many words of a sentence in it. */
enum tex_reading
tex_math(struct strbuf *out, struct slice formula, unsigned words);
/* The same of the one command or script that s begins with, and of the
 * scripts on it; used is how many bytes that was. */
enum tex_reading tex_math_one(struct strbuf *out, struct slice s, size_t *used);

#endif
