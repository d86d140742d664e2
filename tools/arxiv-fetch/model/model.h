/* SPDX-License-Identifier: ISC */
/*
 * What arXiv is, whoever asks and however it answers: what the files of this
 * folder need of each other, and all others of them, each under its name, from
 * the bottom upwards.
 */
#ifndef MODEL_H
#define MODEL_H

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

/*
 * arxiv.c: the names of archives and categories, and the addresses at which
 * arXiv answers.
 */

/* True for what looks like cs, cs.LG, hep-th, cond-mat.stat-mech; MSC and ACM
 * classes, which old answers mix in, do not. */
bool category_is_name(struct slice name);
/* The spelling arXiv uses: "CS.lg" is cs.LG, "COND-MAT.soft" cond-mat.soft. */
char *category_canonical(const char *name);
/* The one name of a category that has two: eess.SY for cs.SY too. */
const char *category_alias(const char *name);
/* True if paper is the category wanted or belongs to the archive wanted. */
bool category_covers(const char *wanted, const char *paper);
/*
 * The narrowest OAI set that holds all the categories: cs:cs:LG for cs.LG
 * alone, cs:cs for several of cs, "" where only everything will do.
 */
void category_set(struct strbuf *out, const struct strlist *categories);

/* Room for the address of a paper's page and its NUL. */
#define ARXIV_URL_SIZE (ARXIV_ID_SIZE + sizeof("https://arxiv.org/abs/"))
/* Writes it and returns url; page: abs, pdf. */
char *arxiv_paper_url(
    char url[ARXIV_URL_SIZE], const char *page, const char id[ARXIV_ID_SIZE]);

/*
 * Other addresses, to be freed.  base is a server to ask instead of arXiv's, or
 * NULL.
 */
char *
arxiv_feed_url(const char *base, const char *format, const char *category);
char *arxiv_listing_url(const char *base, const char *category);
/* A list of records; what is NULL does not limit it. */
char *arxiv_oai_url(
    const char *base, const char *set, const char *from, const char *until);
/* Its next page.  A token is itself encoded once, and is encoded again like
 * any value. */
char *arxiv_oai_next_url(const char *base, const char *token);
/* Size results from start on, the oldest or the newest papers first. */
char *arxiv_search_url(
    const char *base, const char *query, bool newest, long start, long size);
/* Ids separated by commas, of which no more than size. */
char *arxiv_ids_url(const char *base, const char *ids, long size);

/* The path at base, or, if that is NULL, at site. */
char *url_at(const char *base, const char *site, const char *path);
/* Appends "?name=value" or, after the first, "&name=value", the value
 * percent-encoded; nothing if value is NULL. */
void url_add(struct strbuf *url, const char *name, const char *value);

/*
 * schedule.c: when arXiv announces, in US Eastern time with its daylight
 * saving.
 *
 * What arrives by 14:00 of a working day is announced at 20:00, and stands in
 * the feed of the next working day; Friday's waits for Sunday evening and
 * Monday's feed.  On a holiday nothing is closed and nothing is announced, so
 * the working day after it has an empty feed.  A holiday on a Sunday puts that
 * evening's announcement off to Monday's, and so to Tuesday's feed.
 *
 * "The feed of a day" is how arXiv dates announcements, and so do we.
 */

/* Seconds east of UTC (negative) at t. */
moment_t eastern_offset(moment_t t);
/* The date on a wall calendar in Ithaca. */
day_t eastern_day(moment_t t);

/*
 * Adds the days of a holidays file: one date a line, "#" begins a comment,
 * which beside a date is the holiday's name.
 * False with *line set if a line is no date, or with errno and *line 0 if the
 * file cannot be read.
 */
bool holidays_read(const char *path, unsigned long *line);
/* Those of the installed file and of the user's own, with messages. */
void holidays_load(void);
void holidays_forget(void);
bool is_holiday(day_t day);
/* "" if it has none, or is none. */
const char *holiday_name(day_t day);
/* False if no holiday of that day's year is known: the list is too old. */
bool holidays_known(day_t day);
bool is_weekend(day_t day);

