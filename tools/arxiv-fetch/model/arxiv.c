/* SPDX-License-Identifier: ISC */
#include "model/model.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/xalloc.h"
#include "common/record/arxiv_category.h"

/* The archives of the group physics; every other archive is its own group. */
static const char *const physics[] = {"astro-ph", "cond-mat", "gr-qc", "hep-ex",
    "hep-lat", "hep-ph", "hep-th", "math-ph", "nlin", "nucl-ex", "nucl-th",
    "physics", "quant-ph", NULL};

/* Archives whose subject classes are words in lower case. */
static const char *const lower_case[] = {"cond-mat", "physics", NULL};

static bool
is_listed(const char *const *list, const char *name, size_t n)
{
	for (; *list != NULL; list++)
		if (strlen(*list) == n && memcmp(*list, name, n) == 0)
			return true;
	return false;
}

bool
category_is_name(struct slice name)
{
	size_t i = 0, start;

	while (i < name.n &&
	    (islower((unsigned char)name.p[i]) || (name.p[i] == '-' && i > 0)))
		i++;
	if (i < 2 || name.p[i - 1] == '-')
		return false;
	if (i == name.n)
		return true;
	if (name.p[i] != '.')
		return false;
	for (start = ++i; i < name.n &&
	     (isalpha((unsigned char)name.p[i]) ||
		 (name.p[i] == '-' && i > start));)
		i++;
	return i == name.n && i - start >= 2 && name.p[i - 1] != '-';
}

char *
category_canonical(const char *name)
{
	char *s = xstrdup(name);
	size_t archive = strcspn(s, ".");

	for (size_t i = 0; i < archive; i++)
		s[i] = (char)tolower((unsigned char)s[i]);
	for (size_t i = archive; s[i] != '\0'; i++)
		s[i] = (char)(is_listed(lower_case, s, archive)
			? tolower((unsigned char)s[i])
			: toupper((unsigned char)s[i]));
	return s;
}

const char *
category_alias(const char *name)
{
	const char *twin = category_twin(slice_of(name));

	return twin != NULL && strcmp(twin, name) > 0 ? twin : name;
}

bool
category_covers(const char *wanted, const char *paper)
{
	const char *twin = category_twin(slice_of(paper));
	size_t n = strlen(wanted);

	if (twin != NULL && strcmp(wanted, twin) == 0)
		return true;
	return strncmp(wanted, paper, n) == 0 &&
	    (paper[n] == '\0' || (paper[n] == '.' && strchr(wanted, '.') == 0));
}

static const char *
group_of(const char *category, size_t *n)
{
	*n = strcspn(category, ".");
	if (is_listed(physics, category, *n)) {
		*n = strlen("physics");
		return "physics";
	}
	return category;
}

static bool
same_archive(const char *a, const char *b)
{
	size_t n = strcspn(a, ".");

	return n == strcspn(b, ".") && memcmp(a, b, n) == 0;
}

static bool
same_group(const char *a, const char *b)
{
	size_t n, m;
	const char *x = group_of(a, &n), *y = group_of(b, &m);

	return n == m && memcmp(x, y, n) == 0;
}

void
category_set(struct strbuf *out, const struct strlist *categories)
{
	const char *first = categories->v[0], *group;
	bool category = true, archive = true;
	size_t n, len;

	for (size_t i = 1; i < categories->n; i++) {
		const char *other = categories->v[i];

		category = category && strcmp(first, other) == 0;
		archive = archive && same_archive(first, other);
		if (!same_group(first, other))
			return;
	}
	group = group_of(first, &len);
	strbuf_add(out, group, len);
	n = strcspn(first, ".");
	if (archive)
		strbuf_addf(out, ":%.*s", (int)n, first);
	if (category && first[n] == '.')
		strbuf_addf(out, ":%s", first + n + 1);
}

/* Addresses */

#define FEEDS	"https://rss.arxiv.org"
#define LISTING "https://arxiv.org"
#define OAI	"https://oaipmh.arxiv.org"
#define QUERY	"https://export.arxiv.org"

void
url_add(struct strbuf *url, const char *name, const char *value)
{
	if (value == NULL)
		return;
	strbuf_addf(
	    url, "%c%s=", strchr(url->s, '?') == NULL ? '?' : '&', name);
	for (; *value != '\0'; value++)
		if (isalnum((unsigned char)*value) ||
		    strchr("-._~", *value) != NULL)
			strbuf_addch(url, *value);
		else
			strbuf_addf(url, "%%%02X", (unsigned char)*value);
}

static void
add_number(struct strbuf *url, const char *name, long n)
{
	char text[24];

	snprintf(text, sizeof(text), "%ld", n);
	url_add(url, name, text);
}

char *
url_at(const char *base, const char *site, const char *path)
{
	const char *at = base != NULL ? base : site;
	size_t n = strlen(at);

	while (n > 0 && at[n - 1] == '/')
		n--;
	return xasprintf("%.*s%s", (int)n, at, path);
}

/* The same, to be added to. */
static struct strbuf
begin(const char *base, const char *site, const char *path)
{
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);
	char *url = url_at(base, site, path);

	strbuf_addstr(&b, url);
	free(url);
	return b;
}

char *
arxiv_paper_url(
    char url[ARXIV_URL_SIZE], const char *page, const char id[ARXIV_ID_SIZE])
{
	stpcpy(stpcpy(stpcpy(stpcpy(url, LISTING "/"), page), "/"), id);
	return url;
}

char *
arxiv_feed_url(const char *base, const char *format, const char *category)
{
	struct strbuf b = begin(base, FEEDS, "/");

	strbuf_addf(&b, "%s/%s", format, category);
	return strbuf_detach(&b);
}

char *
arxiv_listing_url(const char *base, const char *category)
{
	struct strbuf b = begin(base, LISTING, "/list/");

	strbuf_addf(&b, "%s/new?skip=0&show=2000", category);
	return strbuf_detach(&b);
}

char *
arxiv_oai_url(
    const char *base, const char *set, const char *from, const char *until)
{
	struct strbuf b = begin(base, OAI, "/oai");

	url_add(&b, "verb", "ListRecords");
	url_add(&b, "metadataPrefix", "arXivRaw");
	url_add(&b, "from", from);
	url_add(&b, "until", until);
	url_add(&b, "set", set);
	return strbuf_detach(&b);
}

char *
arxiv_oai_next_url(const char *base, const char *token)
{
	struct strbuf b = begin(base, OAI, "/oai");

	url_add(&b, "verb", "ListRecords");
	url_add(&b, "resumptionToken", token);
	return strbuf_detach(&b);
}

char *
arxiv_search_url(
    const char *base, const char *query, bool newest, long start, long size)
{
	struct strbuf b = begin(base, QUERY, "/api/query");

	url_add(&b, "search_query", query);
	add_number(&b, "start", start);
	add_number(&b, "max_results", size);
	url_add(&b, "sortBy", "submittedDate");
	url_add(&b, "sortOrder", newest ? "descending" : "ascending");
	return strbuf_detach(&b);
}

char *
arxiv_ids_url(const char *base, const char *ids, long size)
{
	struct strbuf b = begin(base, QUERY, "/api/query");

	url_add(&b, "id_list", ids);
	/* Or only ten would come. */
	add_number(&b, "max_results", size);
	return strbuf_detach(&b);
}
