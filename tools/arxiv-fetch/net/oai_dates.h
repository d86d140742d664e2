/* SPDX-License-Identifier: ISC */
/*
 * What was announced on past days, from OAI-PMH.
 *
 * A record there tells when each version was received, and so (schedule.h)
 * when it was announced.  It does not tell when the paper was listed in one
 * more category; such announcements cannot be found out later.
 */
#ifndef OAI_DATES_H
#define OAI_DATES_H

#include "common/base/date.h"
#include "model/paper_table.h"
#include "net/download.h"

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
