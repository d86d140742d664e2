/* SPDX-License-Identifier: ISC */
#include "filter.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/base/msg.h"
#include "common/base/xalloc.h"
#include "common/record/arxiv_category.h"

static bool
is_category_char(char c)
{
	return ascii_alnum(c) || c == '.' || c == '-';
}

static void
check(const char *p)
{
	size_t n = 0;

	while (is_category_char(p[n]) || p[n] == '*')
		n++;
	if (p[n] != '\0')
		usage_error("--category: bad character: %.*s <-- here --> %s",
		    (int)n, p, p + n);
	if (n > 0 && p[n - 1] == '.')
		usage_error("--category: a subject class or * is missing: "
			    "%s <-- here",
		    p);
}

static void
add(struct categories *set, const char *p)
{
	bool wild = strchr(p, '*') != NULL;

	set->v[set->n++] = (struct category) {
	    p, strlen(p), wild, !wild && strchr(p, '.') == NULL};
}

void
categories_init(struct categories *set, const struct strlist *patterns)
{
	set->n = 0;
	/* Each may have a twin. */
	set->v = xcalloc(2 * patterns->n + 1, sizeof(*set->v));
	for (size_t i = 0; i < patterns->n; i++) {
		const char *p = patterns->v[i], *twin, *meant;

		check(p);
		add(set, p);
		if ((twin = category_twin(slice_of(p))) != NULL)
			add(set, twin);
		if (strchr(p, '*') != NULL || category_is_known(slice_of(p)))
			continue;
		if ((meant = category_guess(p)) != NULL)
			msg_warn("--category: %s: not one of arXiv's; did you "
				 "mean %s?",
			    p, meant);
		else
			msg_warn("--category: %s is no category that this "
				 "version knows; a new one?",
			    p);
	}
}

void
categories_release(struct categories *set)
{
	free(set->v);
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool
match_wild(const char *pattern, const char *s, size_t n)
{
	for (; *pattern != '\0' && *pattern != '*'; pattern++, s++, n--)
		if (n == 0 || lower(*pattern) != lower(*s))
			return false;
	if (*pattern == '\0')
		return n == 0;
	for (size_t i = 0; i <= n; i++)
		if (match_wild(pattern + 1, s + i, n - i))
			return true;
	return false;
}

static bool
match(const struct category *c, struct slice category)
{
	if (c->wild)
		return match_wild(c->text, category.p, category.n);
	if (category.n != c->n &&
	    !(c->archive && category.n > c->n && category.p[c->n] == '.'))
		return false;
	return strncasecmp(category.p, c->text, c->n) == 0;
}

static bool
any_match(const struct categories *set, struct slice category)
{
	for (size_t i = 0; i < set->n; i++)
		if (match(&set->v[i], category))
			return true;
	return false;
}

bool
categories_match(
    const struct categories *set, struct paper *p, bool primary_only)
{
	struct strbuf scratch = STRBUF_INIT(STRBUF_MAX);
	struct slice c;
	size_t pos = 0;
	bool wanted = false;

	if (primary_only && paper_has(p, PAPER_PRIMARY_CATEGORY))
		return any_match(set, paper_text(p, PAPER_PRIMARY_CATEGORY));
	while (!wanted &&
	    paper_list_next(p, PAPER_CATEGORIES, &pos, &c, &scratch)) {
		wanted = any_match(set, c);
		if (primary_only) /* the first one is the primary one */
			break;
	}
	if (!wanted && !primary_only && paper_has(p, PAPER_PRIMARY_CATEGORY))
		wanted = any_match(set, paper_text(p, PAPER_PRIMARY_CATEGORY));
	strbuf_release(&scratch);
	return wanted;
}
