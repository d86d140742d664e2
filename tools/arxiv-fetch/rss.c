/* SPDX-License-Identifier: ISC */
/*
 * RSS 2.0 of rss.arxiv.org, and the RSS 1.0 (RDF) it was until January 2024,
 * whose titles carry the id and whose texts are HTML.
 */
#include <string.h>

#include "authors.h"
#include "description.h"
#include "feed_format.h"

enum tag {
	TITLE,
	LINK,
	DESCRIPTION,
	GUID,
	CATEGORY,
	PUB_DATE,
	ANNOUNCE_TYPE,
	RIGHTS,
	DOI,
	JOURNAL,
	CREATOR,
	DATE
};

static const char *const tags[] = {"title", "link", "description", "guid",
    "category", "pubDate", "announce_type", "rights", "DOI",
    "journal_reference", "creator", "date", NULL};

static void
set_id(struct entry *e, struct slice text)
{
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
item_field(struct feed *f, enum tag tag, struct slice text)
{
	struct entry *e = &f->entry;
	enum announce type;

	switch (tag) {
	case TITLE:
		old_title_apply(e, text);
		break;
	case LINK:
	case GUID:
		set_id(e, text);
		break;
	case DESCRIPTION:
		description_apply(e, text);
		break;
	case CATEGORY:
		entry_add_category(e, text);
		break;
	case PUB_DATE:
		e->announced = feed_day(text);
		break;
	case ANNOUNCE_TYPE:
		if (announce_parse(text, &type))
			e->announce = type;
		break;
	case RIGHTS:
		entry_set_text(e, ENTRY_LICENSE, text);
		break;
	case DOI:
		strbuf_reset(&f->scratch);
		first_word(&f->scratch, text);
		entry_set_text(e, ENTRY_DOI, strbuf_slice(&f->scratch));
		break;
	case JOURNAL:
		entry_set_text(e, ENTRY_JOURNAL_REF, without_comma(text));
		break;
	case CREATOR:
		authors_split(&e->authors, text, false);
		break;
	case DATE:
		break;
	}
}

static void
channel_field(struct feed *f, const char *name, struct slice text)
{
	struct feed_info *info = f->info;
	static const char failure[] = "Feed error for query:";

	if (strcmp(name, "title") == 0) {
		feed_keep(&info->title, text);
	} else if (strcmp(name, "skipDays") == 0) {
		info->skip_days = true;
	} else if (strcmp(name, "pubDate") == 0 || strcmp(name, "date") == 0) {
		if (info->announced == NO_DAY)
			info->announced = feed_day(text);
	} else if (strcmp(name, "description") == 0 && info->title != NULL &&
	    strncmp(info->title, failure, sizeof(failure) - 1) == 0) {
		feed_error(info, "arXiv says: %.*s", (int)text.n, text.p);
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
	set_id(&f->entry, about);
}

static void
rss_end(struct feed *f, const char *name, struct slice text)
{
	int tag;

	f->info->kind = FEED_RSS;
	if (!f->in_entry)
		channel_field(f, name, text);
	else if (strcmp(name, "item") == 0)
		feed_entry_end(f, NULL);
	else if ((tag = feed_name_index(tags, name)) != -1)
		item_field(f, (enum tag)tag, text);
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
