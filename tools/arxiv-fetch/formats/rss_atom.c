/* SPDX-License-Identifier: ISC */
/* The daily feeds, and the answers of the query interface, which are Atom
 * too. */
#include <stdlib.h>
#include <string.h>

#include "common/base/compat.h"
#include "common/base/number.h"
#include "formats/feed_internal.h"

/*
 * RSS 2.0 of rss.arxiv.org, and the RSS 1.0 (RDF) it was until January 2024,
 * whose titles carry the id and whose texts are HTML.
 */

static void
rss_take_id(struct feed *f, struct slice text)
{
	struct entry *e = &f->entry;
	char id[ARXIV_ID_SIZE];
	long version;

	if (!arxiv_id_parse(text, id, &version))
		return;
	/* The link has no version and may come before or after the guid. */
	if (e->id[0] == '\0' || version > 0)
		memcpy(e->id, id, sizeof(id));
	if (version > 0)
		e->version = version;
}

static void
rss_take_title(struct feed *f, struct slice text)
{
	old_title_apply(&f->entry, text);
}

static void
rss_take_category(struct feed *f, struct slice text)
{
	entry_add_category(&f->entry, text);
}

static void
rss_take_date(struct feed *f, struct slice text)
{
	f->entry.announced = feed_day(text);
}

static const struct feed_field rss_fields[] = {
    {"title", ENTRY_TITLE, rss_take_title},
    {"link", ENTRY_NTEXTS, rss_take_id},
    {"guid", ENTRY_NTEXTS, rss_take_id},
    {"description", ENTRY_ABSTRACT, set_description},
    {"category", ENTRY_NTEXTS, rss_take_category},
    {"pubDate", ENTRY_NTEXTS, rss_take_date},
    {"announce_type", ENTRY_NTEXTS, set_announce_type},
    {"rights", ENTRY_LICENSE, NULL},
    {"DOI", ENTRY_DOI, set_doi},
    {"journal_reference", ENTRY_JOURNAL_REF, set_journal_ref},
    {"creator", ENTRY_NTEXTS, set_creator},
    {NULL, ENTRY_NTEXTS, NULL},
};

static void
channel_field(struct feed *f, const char *name, struct slice text)
{
	struct feed_info *info = f->info;

	if (strcmp(name, "title") == 0) {
		feed_keep(&info->title, text);
	} else if (strcmp(name, "pubDate") == 0 || strcmp(name, "date") == 0) {
		if (info->announced == NO_DAY)
			info->announced = feed_day(text);
	} else if (strcmp(name, "description") == 0) {
		feed_subtitle(info, text);
	}
}

static void
rss_start(struct feed *f, const char *name, struct attributes a)
{
	f->info->kind = KIND_DAILY;
	if (strcmp(name, "item") != 0)
		return;
	feed_entry_start(f, "rss");
	f->entry.announced = f->info->announced;
	rss_take_id(f, feed_attribute(a, "about"));
}

static void
rss_end(struct feed *f, const char *name, struct slice text)
{
	if (!f->in_entry)
		channel_field(f, name, text);
	else if (strcmp(name, "item") == 0)
		feed_entry_end(f, NULL);
	else
		feed_take(f, rss_fields, name, text);
}

static void
rdf_end(struct feed *f, const char *name, struct slice text)
{
	bool html =
	    strcmp(name, "description") == 0 || strcmp(name, "creator") == 0;

	if (f->in_entry && html) {
		strbuf_reset(&f->scratch);
		html_strip(&f->scratch, text);
		text = strbuf_slice(&f->scratch);
	}
	rss_end(f, name, text);
}

const struct feed_format rss_format = {"rss", rss_start, rss_end};
const struct feed_format rdf_format = {"RDF", rss_start, rdf_end};

/*
 * Atom, of which arXiv speaks three dialects: the daily feed's, and the query
 * interface's before and since November 2025.  The order of children tells
 * nothing; the entry's id tells the feed's dialect from the interface's.
 */

/* mode: what the entry's id and summary said so far */
enum {
	FROM_FEED = 1,
	FROM_API = 2,
	IS_ERROR = 4
};

