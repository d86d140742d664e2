/* SPDX-License-Identifier: ISC */
/*
 * RSS 2.0 of rss.arxiv.org, and the RSS 1.0 (RDF) it was until January 2024,
 * whose titles carry the id and whose texts are HTML.
 */
#include <string.h>

#include "formats/feed_internal.h"

static void
take_id(struct feed *f, struct slice text)
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
take_title(struct feed *f, struct slice text)
{
	old_title_apply(&f->entry, text);
}

static void
take_category(struct feed *f, struct slice text)
{
	entry_add_category(&f->entry, text);
}

static void
take_date(struct feed *f, struct slice text)
{
	f->entry.announced = feed_day(text);
}

static const struct feed_field fields[] = {
    {"title", ENTRY_TITLE, take_title},
    {"link", ENTRY_NTEXTS, take_id},
    {"guid", ENTRY_NTEXTS, take_id},
    {"description", ENTRY_ABSTRACT, set_description},
    {"category", ENTRY_NTEXTS, take_category},
    {"pubDate", ENTRY_NTEXTS, take_date},
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
	struct slice about = feed_attribute(a, "about");

	if (strcmp(name, "item") != 0)
		return;
	feed_entry_start(f, "rss");
	f->entry.announced = f->info->announced;
	take_id(f, about);
}

static void
rss_end(struct feed *f, const char *name, struct slice text)
{
	if (!f->in_entry)
		channel_field(f, name, text);
	else if (strcmp(name, "item") == 0)
		feed_entry_end(f, NULL);
	else
		feed_take(f, fields, name, text);
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
