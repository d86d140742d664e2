/* SPDX-License-Identifier: ISC */
#include "text/wrap.h"

#include <utf8proc.h>

#include "common/base/utf8.h"

static size_t
char_columns(const char *s, size_t n, size_t *len)
{
	int width;

	if ((unsigned char)*s < 0x80) {
		*len = 1;
		return 1;
	}
	width = utf8proc_charwidth((utf8proc_int32_t)utf8_decode(s, n, len));
	return width > 0 ? (size_t)width : 0;
}

size_t
wrap_columns(struct slice s)
{
	size_t i, len, columns = 0;

	for (i = 0; i < s.n; i += len)
		columns += char_columns(s.p + i, s.n - i, &len);
	return columns;
}

size_t
wrap_fit(struct slice s, size_t columns)
{
	size_t i, len, used = 0;

	for (i = 0; i < s.n; i += len) {
		used += char_columns(s.p + i, s.n - i, &len);
		if (used > columns)
			return i;
	}
	return s.n;
}

/* As many words as fit into room columns; at least one character. */
static struct slice
take_line(struct slice s, size_t room)
{
	size_t fit = wrap_fit(s, room), n = fit;

	if (fit == s.n)
		return s;
	while (n > 0 && s.p[n] != ' ')
		n--;
	if (n == 0)
		n = fit > 0 ? fit : utf8_cut(s.p, s.n, 4);
	return (struct slice) {s.p, n};
}

void
wrap_text(const struct wrap *w, struct slice s)
{
	size_t i, column = w->column, room;
	struct slice line;

	s = slice_trim(s);
	do {
		/* A terminal narrower than the indent gets some text too. */
		room = w->width > column + 10 ? w->width - column : 10;
		line = take_line(s, room);
		s.p += line.n;
		s.n -= line.n;
		strbuf_addstr(w->b, w->on);
		strbuf_addslice(w->b, slice_trim(line));
		strbuf_addstr(w->b, w->off);
		strbuf_addch(w->b, '\n');
		s = slice_trim(s);
		column = w->indent;
		for (i = 0; s.n > 0 && i < w->indent; i++)
			strbuf_addch(w->b, ' ');
	} while (s.n > 0);
}
