/* SPDX-License-Identifier: ISC */
/*
 * Announcements as sets of ids, and the memory of those that were seen: for
 * one category, the batches of the last days that had a feed.
 *
 * Today's announcement is known by its ids.  Dates prove nothing, since a feed
 * may be made anew from what it held the day before; nor do counts.
 */
#ifndef BATCH_H
#define BATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/date.h"
#include "common/base/strbuf.h"
#include "common/base/strmap.h"
#include "model/entry.h"

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
/* All of other's papers. */
void batch_join(struct batch *b, const struct batch *other);
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

#endif
