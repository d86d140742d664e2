/* SPDX-License-Identifier: ISC */
#include "common/json/json_write.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/utf8.h"

/* The two-character escapes of RFC 8259; other controls become \u00XX. */
static char
short_escape(unsigned char c)
{
	switch (c) {
	case '"':
	case '\\':
		return (char)c;
	case '\b':
		return 'b';
	case '\f':
		return 'f';
	case '\n':
		return 'n';
	case '\r':
		return 'r';
	case '\t':
		return 't';
	default:
		return 0;
	}
}

static bool
is_plain(char c)
{
	return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
}

/* Offset of the first byte from i on that is no ASCII or needs an escape.
 * Hardly any is or does, so it goes by eight bytes. */
static size_t
skip_plain(const char *s, size_t i, size_t n)
{
	uint64_t w;

	for (; n - i >= sizeof(w); i += sizeof(w)) {
		memcpy(&w, s + i, sizeof(w));
		/* Bit 7 is set in a byte less than what is taken off it, and
		 * in one that is no ASCII. */
		if (((w | (w - EIGHT_TIMES(0x20)) |
			 ((w ^ EIGHT_TIMES('"')) - EIGHT_TIMES(1)) |
			 ((w ^ EIGHT_TIMES('\\')) - EIGHT_TIMES(1)) |
			 ((w ^ EIGHT_TIMES(0x7f)) - EIGHT_TIMES(1))) &
			EIGHT_TIMES(0x80)) != 0)
			break;
	}
	while (i < n && is_plain(s[i]))
		i++;
	return i;
}

void
json_quote(struct strbuf *b, struct slice s)
{
	struct strbuf clean = STRBUF_INIT(STRBUF_MAX);
	size_t i = skip_plain(s.p, 0, s.n), from = 0;
	unsigned char c;
	char e;

	if (!utf8_valid(s.p + i, s.n - i)) {
		utf8_add_clean(&clean, s.p, s.n);
		s = strbuf_slice(&clean);
	}
	strbuf_addch(b, '"');
	for (; i < s.n; i = skip_plain(s.p, i, s.n)) {
		c = (unsigned char)s.p[i++];
		if (c >= 0x80)
			continue;
		strbuf_add(b, s.p + from, i - 1 - from);
		from = i;
		if ((e = short_escape(c)) != 0) {
			strbuf_addch(b, '\\');
			strbuf_addch(b, e);
		} else {
			strbuf_addf(b, "\\u%04x", c);
		}
	}
	strbuf_add(b, s.p + from, s.n - from);
	strbuf_addch(b, '"');
	strbuf_release(&clean);
}

static void
begin_item(struct jsonw *j)
{
	if (j->comma)
		strbuf_addch(j->b, ',');
	j->comma = true;
}

void
jsonw_open(struct jsonw *j, char bracket)
{
	begin_item(j);
	strbuf_addch(j->b, bracket);
	j->comma = false;
}

void
jsonw_close(struct jsonw *j, char bracket)
{
	strbuf_addch(j->b, bracket);
	j->comma = true;
}

struct jsonw *
jsonw_key(struct jsonw *j, const char *key)
{
	begin_item(j);
	json_quote(j->b, slice_of(key));
	strbuf_addch(j->b, ':');
	j->comma = false;
	return j;
}

void
jsonw_slice(struct jsonw *j, struct slice s)
{
	begin_item(j);
	json_quote(j->b, s);
}

void
jsonw_str(struct jsonw *j, const char *s)
{
	if (s == NULL)
		jsonw_null(j);
	else
		jsonw_slice(j, slice_of(s));
}

void
jsonw_list(struct jsonw *j, const struct strlist *l)
{
	jsonw_open(j, '[');
	for (size_t i = 0; i < l->n; i++)
		jsonw_str(j, l->v[i]);
	jsonw_close(j, ']');
}

void
jsonw_int(struct jsonw *j, int64_t v)
{
	uint64_t left = v < 0 ? -(uint64_t)v : (uint64_t)v;
	char text[24], *s = text + sizeof(text);

	do
		*--s = (char)('0' + left % 10);
	while ((left /= 10) > 0);
	if (v < 0)
		*--s = '-';
	jsonw_raw(j, (struct slice) {s, (size_t)(text + sizeof(text) - s)});
}

void
jsonw_double(struct jsonw *j, double v)
{
	char s[40];

	if (!isfinite(v)) {
		jsonw_null(j);
		return;
	}
	for (int digits = 6; digits <= 17; digits++) {
		snprintf(s, sizeof(s), "%.*g", digits, v);
		if (strtod(s, NULL) == v)
			break;
	}
	jsonw_raw(j, slice_of(s));
}

void
jsonw_decimals(struct jsonw *j, double v, int decimals)
{
	char s[400];
	size_t n;

	if (!isfinite(v)) {
		jsonw_null(j);
		return;
	}
	n = (size_t)snprintf(s, sizeof(s), "%.*f", decimals, v);
	if (strchr(s, '.') != NULL) {
		while (s[n - 1] == '0')
			n--;
		n -= s[n - 1] == '.';
	}
	jsonw_raw(j, (struct slice) {s, n});
}

void
jsonw_bool(struct jsonw *j, bool v)
{
	jsonw_raw(j, v ? SLICE_LIT("true") : SLICE_LIT("false"));
}

void
jsonw_null(struct jsonw *j)
{
	jsonw_raw(j, SLICE_LIT("null"));
}

void
jsonw_raw(struct jsonw *j, struct slice json)
{
	begin_item(j);
	strbuf_addslice(j->b, json);
}
