/* SPDX-License-Identifier: ISC */
/*
 * One paper as a feed gives it, on its way to becoming a record of paper(5),
 * and tables of such papers.  All interfaces fill the same struct; what an
 * interface does not know stays empty and is left out of the record.
 */
#ifndef ENTRY_H
#define ENTRY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/date.h"
#include "common/base/slice.h"
#include "common/base/strbuf.h"
#include "common/base/strlist.h"
#include "common/base/strmap.h"
#include "common/io/output.h"
#include "common/record/arxiv_id.h"

/* No text of arXiv comes near this; one that passes it is an attack or a
 * mistake, and the entry is refused. */
#define ENTRY_TEXT_MAX ((size_t)256 << 10)

enum entry_text {
	ENTRY_TITLE,
	ENTRY_ABSTRACT,
	ENTRY_COMMENT,
	ENTRY_JOURNAL_REF,
	ENTRY_DOI,
	ENTRY_LICENSE,
	ENTRY_REPORT_NO,
	ENTRY_MSC_CLASS,
	ENTRY_ACM_CLASS,
	ENTRY_NTEXTS
};

/* Strongest first: a paper met in several feeds keeps the strongest. */
enum announce {
	ANNOUNCE_NEW,
	ANNOUNCE_CROSS,
	ANNOUNCE_REPLACE,
	ANNOUNCE_REPLACE_CROSS,
	ANNOUNCE_NONE
};

#define NO_DAY	  INT64_MIN
#define NO_MOMENT INT64_MIN

struct entry {
	char id[ARXIV_ID_SIZE]; /* "" until known */
	long version; /* 0: unknown */
	struct strbuf text[ENTRY_NTEXTS];
	struct strlist authors;
	struct strlist categories; /* primary first */
	enum announce announce;
	day_t announced;
	moment_t published, updated;
	const char *source; /* a literal */

	/* Not part of the record. */
	moment_t *versions; /* dates of v1, v2, .. where known */
	size_t nversions, versions_cap;
	day_t datestamp; /* of the OAI header */
	bool deleted; /* the OAI header says so */
};

void entry_init(struct entry *e);
/* Empties it for the next paper; keeps the memory of its texts. */
void entry_reset(struct entry *e);
void entry_release(struct entry *e);

/* White space folded; past ENTRY_TEXT_MAX the text's overflow is set. */
void entry_set_text(struct entry *e, enum entry_text which, struct slice text);
/* At most once each; text that is no arXiv category is left out. */
void entry_add_category(struct entry *e, struct slice name);
/* Several, with blanks between them. */
void entry_add_categories(struct entry *e, struct slice names);
/* One, moved forward to that place: the primary one's is 0. */
void entry_put_category(struct entry *e, struct slice name, size_t place);
void entry_add_version(struct entry *e, moment_t when);

/* NULL if the entry can become a record, else what is wrong with it. */
const char *entry_problem(const struct entry *e);
/*
 * Merges another sight of the same paper: categories are joined, the
 * strongest announcement and the newest version win, texts and dates that e
 * lacks are filled in.
 */
void entry_merge(struct entry *e, const struct entry *other);
/* Fills only what e lacks, and leaves its categories alone. */
void entry_complete(struct entry *e, const struct entry *other);

const char *announce_name(enum announce a); /* NULL for ANNOUNCE_NONE */
bool announce_parse(struct slice name, enum announce *out);

/* Records (record.c) */

/* The record of paper(5) that the entry becomes, with the links to code that
 * stand in its texts, without newline, appended to b. */
void record_format(struct strbuf *b, const struct entry *e);

/*
 * Adds each link once, in order: those to hosts known for code or project
 * pages, with or without https://, and any URL that the words before it call
 * code, a project page or a demo.  Punctuation after a link and TeX's \url
 * and \_ do not become part of it.
 */
void code_links_find(struct strlist *links, struct slice text);

/* Papers by id, in the order they were first met. */
struct paper_table {
	struct entry **v; /* owned */
	size_t n, cap;
	struct strmap ids; /* number them as v does */
};

#define PAPER_TABLE_INIT           \
	{                          \
		.ids = STRMAP_INIT \
	}

#define PAPER_TABLE_NONE ((size_t)-1)

/* The index of id, or PAPER_TABLE_NONE. */
size_t paper_table_find(const struct paper_table *p, const char *id);
/* A copy of e joins as a new paper, or e is merged into the one with its id;
 * *is_new tells.  Returns its index. */
size_t
paper_table_add(struct paper_table *p, const struct entry *e, bool *is_new);
/* All indices in the order of ids, old-style ids in front; to be freed. */
size_t *paper_table_by_id(const struct paper_table *p);
void paper_table_release(struct paper_table *p);

/*
 * Ids that were met lately, in bounded memory: a set of hashes in two
 * generations.  The older is forgotten when the younger is full, so the last
 * RECENT_IDS keys at least are known.
 */
#define RECENT_IDS ((size_t)128 << 10)

struct recent_ids {
	uint64_t *young, *old; /* tables of 2 * RECENT_IDS; NULL while unused */
	size_t n; /* in young */
};

uint64_t recent_ids_hash(const char *key);
/* Adds the hash; true if it was there. */
bool recent_ids_add(struct recent_ids *s, uint64_t hash);
void recent_ids_release(struct recent_ids *s);

#endif
