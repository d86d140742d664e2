/* SPDX-License-Identifier: ISC */
#include "text/terminal.h"

#include <utf8proc.h>

#include "common/base/utf8.h"
#include "text/escape.h"

#define LINK	 "\033]8;;"
#define LINK_END "\033\\"

static const char *const escapes[] = {
    [STYLE_PLAIN] = "",
    [STYLE_HEADING] = "\033[1m",
    [STYLE_TITLE] = "\033[1;34m",
    [STYLE_DIM] = "\033[2m",
    [STYLE_SCORE] = "\033[32m",
    [STYLE_NOTE] = "\033[36m",
    [STYLE_WARNING] = "\033[33m",
    [STYLE_OUTAGE] = "\033[1;31m",
};

void
style_on(struct strbuf *b, enum style style, struct slice url)
{
	if (url.n > 0) {
		strbuf_addstr(b, LINK);
		escape_tty(b, url);
		strbuf_addstr(b, LINK_END);
	}
	strbuf_addstr(b, escapes[style]);
}

void
style_off(struct strbuf *b, enum style style, struct slice url)
{
	if (style != STYLE_PLAIN)
		strbuf_addstr(b, "\033[0m");
	if (url.n > 0)
		strbuf_addstr(b, LINK LINK_END);
}

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
terminal_columns(struct slice s)
{
	size_t i, len, columns = 0;

	for (i = 0; i < s.n; i += len)
		columns += char_columns(s.p + i, s.n - i, &len);
	return columns;
}

size_t
terminal_fit(struct slice s, size_t columns)
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
	size_t fit = terminal_fit(s, room), n = fit;

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
