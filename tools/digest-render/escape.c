/* SPDX-License-Identifier: ISC */
#include "escape.h"

#include <ctype.h>
#include <string.h>

#include "common/utf8.h"

/*
 * What a target replaces: ASCII characters by strings.  Everything else that
 * is printable is copied, in runs, since nearly all of it is.
 */
struct escape {
	const char *specials; /* the characters .. */
	const char *const *replacements; /* .. and what becomes of each */
	bool keep_lines;
};

/* Appends what stands at s (a control or the start of something that is not
 * ASCII) and returns its length. */
static size_t
add_other(struct strbuf *b, const char *s, size_t n, bool keep_lines)
{
	size_t len;
	uint32_t c = utf8_decode(s, n, &len);

	if (c == '\n' && keep_lines)
		strbuf_addch(b, '\n');
	else if (c == '\n' || c == '\t' || c == '\r' || c == '\f' ||
	    c == '\v' || c == 0x2028 || c == 0x2029 || c == 0x85)
		strbuf_addch(b, ' ');
	else if ((c & 0xfffe) == 0xfffe) /* no character, and not XML */
		utf8_add(b, UTF8_REPLACEMENT);
	else if (!utf8_is_invisible(c))
		utf8_add(b, c);
	return len;
}

static bool
is_plain(unsigned char c)
{
	return c >= 0x20 && c < 0x7f;
}

static void
escape_by(struct strbuf *b, struct slice s, const struct escape *e)
{
	const char *found;
	size_t i = 0, from;

	while (i < s.n) {
		from = i;
		while (i < s.n && is_plain((unsigned char)s.p[i]) &&
		    strchr(e->specials, s.p[i]) == NULL)
			i++;
		strbuf_add(b, s.p + from, i - from);
		if (i == s.n)
			return;
		if (is_plain((unsigned char)s.p[i])) {
			found = strchr(e->specials, s.p[i]);
			strbuf_addstr(b, e->replacements[found - e->specials]);
			i++;
		} else {
			i += add_other(b, s.p + i, s.n - i, e->keep_lines);
		}
	}
}

static const char *const html_entities[] = {
    "&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};

void
escape_html(struct strbuf *b, struct slice s)
{
	static const struct escape e = {"&<>\"'", html_entities, false};

	escape_by(b, s, &e);
}

void
escape_html_lines(struct strbuf *b, struct slice s)
{
	static const struct escape e = {"&<>\"'", html_entities, true};

	escape_by(b, s, &e);
}

void
escape_slack(struct strbuf *b, struct slice s)
{
	static const struct escape e = {"&<>", html_entities, false};

	escape_by(b, s, &e);
}

void
escape_tty(struct strbuf *b, struct slice s)
{
	static const struct escape e = {"", NULL, false};

	escape_by(b, s, &e);
}

/*
 * Markdown.  A backslash is put only before what would be markup where it
 * stands, so that the source stays readable.
 */
static bool
needs_backslash(struct slice s, size_t i, bool link_text)
{
	char before = i > 0 ? s.p[i - 1] : ' ';
	char after = i + 1 < s.n ? s.p[i + 1] : ' ';

	switch (s.p[i]) {
	case '\\':
	case '`':
	case '*':
	case '_':
	case '[':
	case ']':
	case '<':
	case '>':
	case '|':
	case '~':
	case '$':
		return true;
	case '&': /* an entity */
		return after == '#' || isalpha((unsigned char)after);
	case '{': /* site generators: {{ and {% */
	case '%':
		return before == '{';
	case '#': /* a heading, or GitHub's #12 */
		return i == 0 || isdigit((unsigned char)after);
	case '@': /* GitHub's @name */
		return !isalnum((unsigned char)before);
	case ':': /* a link within a link, or :smile: */
		return (link_text && after == '/') ||
		    isalpha((unsigned char)after);
	case '.': /* www. */
		return link_text && (before == 'w' || before == 'W');
	case '+':
	case '-':
	case '=':
		return i == 0;
	default:
		return false;
	}
}

static void
markdown_span(struct strbuf *b, struct slice s, bool link_text)
{
	size_t i = 0;

	while (i < s.n) {
		if (!is_plain((unsigned char)s.p[i])) {
			i += add_other(b, s.p + i, s.n - i, false);
			continue;
		}
		if (needs_backslash(s, i, link_text))
			strbuf_addch(b, '\\');
		strbuf_addch(b, s.p[i++]);
	}
}

void
escape_markdown(struct strbuf *b, struct slice s)
{
	markdown_span(b, s, true);
}

/* Length of the http or https URL at s, without what ends a sentence. */
static size_t
url_length(struct slice s)
{
	static const char in_urls[] = "-._~:/?#@!&*+,;=%";
	size_t n, start;

	if (s.n > 8 && memcmp(s.p, "https://", 8) == 0)
		start = 8;
	else if (s.n > 7 && memcmp(s.p, "http://", 7) == 0)
		start = 7;
	else
		return 0;
	for (n = start; n < s.n; n++)
		if (!isalnum((unsigned char)s.p[n]) &&
		    (s.p[n] == '\0' || strchr(in_urls, s.p[n]) == NULL))
			break;
	while (n > start && strchr(".,;:!?*", s.p[n - 1]) != NULL)
		n--;
	return n > start ? n : 0;
}

void
escape_markdown_text(struct strbuf *b, struct slice s)
{
	struct slice rest;
	size_t i, len, from = 0;

	for (i = 0; i < s.n; i++) {
		if (s.p[i] != 'h' ||
		    (i > 0 && isalnum((unsigned char)s.p[i - 1])))
			continue;
		rest = (struct slice) {s.p + i, s.n - i};
		if ((len = url_length(rest)) == 0)
			continue;
		markdown_span(b, (struct slice) {s.p + from, i - from}, false);
		strbuf_addch(b, '<');
		strbuf_add(b, s.p + i, len);
		strbuf_addch(b, '>');
		from = i + len;
		i = from - 1;
	}
	markdown_span(b, (struct slice) {s.p + from, s.n - from}, false);
}
