/* SPDX-License-Identifier: ISC */
#include "common/record/arxiv_id.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#define VERSION_MAX 9999

static size_t
count_digits(struct slice s)
{
	size_t n = 0;

	while (n < s.n && ascii_digit(s.p[n]))
		n++;
	return n;
}

static void
skip(struct slice *s, size_t n)
{
	s->p += n;
	s->n -= n;
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Ids are tried on many; most differ in the first letter. */
static bool
skip_prefix(struct slice *s, const char *prefix)
{
	size_t n = 0;

	for (; prefix[n] != '\0'; n++)
		if (n == s->n || lower(s->p[n]) != lower(prefix[n]))
			return false;
	skip(s, n);
	return true;
}

/* The domain, or a host below it such as export.arxiv.org. */
static bool
is_of(struct slice host, const char *domain)
{
	size_t n = strlen(domain);

	return host.n >= n &&
	    strncasecmp(host.p + host.n - n, domain, n) == 0 &&
	    (host.n == n || host.p[host.n - n - 1] == '.');
}

/* Scheme, host and path of a page about a paper. */
static void
skip_url(struct slice *s)
{
	static const char *const pages[] = {
	    "abs/", "pdf/", "html/", "format/", "src/", "e-print/", "ps/"};
	struct slice path = *s, host;

	if (!skip_prefix(&path, "https://"))
		skip_prefix(&path, "http://");
	if (!slice_cut(&path, '/', &host))
		return;
	if (is_of(host, "doi.org"))
		*s = path;
	if (!is_of(host, "arxiv.org"))
		return;
	for (size_t i = 0; i < sizeof(pages) / sizeof(*pages); i++)
		if (skip_prefix(&path, pages[i])) {
			*s = path;
			return;
		}
}

/* Names of the scheme, with a colon or as in a DOI: "arXiv: 2510.13999". */
static void
skip_scheme(struct slice *s)
{
	skip_prefix(s, "doi:");
	skip_prefix(s, "10.48550/");
	skip_prefix(s, "oai:arXiv.org:");
	if (!skip_prefix(s, "arXiv:"))
		skip_prefix(s, "arXiv.");
	*s = slice_trim(*s);
}

/*
 * What stands behind an id where it is copied from: the class and date of a
 * PDF's margin, a query, a fragment, a slash, the ending of a file.
 */
static void
cut_tail(struct slice *s)
{
	for (const char *begin = "[#?"; *begin != '\0'; begin++) {
		struct slice rest = *s;

		slice_cut(&rest, *begin, s);
	}
	*s = slice_trim(*s);
	while (s->n > 0 && s->p[s->n - 1] == '/')
		s->n--;
	if (s->n > 4 && strncasecmp(s->p + s->n - 4, ".pdf", 4) == 0)
		s->n -= 4;
}

/* What follows the id: nothing, or vN. */
static bool
parse_version(struct slice s, long *version)
{
	long v = 0;

	*version = 0;
	if (s.n == 0)
		return true;
	if ((s.p[0] != 'v' && s.p[0] != 'V') || s.n < 2 || s.p[1] == '0' ||
	    count_digits((struct slice) {s.p + 1, s.n - 1}) != s.n - 1)
		return false;
	for (size_t i = 1; i < s.n; i++)
		if ((v = v * 10 + (s.p[i] - '0')) > VERSION_MAX)
			return false;
	*version = v;
	return true;
}

/* 0704.0001, 1501.00001.  Months are not looked at: made-up papers have ids
 * that arXiv cannot assign. */
static size_t
new_style(struct slice s)
{
	size_t n;

	if (s.n < 9 || count_digits(s) != 4 || s.p[4] != '.')
		return 0;
	n = count_digits((struct slice) {s.p + 5, s.n - 5});
	return n == 4 || n == 5 ? 5 + n : 0;
}

/*
 * hep-th/9901001, math.GT/0309136: the lengths of the archive and of all of
 * it.  The subject class belongs to neither the paper's key nor its URL.
 */
static size_t
old_style(struct slice s, size_t *archive)
{
	size_t n = 0;

	while (n < s.n && (ascii_letter(s.p[n]) || s.p[n] == '-'))
		n++;
	*archive = n;
	if (n < 2 || s.p[0] == '-' || s.p[n - 1] == '-')
		return 0;
	if (n < s.n && s.p[n] == '.')
		for (n++; n < s.n && (ascii_letter(s.p[n]) || s.p[n] == '-');)
			n++;
	if (n >= s.n || s.p[n] != '/')
		return 0;
	while (n < s.n && s.p[n] == '/')
		n++;
	return count_digits((struct slice) {s.p + n, s.n - n}) == 7 ? n + 7 : 0;
}

bool
arxiv_id_parse(struct slice text, char id[ARXIV_ID_SIZE], long *version)
{
	struct slice s = slice_trim(text);
	size_t n, archive;
	long v;

	cut_tail(&s);
	skip_url(&s);
	skip_scheme(&s);
	if ((n = new_style(s)) > 0) {
		if (!parse_version((struct slice) {s.p + n, s.n - n}, &v))
			return false;
		memcpy(id, s.p, n);
		id[n] = '\0';
		*version = v;
		return true;
	}
	n = old_style(s, &archive);
	if (n == 0 || archive > ARXIV_ID_SIZE - sizeof("/0000000") ||
	    !parse_version((struct slice) {s.p + n, s.n - n}, &v))
		return false;
	snprintf(
	    id, ARXIV_ID_SIZE, "%.*s/%.7s", (int)archive, s.p, s.p + n - 7);
	for (size_t i = 0; i < archive; i++)
		id[i] = lower(id[i]);
	*version = v;
	return true;
}

bool
arxiv_id_ok(struct slice id)
{
	char canonical[ARXIV_ID_SIZE];
	long version;

	return arxiv_id_parse(id, canonical, &version) &&
	    slice_eq(id, canonical);
}
