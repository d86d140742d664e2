/* SPDX-License-Identifier: ISC */
#include "filter.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/xalloc.h"

/* Longer windows jump no farther in English. */
#define WINDOW_MAX 12

void
needles_init(struct needles *s)
{
	*s = (struct needles) {0};
}

void
needles_release(struct needles *s)
{
	for (size_t i = 0; i < s->n; i++)
		free(s->v[i].text);
	free(s->v);
	needles_init(s);
}

void
needles_add(struct needles *s, struct slice text, unsigned owner)
{
	s->v = xreallocarray(s->v, s->n + 1, sizeof(*s->v));
	s->v[s->n++] =
	    (struct needle) {xmemdup0(text.p, text.n), text.n, owner, -1};
}

static unsigned
pair(const char *p)
{
	return ((unsigned)p[0] & 31) << 5 | ((unsigned)p[1] & 31);
}

void
needles_ready(struct needles *s)
{
	s->window = WINDOW_MAX;
	for (size_t i = 0; i < s->n; i++)
		if (s->v[i].len < s->window)
			s->window = s->v[i].len;
	for (size_t h = 0; h < NEEDLES_PAIRS; h++) {
		s->shift[h] = (uint8_t)(s->window - 1);
		s->first[h] = -1;
	}
	for (size_t i = 0; i < s->n; i++) {
		unsigned h = 0;

		for (size_t at = 0; at + 2 <= s->window; at++) {
			size_t left = s->window - 2 - at;

			h = pair(s->v[i].text + at);
			if (left < s->shift[h])
				s->shift[h] = (uint8_t)left;
		}
		s->v[i].next = s->first[h];
		s->first[h] = (int)i;
	}
}

static bool
same_letters(const char *a, const char *b, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		unsigned char x = (unsigned char)a[i];
		unsigned char y = (unsigned char)b[i];

		/* Bytes that differ in more than their case bit. */
		if ((x ^ y) & ~0x20u)
			return false;
	}
	return true;
}

/*
 * The scan is that of Wu and Manber: a window as long as the shortest needle
 * slides over the text, and its last two bytes tell how far it may jump.  With
 * twenty keywords of seven letters and more it looks at every fourth byte.
 */
void
needles_scan(const struct needles *s, struct slice text,
    bool (*found)(void *arg, unsigned owner), void *arg)
{
	size_t at = s->window - 2;

	if (s->n == 0)
		return;
	while (at + 2 <= text.n) {
		unsigned h = pair(text.p + at);
		const char *start = text.p + at + 2 - s->window;
		size_t left = (size_t)(text.p + text.n - start);

		if (s->shift[h] != 0) {
			at += s->shift[h];
			continue;
		}
		for (int i = s->first[h]; i != -1; i = s->v[i].next) {
			const struct needle *v = &s->v[i];

			if (v->len <= left &&
			    same_letters(start, v->text, v->len) &&
			    !found(arg, v->owner))
				return;
		}
		at++;
	}
}

/*
 * Which texts must be there for a regular expression to match?  Only what is
 * plain to see counts: when in doubt, a run of letters ends.
 */

struct branch {
	struct slice best; /* the longest run so far */
	size_t start, len; /* the run being read */
};

/* Stands for itself in every expression. */
static bool
is_plain(char c)
{
	return ascii_alnum(c) || (c != '\0' && strchr(" -_,;:/'\"&%@~<>=!", c));
}

static void
end_run(struct branch *b, const char *regex)
{
	if (b->len > b->best.n)
		b->best = (struct slice) {regex + b->start, b->len};
	b->len = 0;
}

/* The length of "[:alpha:" at r, or 0. */
static size_t
posix_name(const char *r)
{
	size_t n = 2;

	if (r[0] != '[' || r[1] != ':')
		return 0;
	n += r[n] == '^';
	n += strspn(r + n, "abcdefghijklmnopqrstuvwxyz");
	return r[n] == ':' && r[n + 1] == ']' ? n + 1 : 0;
}

