/* SPDX-License-Identifier: ISC */
/*
 * Reading a saved answer of any of arXiv's interfaces.  What kind it is
 * shows in its first bytes or its root element; entries come out one by one,
 * so memory does not grow with the answer.
 */
#ifndef FEED_H
#define FEED_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/date.h"
#include "common/base/slice.h"
#include "formats/input.h"
#include "model/batch.h"
#include "model/entry.h"

/* Whose answer it is, where that must be known. */
enum feed_kind {
	KIND_OTHER,
	KIND_DAILY, /* a feed */
	KIND_QUERY,
	KIND_OAI,
	KIND_JSON
};

/* What an answer says besides its entries. */
struct feed_info {
	enum feed_kind kind;
	uint64_t entries; /* whole entries, bad ones included */
	uint64_t bad; /* entries that were no papers, each reported */
	uint64_t by_type[ANNOUNCE_NONE + 1]; /* good ones, by announcement */
	char *title;
	/* Not NULL: the answer as a whole is an error, and why: not well
	 * formed, a DOCTYPE, an error feed, an error of the interface. */
	char *error;
	unsigned long error_line; /* 0: the answer as a whole */
	bool malformed; /* .. because the bytes are wrong: try again */
	day_t announced; /* the announcement's date; NO_DAY: unknown */
	day_t newest; /* the latest date of an entry */

	/* Query interface; -1 unknown. */
	long total_results;
	/* OAI. */
	char *error_code; /* "noRecordsMatch" */
	char *token; /* NULL: no more pages */
	char *response_date;
	uint64_t deleted;
};

struct feed_sink {
	/* Gets each good entry; it is reset after the call. */
	void (*entry)(void *arg, struct entry *e);
	void *arg;
	/* No messages about bad entries, nothing counted. */
	bool silent;
};

void feed_info_init(struct feed_info *info);
void feed_info_release(struct feed_info *info);

/*
 * Reads all of in.  False if info->error is set; entries that came before
 * the error have been given out.
 */
bool feed_read(
    struct input *in, const struct feed_sink *sink, struct feed_info *info);

/*
 * The listing page of a category, https://arxiv.org/list/cs.LG/new: HTML for
 * people, and an independent list of what was announced.
 */
struct listing {
	day_t day; /* NO_DAY: the page names none */
	bool no_updates; /* "No updates today" */
	long fresh, cross, replaced; /* 0 where the page has no such list */
	bool any; /* at least one of the lists is there */
	/* The papers that it shows, without versions; fewer than the numbers
	 * where the page is cut. */
	struct batch papers;
	enum announce section; /* of the list that is being read */
};

/* False if the page is no listing; l is to be released in any case. */
bool listing_read(struct listing *l, struct slice html);
void listing_release(struct listing *l);
/* One heading or sentence of it; true if it says something of use. */
bool listing_heading(struct listing *l, const char *text);

#endif
