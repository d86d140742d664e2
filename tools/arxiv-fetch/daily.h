/* SPDX-License-Identifier: ISC */
/* One category's announcement and what became of it: the feeds of the run
 * report. */
#ifndef DAILY_H
#define DAILY_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/date.h"
#include "common/json/json_write.h"
#include "fetch.h"
#include "get.h"
#include "papers.h"

enum daily_state {
	DAILY_OK,
	DAILY_EMPTY, /* a weekend, or nothing for this category */
	DAILY_HOLIDAY, /* no announcement was due */
	DAILY_STALE, /* older than the last announcement due */
	DAILY_FAILED
};

/* Entries by announce type, for --verify. */
struct daily_counts {
	uint64_t type[ANNOUNCE_NONE + 1];
};

struct daily {
	const char *category; /* borrowed */
	char *url;
	enum daily_state state;
	enum get_result result;
	char why[GET_WHY_SIZE]; /* "" if there is nothing to say */
	uint64_t entries, kept;
	day_t announced; /* NO_DAY: unknown */
	struct daily_counts counts;
	bool truncated, asked_again;
	bool no_cross; /* later cross-listings cannot be known */
	bool verified;
	struct daily_counts listed; /* if verified: what the page says */

	struct papers *day; /* where its papers go; borrowed */
	size_t *papers; /* its papers' indices there */
	size_t npapers;
};

/* One for each category. */
struct daily *daily_new(const struct fetch *f, struct papers *day);
void daily_free(struct daily *d, size_t n);
/* Adds the entry to the day's papers and to this feed's. */
void daily_add(struct daily *d, const struct entry *e);
/* The state of a feed without entries on that day. */
enum daily_state daily_without_entries(day_t day);
/* Failures and doubts, as messages. */
void daily_tell(const struct daily *d);
/* Writes the day's papers, as they came or by id, counts what was kept of
 * each feed, makes the report and the status. */
void daily_finish(struct fetch *f, struct daily *d, size_t n, bool sorted);
/* Only the last two. */
void daily_report(struct fetch *f, const struct daily *d, size_t n);

#endif
