/* SPDX-License-Identifier: ISC */
#include "category.h"
#include "common/msg.h"

static bool
is_category_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '.' || c == '-';
}

void
category_check(const struct strlist *patterns)
{
	for (size_t i = 0; i < patterns->n; i++) {
		const char *p = patterns->v[i];
		size_t n = 0;

		while (is_category_char(p[n]) || p[n] == '*')
			n++;
		if (p[n] != '\0')
			usage_error("--category: no category has such a "
				    "character: %.*s <-- here --> %s",
			    (int)n, p, p + n);
		if (n > 0 && p[n - 1] == '.')
			usage_error("--category: %s <-- here a subject class "
				    "or * is missing",
			    p);
	}
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool
match(const char *pattern, const char *s, size_t n)
{
	for (; *pattern != '\0' && *pattern != '*'; pattern++, s++, n--)
		if (n == 0 || lower(*pattern) != lower(*s))
			return false;
	if (*pattern == '\0')
		return n == 0;
	for (size_t i = 0; i <= n; i++)
		if (match(pattern + 1, s + i, n - i))
			return true;
	return false;
}

bool
category_match(const char *pattern, struct slice category)
{
	const char *dot;

	if (match(pattern, category.p, category.n))
		return true;
	/* "math" means math.AG, math.CO, .. */
	dot = memchr(category.p, '.', category.n);
	return dot != NULL && strpbrk(pattern, ".*") == NULL &&
	    match(pattern, category.p, (size_t)(dot - category.p));
}

static bool
any_match(const struct strlist *patterns, struct slice category)
{
	for (size_t i = 0; i < patterns->n; i++)
		if (category_match(patterns->v[i], category))
			return true;
	return false;
}

bool
category_wanted(
    const struct strlist *patterns, struct paper *p, bool primary_only)
{
	struct strbuf scratch = STRBUF_INIT(STRBUF_MAX);
	struct slice c;
	size_t pos = 0;
	bool wanted = false;

	if (primary_only && paper_has(p, PAPER_PRIMARY_CATEGORY))
		return any_match(
		    patterns, paper_text(p, PAPER_PRIMARY_CATEGORY));
	while (!wanted &&
	    paper_list_next(p, PAPER_CATEGORIES, &pos, &c, &scratch)) {
		wanted = any_match(patterns, c);
		if (primary_only) /* the first one is the primary one */
			break;
	}
	if (!wanted && !primary_only && paper_has(p, PAPER_PRIMARY_CATEGORY))
		wanted =
		    any_match(patterns, paper_text(p, PAPER_PRIMARY_CATEGORY));
	strbuf_release(&scratch);
	return wanted;
}