/* The day whose feed announces what arrived at t. */
day_t schedule_announces(moment_t received);
/* True if a feed of that day has (or should have) papers. */
bool schedule_has_feed(day_t day);
/* True for a weekday that has none because of a holiday, which is told. */
bool schedule_holiday(day_t day, day_t *holiday);
/* The latest day whose feed is due by t. */
day_t schedule_due(moment_t t);
/* The day with a feed before this one. */
day_t schedule_before(day_t day);

/* Of a day that has a feed: what it covers was received between since and
 * until, is announced by mail, and stands in the feed when that is due. */
struct feed_times {
	moment_t since, until, mailed, due;
};

void schedule_times(day_t feed, struct feed_times *t);

/*
 * entry.c: one paper as a feed gives it, on its way to becoming a record of
 * paper(5), and tables of such papers.  All interfaces fill the same struct;
 * what an interface does not know stays empty and is left out of the record.
 */

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
bool recent_ids_has(const struct recent_ids *s, uint64_t hash);
/* Adds the hash; true if it was there. */
bool recent_ids_add(struct recent_ids *s, uint64_t hash);
void recent_ids_release(struct recent_ids *s);

/*
 * batch.c: announcements as sets of ids, and the memory of those that were
 * seen: for one category, the batches of the last days that had a feed.
 *
 * Today's announcement is known by its ids.  Dates prove nothing, since a feed
 * may be made anew from what it held the day before; nor do counts.
 */

/* How it is known of which day a batch is, the weakest first. */
enum proof {
	PROOF_NONE, /* it is not: the feed was an old one */
	PROOF_DATE, /* the feed says so, and nobody contradicts */
	PROOF_RECEIVED, /* OAI-PMH: when its papers were received */
	PROOF_LISTING, /* the listing page of that day has its ids */
	PROOF_MEMORY /* its ids are in none of the batches before */
};

const char *proof_name(enum proof p);

/* Papers' ids, each once, in the order in which they came. */
struct batch {
	day_t day;
	enum proof proof;
	struct strmap ids;
	struct batch_paper {
		long version; /* 0: unknown */
		enum announce announce;
	} * v; /* as ids numbers them */
	size_t cap;
};

#define BATCH_INIT                                \
	{                                         \
		.day = NO_DAY, .ids = STRMAP_INIT \
	}

/* The strongest announcement and the newest version of a paper count. */
void batch_add(
    struct batch *b, struct slice id, long version, enum announce announce);
/* The number'th id, in text, which is returned. */
char *batch_id(const struct batch *b, size_t number, char text[ARXIV_ID_SIZE]);
bool batch_has(const struct batch *b, struct slice id);
/* True for a paper that was announced with b: a new or cross-listed one by its
 * id, a replacement by its version too. */
bool batch_announced(
    const struct batch *b, struct slice id, const struct batch_paper *p);
size_t batch_count(const struct batch *b, enum announce announce);
void batch_release(struct batch *b);

/* Days with a feed that are remembered. */
#define MEMORY_DAYS 30

struct batch_memory {
	struct batch v[MEMORY_DAYS]; /* by day, the oldest first */
	size_t n;
};

/* NULL if nothing is remembered of the day. */
const struct batch *memory_find(const struct batch_memory *m, day_t day);
/*
 * What is remembered of b's day becomes what it was and b, and as well proved
 * as the better of the two.  The oldest day is forgotten for a new one, and a
 * day older than all is not taken in where there is no room.
 */
void memory_put(struct batch_memory *m, const struct batch *b);
/* The latest day before that one on which the paper was announced, or NO_DAY.
 */
day_t memory_day_of(const struct batch_memory *m, day_t before, struct slice id,
    const struct batch_paper *p);
/* Half of the days had no more entries than this; -1 if there are none. */
long memory_median(const struct batch_memory *m);