/* Past a "[..]" that begins at i; its end may be a member when it comes
 * first. */
static size_t
skip_class(const char *r, size_t i)
{
	i++;
	if (r[i] == '^')
		i++;
	if (r[i] == ']')
		i++;
	while (r[i] != '\0' && r[i] != ']') {
		if (r[i] == '\\' && r[i + 1] != '\0')
			i++;
		else if (r[i] == '[')
			i += posix_name(r + i);
		i++;
	}
	return i + (r[i] == ']');
}

/* Past a "(..)" that begins at i. */
static size_t
skip_group(const char *r, size_t i)
{
	int depth = 0;

	while (r[i] != '\0') {
		if (r[i] == '[') {
			i = skip_class(r, i);
			continue;
		}
		if (r[i] == '\\' && r[i + 1] != '\0')
			i++;
		else if (r[i] == '(')
			depth++;
		else if (r[i] == ')' && --depth == 0)
			return i + 1;
		i++;
	}
	return i;
}

/* Past "{2,3}" or "{Lu}"; a brace that stands for itself is passed alone. */
static size_t
skip_braces(const char *r, size_t i)
{
	size_t n = strcspn(r + i, "|()[\\}");

	return r[i + n] == '}' ? i + n + 1 : i + 1;
}

/* Past "\b", "\.", "\x{151}", "\p{Lu}", .. */
static size_t
skip_escape(const char *r, size_t i)
{
	i++;
	if (r[i] == '\0')
		return i;
	i++;
	if (ascii_alnum(r[i - 1]) && r[i] == '{')
		return skip_braces(r, i);
	/* "\x41", "\012", "\cA", "\pL": what follows is no text of its own */
	if (strchr("bBAzZGdDwWsShHvVRXnrtfea", r[i - 1]) == NULL)
		while (ascii_alnum(r[i - 1]) && ascii_alnum(r[i]))
			i++;
	return i;
}

/* Reads one branch from i on and returns where it ends: at '|' or NUL. */
static size_t
read_branch(const char *r, size_t i, struct branch *b)
{
	*b = (struct branch) {{r, 0}, 0, 0};
	while (r[i] != '\0' && r[i] != '|') {
		if (is_plain(r[i])) {
			if (b->len == 0)
				b->start = i;
			b->len++;
			i++;
			continue;
		}
		/* What may be absent is not needed. */
		if (strchr("?*{", r[i]) && b->len > 0)
			b->len--;
		end_run(b, r);
		if (r[i] == '\\')
			i = skip_escape(r, i);
		else if (r[i] == '[')
			i = skip_class(r, i);
		else if (r[i] == '(')
			i = skip_group(r, i);
		else if (r[i] == '{')
			i = skip_braces(r, i);
		else
			i++;
	}
	end_run(b, r);
	return i;
}

/* Options, comments, verbs, quoting and some escapes change what the rest
 * means. */
static bool
is_simple(const char *r)
{
	for (; *r != '\0'; r++) {
		if (r[0] == '\\' && r[1] != '\0' && strchr("QEgkc", r[1]))
			return false;
		if (r[0] == '[' && r[1] != '\0' && strchr(":.=", r[1]) &&
		    posix_name(r) == 0)
			return false;
		if (r[0] == '\\' && r[1] != '\0')
			r++;
		else if (r[0] == '(' && r[1] == '*')
			return false;
		else if (r[0] == '(' && r[1] == '?' &&
		    (r[2] == '\0' || strchr(":=!<>|P'", r[2]) == NULL))
			return false;
	}
	return true;
}

bool
needles_add_regex(struct needles *s, const char *regex, unsigned owner)
{
	struct branch b;

	if (!is_simple(regex))
		return false;
	for (int adding = 0; adding <= 1; adding++) {
		for (size_t i = 0;; i++) {
			i = read_branch(regex, i, &b);
			if (b.best.n < NEEDLE_MIN)
				return false;
			if (adding)
				needles_add(s, b.best, owner);
			if (regex[i] == '\0')
				break;
		}
	}
	return true;
}
