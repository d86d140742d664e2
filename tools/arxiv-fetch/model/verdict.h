/* SPDX-License-Identifier: ISC */
/*
 * What a feed is: today's announcement, one seen before, none at all.  A pure
 * function of what was seen, so that every case is a row of a test.
 *
 * The manual says what the states mean and what becomes of a run.
 */
#ifndef VERDICT_H
#define VERDICT_H

#include <stdbool.h>

#include "model/batch.h"

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
	day_t today, due; /* schedule.h */
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
