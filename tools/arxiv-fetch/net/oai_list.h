/* SPDX-License-Identifier: ISC */
/*
 * OAI-PMH: a ListRecords request and all its pages, and the announcements of
 * past days that follow from them.  Tokens that expire, pages that overlap and
 * answers that lead back to themselves are dealt with here.
 */
#ifndef OAI_LIST_H
#define OAI_LIST_H

#include <stdbool.h>

#include "common/base/date.h"
#include "model/entry.h"
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
	uint64_t pages, records;
	bool expired; /* the page in hand says so */
	char why[WHY_SIZE];
};

void oai_list_init(struct oai_list *l, struct downloader *d, const char *set,
    day_t from, day_t until);
void oai_list_release(struct oai_list *l);
/* Gets one page and hands out its records; done tells if it was the last.
 * Not DOWNLOAD_OK: why says what happened. */
enum download_result oai_list_next(struct oai_list *l);

/*
 * What was announced on past days.  A record tells when each version was
 * received, and so (schedule.h) when it was announced.  It does not tell when
 * the paper was listed in one more category; such announcements cannot be
 * found out later.
 */
struct oai_dates {
	struct downloader *d;
	const struct strlist *categories; /* the reader's: what is home */
	const char *category;
	day_t first, last; /* announcements of these days */
	/* Each paper found, with its announcement and its day. */
	void (*found)(void *arg, struct entry *e);
	void *arg;

	char *url; /* of the first request; owned */
	uint64_t entries; /* found */
	char why[WHY_SIZE];

	/* Papers whose one version is older, but whose record changed within
	 * the days: held back and announced late, or only touched.  Ids are
	 * given out at announcement, so the id tells. */
	struct paper_table held;
	struct id_range {
		day_t day;
		char min[ARXIV_ID_SIZE], max[ARXIV_ID_SIZE];
	} * ranges;
	size_t nranges, cap;
};

/* Asks and hands out; entries are counted even if it fails midway. */
enum download_result oai_dates_get(struct oai_dates *a);
void oai_dates_release(struct oai_dates *a);

#endif
