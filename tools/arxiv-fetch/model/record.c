/* SPDX-License-Identifier: ISC */
#include "model/model.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/base/compat.h"
#include "common/base/strbuf.h"
#include "common/json/json_write.h"
#include "common/record/paper.h"

#define LINK_MAX 2048
/* How far before a link a word about it may stand. */
#define CONTEXT	 60

/* A leading dot stands for any name before it, a trailing one for any
 * after.  The path must have that many parts. */
static const struct {
	const char *host;
	int parts;
} hosts[] = {
    {"github.com", 1},
    {"www.github.com", 1},
    {"gist.github.com", 1},
    {".github.io", 0},
    {"gitlab.", 1},
    {".gitlab.io", 0},
    {"bitbucket.org", 1},
    {"codeberg.org", 1},
    {"git.sr.ht", 1},
    {"huggingface.co", 1},
    {"hf.co", 1},
    {"sites.google.com", 1},
    {"colab.research.google.com", 1},
    {"anonymous.4open.science", 1},
    {"pypi.org", 2},
    {".readthedocs.io", 0},
    {"sourceforge.net", 1},
    {".sourceforge.net", 0},
};

static const char *const context_words[] = {"code", "repository",
    "project page", "project website", "project site", "webpage", "web page",
    "homepage", "website", "demo", "implementation"};

static bool
ends_token(char c)
{
	switch (c) {
	case '"':
	case '<':
	case '>':
	case '{':
	case '}':
	case '|':
	case '^':
	case '`':
		return true;
	default:
		return (unsigned char)c <= ' ';
	}
}

/* Where a scheme begins in s, or NULL. */
static const char *
find_scheme(struct slice s)
{
	const char *end = s.p + s.n, *colon = s.p;

	for (; (colon = memchr(colon, ':', (size_t)(end - colon))) != NULL;
	     colon++) {
		if (end - colon < 3 || memcmp(colon, "://", 3) != 0)
			continue;
		for (ptrdiff_t n = 4; n <= 5 && n <= colon - s.p; n++)
			if (strncasecmp(colon - n, "https", (size_t)n) == 0)
				return colon - n;
	}
	return NULL;
}

/* Of TeX's escapes only those of characters that URLs have. */
static bool
is_escape(struct slice s, size_t i)
{
	return s.p[i] == '\\' && i + 1 < s.n && s.p[i + 1] != '\0' &&
	    strchr("_%#&~", s.p[i + 1]) != NULL;
}

/* A link ends where its characters end, and before a bracket that it has not
 * opened; punctuation behind it is the sentence's. */
static size_t
link_length(struct slice s)
{
	int round = 0, square = 0;
	size_t n = 0;

	for (; n < s.n; n++) {
		char c = s.p[n];

		round += (c == '(') - (c == ')');
		square += (c == '[') - (c == ']');
		if (round < 0 || square < 0 || c == '\'' ||
		    (unsigned char)c >= 0x80 || (c == '\\' && !is_escape(s, n)))
			break;
	}
	while (n > 0 && strchr(".,;:!?*~$([", s.p[n - 1]) != NULL)
		n--;
	return n;
}

static void
add_without_tex(struct strbuf *b, struct slice s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!is_escape(s, i))
			strbuf_addch(b, s.p[i]);
}

static bool
host_matches(struct slice host, const char *pattern)
{
	size_t n = strlen(pattern);

	if (pattern[0] == '.')
		return host.n > n &&
		    strncasecmp(host.p + host.n - n, pattern, n) == 0;
	if (pattern[n - 1] == '.')
		return host.n > n && strncasecmp(host.p, pattern, n) == 0;
	return host.n == n && strncasecmp(host.p, pattern, n) == 0;
}

static int
count_parts(struct slice path)
{
	int parts = 0;

	for (size_t i = 0; i + 1 < path.n; i++)
		parts += path.p[i] == '/' && path.p[i + 1] != '/';
	return parts;
}

/* rest is a URL after its scheme. */
static bool
is_code_host(struct slice rest)
{
	struct slice host = rest, path;

	for (host.n = 0; host.n < rest.n &&
	     (isalnum((unsigned char)host.p[host.n]) ||
		 strchr(".-", host.p[host.n]) != NULL);)
		host.n++;
	path = (struct slice) {rest.p + host.n, rest.n - host.n};
	for (size_t i = 0; i < sizeof(hosts) / sizeof(hosts[0]); i++)
		if (host_matches(host, hosts[i].host) &&
		    count_parts(path) >= hosts[i].parts)
			return true;
	return false;
}

/* The words before p speak of code. */
static bool
context_says_code(const char *begin, const char *p)
{
	size_t n =
	    (size_t)(p - begin) < CONTEXT ? (size_t)(p - begin) : CONTEXT;
	char before[CONTEXT + 1];

	memcpy(before, p - n, n);
	before[n] = '\0';
	for (size_t i = 0; i < sizeof(context_words) / sizeof(*context_words);
	     i++)
		if (strcasestr(before, context_words[i]) != NULL)
			return true;
	return false;
}

static void
add_link(struct strlist *links, const char *scheme, struct slice url)
{
	struct strbuf b = STRBUF_INIT(LINK_MAX);

	strbuf_addstr(&b, scheme);
	add_without_tex(&b, url);
	if (!b.overflow)
		strlist_add_new(links, strbuf_slice(&b));
	strbuf_release(&b);
}

