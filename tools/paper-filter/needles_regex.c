/* SPDX-License-Identifier: ISC */
/*
 * Which texts must be there for a regular expression to match?  Only what is
 * plain to see counts: when in doubt, a run of letters ends.
 */
#include <string.h>

#include "needles.h"

struct branch {
	struct slice best; /* the longest run so far */
	size_t start, len; /* the run being read */
};

static bool
is_word_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9');
}

/* Stands for itself in every expression. */
static bool
is_plain(char c)
{
	return is_word_char(c) ||
	    (c != '\0' && strchr(" -_,;:/'\"&%@~<>=!", c));
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
	if (is_word_char(r[i - 1]) && r[i] == '{')
		return skip_braces(r, i);
	/* "\x41", "\012", "\cA", "\pL": what follows is no text of its own */
	if (strchr("bBAzZGdDwWsShHvVRXnrtfea", r[i - 1]) == NULL)
		while (is_word_char(r[i - 1]) && is_word_char(r[i]))
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
	size_t i;

	if (!is_simple(regex))
		return false;
	for (int adding = 0; adding <= 1; adding++) {
		for (i = 0;; i++) {
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
