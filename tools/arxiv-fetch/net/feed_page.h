/* SPDX-License-Identifier: ISC */
/*
 * What is asked for and what is read, together: a feed by its URL, answers of
 * the query interface, listing pages.  A feed is read twice: once to see
 * whether it is to be believed, and then for its entries.
 */
#ifndef FEED_PAGE_H
#define FEED_PAGE_H

#include <stdbool.h>

#include "formats/feed.h"
#include "model/entry.h"
#include "net/download.h"

struct feed_page {
	const char *url, *source, *accept; /* as in struct download_request */
	bool no_cache;
	bool uncounted; /* the entries are not the run's papers */
	/* What to do with an answer, of which info tells; why has WHY_SIZE
	 * bytes.  Also called for errors, where its result does not count. */
	enum page_verdict (*judge)(
	    void *arg, const struct feed_info *info, bool last, char *why);
	/* Gets each entry, counted. */
	void (*entry)(void *arg, struct entry *e);
	void *arg; /* of both */
};

/* Asks and hands out the entries.  *info, to be released in any case, is of
 * the answer if it is DOWNLOAD_OK; else why says what happened. */
enum download_result feed_page_get(struct downloader *d,
    const struct feed_page *p, struct feed_info *info, char why[WHY_SIZE]);

/* start + size may not pass this, or the query interface fails. */
#define QUERY_LIMIT 10000

/* Ids in one request; the URL stays below 4 KB. */
#define QUERY_IDS   100

/* The address of so many papers, or fewer; to be freed. */
char *query_ids_url(const char *base, const struct strlist *ids);

/* One request to the query interface. */
struct query_page {
	char *url; /* owned */
	long start, size;
	void (*entry)(void *arg, struct entry *e);
	void *arg;
	bool may_be_short; /* a list of ids, some of which may not exist */

	bool asked_again;
	long total; /* of the answer */
	long entries; /* it has */
	char why[WHY_SIZE];
};

/* The same, and knows when this interface's answers are not believed. */
enum download_result query_page_get(struct downloader *d, struct query_page *q);

/* The listing page of a category.  due: the day that it
 * should be of; an older page is not kept.  l is to be
 * released in any case, and of use if the result is DOWNLOAD_OK. */
enum download_result listing_page_get(struct downloader *d,
    const char *category, day_t due, struct listing *l, char why[WHY_SIZE]);

#endif