/* A run without white space: "(https://x.org/a,https://y.org/b)." */
static void
look_at(struct strlist *links, struct slice text, struct slice token)
{
	const char *end = token.p + token.n, *url, *next;
	struct slice s, rest;

	if ((url = find_scheme(token)) == NULL) {
		while (token.n > 0 && !isalnum((unsigned char)*token.p)) {
			token.p++;
			token.n--;
		}
		token.n = link_length(token);
		/* Else it is the last word of a sentence. */
		if (memchr(token.p, '.', token.n) != NULL &&
		    is_code_host(token))
			add_link(links, "https://", token);
		return;
	}
	for (; url != NULL; url = next) {
		next = find_scheme(
		    (struct slice) {url + 7, (size_t)(end - url) - 7});
		s.p = url;
		s.n = (size_t)((next != NULL ? next : end) - url);
		s.n = link_length(s);
		rest.p = s.p + (tolower((unsigned char)s.p[4]) == 's' ? 8 : 7);
		if (rest.p >= s.p + s.n)
			continue;
		rest.n = (size_t)(s.p + s.n - rest.p);
		if (is_code_host(rest) || context_says_code(text.p, url))
			add_link(links, "", s);
	}
}

void
code_links_find(struct strlist *links, struct slice text)
{
	const char *end = text.p + text.n, *p = text.p, *dot;
	struct slice token;

	/* A link has a dot, as few other words have. */
	while ((dot = memchr(p, '.', (size_t)(end - p))) != NULL) {
		for (token.p = dot; token.p > p && !ends_token(token.p[-1]);)
			token.p--;
		for (p = dot; p < end && !ends_token(*p);)
			p++;
		token.n = (size_t)(p - token.p);
		look_at(links, text, token);
	}
}

/* The record */

static void
put_str(struct jsonw *j, enum paper_key key, const char *s)
{
	jsonw_str(jsonw_key(j, paper_key_name(key)), s);
}

static void
put_text(struct jsonw *j, enum paper_key key, const struct strbuf *text)
{
	if (text->len == 0)
		return;
	jsonw_slice(jsonw_key(j, paper_key_name(key)), strbuf_slice(text));
}

static void
put_list(struct jsonw *j, enum paper_key key, const struct strlist *l)
{
	if (l->n == 0)
		return;
	jsonw_list(jsonw_key(j, paper_key_name(key)), l);
}

static void
put_moment(struct jsonw *j, enum paper_key key, moment_t t)
{
	char text[MOMENT_LEN];

	if (t != NO_MOMENT)
		put_str(j, key, moment_format(t, text));
}

static void
put_url(struct jsonw *j, enum paper_key key, const char *page, const char *id)
{
	char url[ARXIV_URL_SIZE];

	put_str(j, key, arxiv_paper_url(url, page, id));
}

static void
put_announcement(struct jsonw *j, const struct entry *e)
{
	char day[DATE_LEN];

	if (e->announce != ANNOUNCE_NONE)
		put_str(j, PAPER_ANNOUNCE_TYPE, announce_name(e->announce));
	if (e->announced != NO_DAY)
		put_str(j, PAPER_ANNOUNCED, day_format(e->announced, day));
}

static void
put_code(struct jsonw *j, const struct entry *e)
{
	struct strlist links = STRLIST_INIT;

	code_links_find(&links, strbuf_slice(&e->text[ENTRY_ABSTRACT]));
	code_links_find(&links, strbuf_slice(&e->text[ENTRY_COMMENT]));
	put_list(j, PAPER_CODE, &links);
	strlist_release(&links);
}

void
record_format(struct strbuf *b, const struct entry *e)
{
	static const struct {
		enum entry_text text;
		enum paper_key key;
	} details[] = {
	    {ENTRY_COMMENT, PAPER_COMMENT},
	    {ENTRY_JOURNAL_REF, PAPER_JOURNAL_REF},
	    {ENTRY_DOI, PAPER_DOI},
	    {ENTRY_LICENSE, PAPER_LICENSE},
	    {ENTRY_REPORT_NO, PAPER_REPORT_NO},
	    {ENTRY_MSC_CLASS, PAPER_MSC_CLASS},
	    {ENTRY_ACM_CLASS, PAPER_ACM_CLASS},
	};
	struct jsonw j = JSONW_INIT(b);

	jsonw_open(&j, '{');
	put_str(&j, PAPER_ID, e->id);
	if (e->version > 0) {
		jsonw_int(
		    jsonw_key(&j, paper_key_name(PAPER_VERSION)), e->version);
	}
	put_text(&j, PAPER_TITLE, &e->text[ENTRY_TITLE]);
	put_text(&j, PAPER_ABSTRACT, &e->text[ENTRY_ABSTRACT]);
	put_list(&j, PAPER_AUTHORS, &e->authors);
	put_list(&j, PAPER_CATEGORIES, &e->categories);
	if (e->categories.n > 0)
		put_str(&j, PAPER_PRIMARY_CATEGORY, e->categories.v[0]);
	put_announcement(&j, e);
	put_moment(&j, PAPER_PUBLISHED, e->published);
	put_moment(&j, PAPER_UPDATED, e->updated);
	for (size_t i = 0; i < sizeof(details) / sizeof(details[0]); i++)
		put_text(&j, details[i].key, &e->text[details[i].text]);
	put_url(&j, PAPER_URL, "abs", e->id);
	put_url(&j, PAPER_PDF, "pdf", e->id);
	put_code(&j, e);
	put_str(&j, PAPER_SOURCE, e->source);
	jsonw_close(&j, '}');
}