static void
atom_take_id(struct feed *f, struct slice text)
{
	struct entry *e = &f->entry;

	if (memmem(text.p, text.n, "/api/errors", 11) != NULL) {
		f->mode = IS_ERROR;
		return;
	}
	arxiv_id_parse(text, e->id, &e->version);
	if (text.n >= 4 && memcmp(text.p, "oai:", 4) == 0) {
		f->mode = FROM_FEED;
		f->info->kind = KIND_DAILY;
	} else {
		f->mode = FROM_API;
		f->info->kind = KIND_QUERY;
	}
}

static void
atom_take_author(struct feed *f, struct slice text)
{
	/* One name an element here, so a comma in it is its own. */
	author_add(&f->entry.authors, text);
}

static void
atom_take_published(struct feed *f, struct slice text)
{
	f->entry.published = feed_moment(text);
}

static void
atom_take_updated(struct feed *f, struct slice text)
{
	f->entry.updated = feed_moment(text);
}

/* Names in capitals and those with "reference" are the daily feed's. */
static const struct feed_field atom_fields[] = {
    {"id", ENTRY_NTEXTS, atom_take_id},
    {"title", ENTRY_TITLE, NULL},
    {"summary", ENTRY_ABSTRACT, set_description},
    {"published", ENTRY_NTEXTS, atom_take_published},
    {"updated", ENTRY_NTEXTS, atom_take_updated},
    {"announce_type", ENTRY_NTEXTS, set_announce_type},
    {"rights", ENTRY_LICENSE, NULL},
    {"DOI", ENTRY_DOI, set_doi},
    {"doi", ENTRY_DOI, set_doi},
    {"journal_reference", ENTRY_JOURNAL_REF, set_journal_ref},
    {"journal_ref", ENTRY_JOURNAL_REF, set_journal_ref},
    {"comment", ENTRY_COMMENT, NULL},
    {"creator", ENTRY_NTEXTS, set_creator},
    {"name", ENTRY_NTEXTS, atom_take_author},
    {NULL, ENTRY_NTEXTS, NULL},
};

static long
parse_count(struct slice text)
{
	char digits[16];
	const char *why;
	long n;

	if (text.n >= sizeof(digits))
		return -1;
	memcpy(digits, text.p, text.n);
	digits[text.n] = '\0';
	return number_long(digits, 0, 1000000000, &n, &why) ? n : -1;
}

static void
top_field(struct feed *f, const char *name, struct slice text)
{
	struct feed_info *info = f->info;

	if (strcmp(name, "title") == 0) {
		feed_keep(&info->title, text);
	} else if (strcmp(name, "totalResults") == 0) {
		info->kind = KIND_QUERY;
		info->total_results = parse_count(text);
	} else if (strcmp(name, "updated") == 0) {
		info->announced = feed_day(text);
	} else if (strcmp(name, "subtitle") == 0) {
		info->kind = KIND_DAILY;
		feed_subtitle(info, text);
	}
}

/* The daily feed's "published" is the announcement and its "updated" the
 * moment the feed was made; only the interface's are the paper's own. */
static void
finish(struct feed *f)
{
	struct entry *e = &f->entry;

	if (f->mode == IS_ERROR) {
		f->in_entry = false;
		feed_error(f->info, "arXiv says: %s",
		    e->text[ENTRY_ABSTRACT].len > 0 ? e->text[ENTRY_ABSTRACT].s
						    : "error");
		return;
	}
	if (f->mode == FROM_FEED) {
		e->source = "atom";
		e->announced = e->published != NO_MOMENT
		    ? eastern_day(e->published)
		    : NO_DAY;
		e->published = e->updated = NO_MOMENT;
	}
	feed_entry_end(f, NULL);
}

static void
atom_start(struct feed *f, const char *name, struct attributes a)
{
	if (strcmp(name, "entry") == 0) {
		feed_entry_start(f, "api");
		f->mode = FROM_API;
	} else if (f->in_entry && strcmp(name, "category") == 0) {
		entry_add_category(&f->entry, feed_attribute(a, "term"));
	} else if (f->in_entry && strcmp(name, "primary_category") == 0) {
		entry_put_category(&f->entry, feed_attribute(a, "term"), 0);
	}
}

static void
atom_end(struct feed *f, const char *name, struct slice text)
{
	if (!f->in_entry)
		top_field(f, name, text);
	else if (strcmp(name, "entry") == 0)
		finish(f);
	else
		feed_take(f, atom_fields, name, text);
}

const struct feed_format atom_format = {"feed", atom_start, atom_end};
