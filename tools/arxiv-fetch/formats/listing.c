/* SPDX-License-Identifier: ISC */
#include "formats/feed.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include <libxml/HTMLparser.h>

#include "common/base/compat.h"
#include "common/base/strbuf.h"
#include "common/base/xalloc.h"

#define HEADING_MAX 4096

/* The HTML parser's view of where it is. */
struct reader {
	struct listing *l;
	struct strbuf text; /* of the h3 or p being read */
	bool in_heading;
	bool in_term; /* the dt that names a paper */
	bool found;
};

/* "Showing new listings for Friday, 11 September 2026" */
static bool
take_date(struct listing *l, const char *text)
{
	static const char mark[] = "listings for ";
	const char *p = strcasestr(text, mark);
	struct strbuf b = STRBUF_INIT(200);
	int day, year;
	char month[16];
	moment_t t;
	bool ok = false;

	if (p == NULL || (p = strchr(p, ',')) == NULL)
		return false;
	if (sscanf(p, ", %2d %15[A-Za-z] %4d", &day, month, &year) == 3) {
		/* Only the first three letters of a month count. */
		strbuf_addf(
		    &b, "%02d %.3s %04d 12:00:00 GMT", day, month, year);
		if ((ok = moment_parse_rfc822(b.s, &t)))
			l->day = day_of(t);
	}
	strbuf_release(&b);
	return ok;
}

/* "New submissions (showing 271 of 271 entries)", "Cross submissions (showing
 * first 100 of 312 entries)" */
static bool
take_count(struct listing *l, const char *text)
{
	static const struct {
		const char *word;
		size_t at;
		enum announce section;
	} lists[] = {
	    {"new submissions", offsetof(struct listing, fresh), ANNOUNCE_NEW},
	    {"cross submissions", offsetof(struct listing, cross),
		ANNOUNCE_CROSS},
	    {"cross-lists", offsetof(struct listing, cross), ANNOUNCE_CROSS},
	    {"replacement", offsetof(struct listing, replaced),
		ANNOUNCE_REPLACE},
	};
	const char *of = strstr(text, " of ");
	long n;

	if (of == NULL || strstr(text, "showing") == NULL ||
	    sscanf(of, " of %9ld", &n) != 1 || n < 0)
		return false;
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		if (strcasestr(text, lists[i].word) != NULL) {
			*(long *)((char *)l + lists[i].at) = n;
			l->any = true;
			l->section = lists[i].section;
			return true;
		}
	return false;
}

bool
listing_heading(struct listing *l, const char *text)
{
	if (strcasestr(text, "no updates today") != NULL) {
		l->no_updates = true;
		return true;
	}
	return take_date(l, text) || take_count(l, text);
}

static bool
is_read(const xmlChar *name)
{
	return strcasecmp((const char *)name, "h3") == 0 ||
	    strcasecmp((const char *)name, "p") == 0;
}

/* Other links of a page lead to papers that it only mentions. */
static void
take_link(struct reader *r, const xmlChar **attributes)
{
	static const char abstract[] = "/abs/";
	char id[ARXIV_ID_SIZE];
	long version;

	for (; attributes != NULL && *attributes != NULL; attributes += 2) {
		const char *value = (const char *)attributes[1];

		if (value != NULL &&
		    strcasecmp((const char *)*attributes, "href") == 0 &&
		    (value = strstr(value, abstract)) != NULL &&
		    arxiv_id_parse(
			slice_of(value + sizeof(abstract) - 1), id, &version))
			batch_add(&r->l->papers, slice_of(id), version,
			    r->l->section);
	}
}

static void
on_start(void *ctx, const xmlChar *name, const xmlChar **attributes)
{
	struct reader *r = ctx;

	if (strcasecmp((const char *)name, "dt") == 0)
		r->in_term = true;
	else if (strcasecmp((const char *)name, "dd") == 0)
		r->in_term = false;
	else if (r->in_term && strcasecmp((const char *)name, "a") == 0)
		take_link(r, attributes);
	if (!is_read(name))
		return;
	r->in_heading = true;
	strbuf_reset(&r->text);
}

static void
on_end(void *ctx, const xmlChar *name)
{
	struct reader *r = ctx;

	if (!is_read(name) || !r->in_heading)
		return;
	r->in_heading = false;
	strbuf_fold_space(&r->text);
	r->found = listing_heading(r->l, r->text.s) || r->found;
}

static void
on_text(void *ctx, const xmlChar *p, int n)
{
	struct reader *r = ctx;

	if (r->in_heading)
		strbuf_add(&r->text, p, (size_t)n);
}

bool
listing_read(struct listing *l, struct slice html)
{
	htmlSAXHandler sax = {
	    .startElement = on_start,
	    .endElement = on_end,
	    .characters = on_text,
	    .cdataBlock = on_text,
	};
	struct reader r = {.l = l};
	htmlParserCtxtPtr parser;

	*l = (struct listing) {
	    .day = NO_DAY, .section = ANNOUNCE_NONE, .papers = BATCH_INIT};
	strbuf_init(&r.text, HEADING_MAX);
	parser = htmlCreatePushParserCtxt(
	    &sax, &r, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
	if (parser == NULL)
		xalloc_die();
	htmlCtxtUseOptions(parser, HTML_PARSE_NONET | HTML_PARSE_RECOVER);
	htmlParseChunk(parser, html.p, (int)html.n, 1);
	if (parser->myDoc != NULL)
		xmlFreeDoc(parser->myDoc);
	htmlFreeParserCtxt(parser);
	strbuf_release(&r.text);
	return r.found && (l->any || l->no_updates || l->day != NO_DAY);
}

void
listing_release(struct listing *l)
{
	batch_release(&l->papers);
}
