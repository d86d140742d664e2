/* SPDX-License-Identifier: ISC */
/* Text for a terminal: the columns it takes, its styles and links, and lines
 * of a width.  What is given to these is printable: see escape_tty. */
#ifndef TERMINAL_H
#define TERMINAL_H

#include "common/base/slice.h"
#include "common/base/strbuf.h"

enum style {
	STYLE_PLAIN,
	STYLE_HEADING,
	STYLE_TITLE,
	STYLE_DIM,
	STYLE_SCORE,
	STYLE_NOTE,
	STYLE_WARNING,
	STYLE_OUTAGE
};

/* Begins and ends a style and, if url is not empty, a link. */
void style_on(struct strbuf *b, enum style style, struct slice url);
void style_off(struct strbuf *b, enum style style, struct slice url);

/* Columns that printable UTF-8 takes. */
size_t terminal_columns(struct slice s);
/* The first bytes of s that take at most that many columns. */
size_t terminal_fit(struct slice s, size_t columns);

struct wrap {
	struct strbuf *b;
	size_t width; /* columns of a line, indent included */
	size_t indent; /* blanks before each line but the first .. */
	size_t column; /* .. which begins here */
	const char *on, *off; /* around what stands on each line; not NULL */
};

/* Appends s with line breaks instead of blanks where the line is full, and a
 * final newline.  A word longer than a line is broken only if it has to. */
void wrap_text(const struct wrap *w, struct slice s);

#endif
