/* SPDX-License-Identifier: ISC */
/* Text broken into lines by the columns it takes. */
#ifndef WRAP_H
#define WRAP_H

#include "common/base/slice.h"
#include "common/base/strbuf.h"

struct wrap {
	struct strbuf *b;
	size_t width; /* columns of a line, indent included */
	size_t indent; /* blanks before each line but the first .. */
	size_t column; /* .. which begins here */
	const char *on, *off; /* around what stands on each line; not NULL */
};

/* Columns that printable UTF-8 takes. */
size_t wrap_columns(struct slice s);
/* The first bytes of s that take at most that many columns. */
size_t wrap_fit(struct slice s, size_t columns);
/* Appends s, which is printable, with line breaks instead of blanks where
 * the line is full, and a final newline.  A word longer than a line is broken
 * only if it has to. */
void wrap_text(const struct wrap *w, struct slice s);

#endif