enum memory_text {
	MEMORY_GOOD,
	MEMORY_DAMAGED,
	MEMORY_NEWER /* of a version that is not known here */
};

/* Reads what memory_format wrote; m is empty unless it is good. */
enum memory_text memory_parse(struct batch_memory *m, struct slice text);
void memory_format(struct strbuf *b, const struct batch_memory *m);
void memory_release(struct batch_memory *m);

/*
 * verdict.c: what a feed is: today's announcement, one seen before, none at
 * all.  A pure function of what was seen, so that every case is a row of a
 * test.
 *
 * The manual says what the states mean and what becomes of a run.
 */

/* A category whose announcements have fewer papers than this, in the middle,
 * may well have none. */
#define QUIET_MEDIAN 5

/* False if nothing is known of the category. */
bool category_is_quiet(const struct batch_memory *m);

enum feed_state {
	FEED_OK,
	FEED_EMPTY, /* a weekend, or nothing for this category */
	FEED_HOLIDAY, /* no announcement was due */
	FEED_STALE, /* still an earlier announcement, or in part */
	FEED_MISSING, /* an announcement is due, and none is there */
	FEED_FAILED
};

/* The listing page, by the day that it is of. */
enum page_age {
	PAGE_NONE, /* not asked for, not to be had, or without a date */
	PAGE_OLDER, /* than the day due */
	PAGE_CURRENT,
	PAGE_NEWER /* tomorrow's, in the evening */
};

struct page_sight {
	enum page_age age;
	day_t day; /* NO_DAY */
	const struct batch *papers; /* NULL with PAGE_NONE */
	/* "No updates today", without a date. */
	bool says_nothing;
	const char *why; /* with PAGE_NONE, if it was asked for */
};

struct feed_sight {
	const struct batch_memory *memory;
	const struct batch *papers; /* the feed's */
	day_t dated; /* by itself; NO_DAY */
	day_t today, due; /* schedule.c */
	bool verify;
	struct page_sight page;
};

/* Why, where there is something to say. */
enum verdict_reason {
	REASON_NONE,
	REASON_QUIET, /* nothing was announced in this category */
	REASON_WEEKEND,
	REASON_HOLIDAY,
	REASON_HOLIDAY_WRONG, /* there is an announcement nevertheless */
	REASON_NOT_THERE, /* .. and nobody says that there should be none */
	REASON_LISTED, /* .. and the page has papers */
	REASON_STILL, /* all of it was announced on day seen */
	REASON_PART, /* most of it was */
	REASON_OTHER_PAPERS, /* the page of the day due has others */
	REASON_OLD_DATE,
	REASON_NOT_COMPARED, /* the page is of another day */
	REASON_NOT_PROVED
};

struct verdict {
	enum feed_state state;
	enum proof proof;
	enum verdict_reason reason;
	/* Of the batch that the feed has, or that is not there; NO_DAY if that
	 * is not known. */
	day_t day;
	day_t seen; /* when what is known of it was announced; NO_DAY */
	size_t known; /* papers of the kind that counts */
	size_t fresh; /* .. and those not known from before */
	/* With OK and STALE: the day to which unknown papers belong. */
	day_t unknown_as;
	bool remember; /* .. as which they are to be remembered */
};

/* A clock may be wrong by so many seconds. */
#define CLOCK_SLACK 3600

/* True for a feed of a day that, by this clock, is more than that away: the
 * clock is wrong, and nothing can be said of the feed. */
bool feed_is_ahead(day_t dated, moment_t now);
struct verdict verdict_find(const struct feed_sight *s);
/* The day to which one of the feed's papers belongs; NO_DAY: its own date. */
day_t verdict_day_of(const struct verdict *v, const struct feed_sight *s,
    struct slice id, const struct batch_paper *p);

/* Appends why none of the days has a feed. */
void days_off_explain(day_t first, day_t last, struct strbuf *b);
/* Appends the reason in words; nothing if there is nothing to say. */
void verdict_explain(
    const struct verdict *v, const struct feed_sight *s, struct strbuf *b);

#endif
