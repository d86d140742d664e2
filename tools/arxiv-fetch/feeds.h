/* SPDX-License-Identifier: ISC */
/* One category's daily feed and what became of it. */
#ifndef FEEDS_H
#define FEEDS_H

#include <stdbool.h>
#include <stdint.h>

#include "common/date.h"
#include "get.h"
#include "papers.h"

enum feed_state {
	FEED_OK,
	FEED_EMPTY, /* a weekend, or nothing for this category */
	FEED_HOLIDAY, /* no announcement was due */
	FEED_STALE, /* older than the last announcement due */
	FEED_FAILED
};

struct daily_feed {
	const char *category;
	char *url;
	struct papers *day; /* where its papers go */
	enum feed_state state;
	enum get_result result;
	char why[GET_WHY_SIZE]; /* "" if there is nothing to say */
	uint64_t entries;
	day_t announced; /* NO_DAY: unknown */
	bool truncated, asked_again;
	size_t *papers; /* its papers in day */
	size_t npapers;
};

#endif
