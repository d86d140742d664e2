/* SPDX-License-Identifier: ISC */
/*
 * A ListRecords request and all its pages.  Tokens that expire, pages that
 * overlap and answers that lead back to themselves are dealt with here.
 */
#ifndef OAI_LIST_H
#define OAI_LIST_H

#include <stdbool.h>

#include "common/base/date.h"
#include "model/paper_table.h"
#include "net/download.h"

struct oai_list {
	struct downloader *d;
	char *set; /* "" for all; owned */
	day_t from, until; /* datestamps, inclusive; NO_DAY: open */
	bool no_cache;
	bool uncounted; /* the records are not the run's papers */
	/* Each record once (within the last RECENT_IDS of them). */
	void (*record)(void *arg, struct entry *e);
	void *arg;

	char *token; /* of the next page; NULL: the first */
	bool done;
	struct recent_ids seen;
	day_t last; /* the latest datestamp so far */
	day_t responded; /* the day of the first answer; NO_DAY */
	char *url; /* of the page in hand */
	uint64_t pages, records, fresh;
	bool expired; /* the page in hand says so */
	char why[WHY_SIZE];
};

void oai_list_init(struct oai_list *l, struct downloader *d, const char *set,
    day_t from, day_t until);
void oai_list_release(struct oai_list *l);
/* Gets one page and hands out its records; done tells if it was the last.
 * Not DOWNLOAD_OK: why says what happened. */
enum download_result oai_list_next(struct oai_list *l);
/* All pages. */
enum download_result oai_list_all(struct oai_list *l);

#endif
