/* SPDX-License-Identifier: ISC */
/* One category's announcement and what became of it: the feeds of the run
 * report. */
#ifndef FEED_STATUS_H
#define FEED_STATUS_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/date.h"
#include "common/json/json_write.h"
#include "fetch.h"
#include "model/paper_table.h"
#include "net/download.h"

enum feed_state {
	FEED_OK,
	FEED_EMPTY, /* a weekend, or nothing for this category */
	FEED_HOLIDAY, /* no announcement was due */
	FEED_STALE, /* older than the last announcement due */
	FEED_FAILED
};

/* Entries by announce type, for --verify. */
struct feed_counts {
	uint64_t type[ANNOUNCE_NONE + 1];
};

struct feed_status {
	const char *category; /* borrowed */
	char *url;
	enum feed_state state;
	enum download_result result;
	char why[WHY_SIZE]; /* "" if there is nothing to say */
	uint64_t entries, kept;
	day_t announced; /* NO_DAY: unknown */
	struct feed_counts counts;
	bool truncated, asked_again;
	bool no_cross; /* later cross-listings cannot be known */
	bool verified;
	struct feed_counts listed; /* if verified: what the page says */

	struct paper_table *day; /* where its papers go; borrowed */
	size_t *papers; /* its papers' indices there */
	size_t npapers, cap;
};

/* One for each category. */
struct feed_status *
feed_status_new(const struct fetch *f, struct paper_table *day);
void feed_status_free(struct feed_status *d, size_t n);
/* Adds the entry to the day's papers and to this feed's. */
void feed_status_add(struct feed_status *d, const struct entry *e);
/* The state of a feed without entries on that day. */
enum feed_state feed_status_without_entries(day_t day);
/* Failures and doubts, as messages. */
void feed_status_tell(const struct feed_status *d);
/* Writes the day's papers, as they came or by id, counts what was kept of
 * each feed, makes the report and the status. */
void feed_status_finish(
    struct fetch *f, struct feed_status *d, size_t n, bool sorted);
/* Only the last two. */
void feed_status_report(struct fetch *f, const struct feed_status *d, size_t n);

#endif
