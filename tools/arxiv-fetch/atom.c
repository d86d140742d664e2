/* SPDX-License-Identifier: ISC */
/*
 * Atom, of which arXiv speaks three dialects: the daily feed's, and the query
 * interface's before and since November 2025.  The order of children tells
 * nothing; the entry's id tells the feed's dialect from the interface's.
 */
#include <stdlib.h>
#include <string.h>

#include "authors.h"
#include "common/number.h"
#include "description.h"
#include "feed_format.h"
#include "schedule.h"

enum tag {
	ID,
	TITLE,
	SUMMARY,
	PUBLISHED,
	UPDATED,
	ANNOUNCE_TYPE,
	RIGHTS,
	DOI,
	JOURNAL,
	JOURNAL_API,
	DOI_API,
	COMMENT,
	CREATOR,
	NAME
};

static const char *const tags[] = {"id", "title", "summary", "published",
    "updated", "announce_type", "rights", "DOI", "journal_reference",
    "journal_ref", "doi", "comment", "creator", "name", NULL};

/* mode: what the entry's id and summary said so far */
enum {
	FROM_FEED = 1,
	FROM_API = 2,
	IS_ERROR = 4
};

static void
take_id(struct feed *f, struct slice text)
{
	struct entry *e = &f->entry;

	if (memmem(text.p, text.n, "/api/errors", 11) != NULL) {
		f->mode = IS_ERROR;
		return;
	}
	arxiv_id_parse(text, e->id, &e->version);
	if (text.n >= 4 && memcmp(text.p, "oai:", 4) == 0) {
		f->mode = FROM_FEED;
		f->info->kind = FEED_ATOM;
	} else {
		f->mode = FROM_API;
		f->info->kind = FEED_API;
	}
}

static void
set_doi(struct feed *f, struct slice text)
{
	if (f->entry.text[ENTRY_DOI].len > 0)
		return; /* the element may repeat; the first is the paper's */
	strbuf_reset(&f->scratch);
	first_word(&f->scratch, text);
	entry_set_text(&f->entry, ENTRY_DOI, strbuf_slice(&f->scratch));
}

static void
add_author(struct feed *f, struct slice text)
{
	struct strbuf *b = &f->scratch;

	/* One name an element here, so a comma in it is its own. */
	strbuf_reset(b);
	strbuf_addslice(b, text);
	strbuf_fold_space(b);
	if (b->len > 0)
		strlist_add(&f->entry.authors, b->s);
}

static void
entry_field(struct feed *f, enum tag tag, struct slice text)
{
	struct entry *e = &f->entry;
	enum announce type;

	switch (tag) {
	case ID:
		take_id(f, text);
		break;
	case TITLE:
		entry_set_text(e, ENTRY_TITLE, text);
		break;
	case SUMMARY:
		/* Its head, if any, may come before the id does. */
		description_apply(e, text);
		break;
	case PUBLISHED:
		e->published = feed_moment(text);
		break;
	case UPDATED:
		e->updated = feed_moment(text);
		break;
	case ANNOUNCE_TYPE:
		if (announce_parse(text, &type))
			e->announce = type;
		break;
	case RIGHTS:
		entry_set_text(e, ENTRY_LICENSE, text);
		break;
	case DOI:
	case DOI_API:
		set_doi(f, text);
		break;
	case JOURNAL:
	case JOURNAL_API:
		entry_set_text(e, ENTRY_JOURNAL_REF, without_comma(text));
		break;
	case COMMENT:
		entry_set_text(e, ENTRY_COMMENT, text);
		break;
	case CREATOR:
		authors_split(&e->authors, text, false);
		break;
	case NAME:
		add_author(f, text);
		break;
	}
}

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
feed_field(struct feed *f, const char *name, struct slice text)
{
	static const char failure[] = "Feed error for query:";
	struct feed_info *info = f->info;

	if (strcmp(name, "title") == 0) {
		feed_keep(&info->title, text);
	} else if (strcmp(name, "totalResults") == 0) {
		info->kind = FEED_API;
		info->total_results = parse_count(text);
	} else if (strcmp(name, "updated") == 0) {
		info->announced = feed_day(text);
	} else if (strcmp(name, "subtitle") == 0) {
		info->kind = FEED_ATOM;
		if (info->title != NULL &&
		    strncmp(info->title, failure, sizeof(failure) - 1) == 0)
			feed_error(
			    info, "arXiv says: %.*s", (int)text.n, text.p);
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
		entry_set_primary(&f->entry, feed_attribute(a, "term"));
	}
}

static void
atom_end(struct feed *f, const char *name, struct slice text)
{
	int tag;

	if (!f->in_entry)
		feed_field(f, name, text);
	else if (strcmp(name, "entry") == 0)
		finish(f);
	else if ((tag = feed_name_index(tags, name)) != -1)
		entry_field(f, (enum tag)tag, text);
}

const struct feed_format atom_format = {"feed", atom_start, atom_end};
