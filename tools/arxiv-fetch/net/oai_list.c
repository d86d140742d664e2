/* SPDX-License-Identifier: ISC */
#include "net/oai_list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/msg.h"
#include "common/base/xalloc.h"
#include "common/cli/run.h"
#include "model/arxiv.h"
#include "net/feed_page.h"

void
oai_list_init(struct oai_list *l, struct downloader *d, const char *set,
    day_t from, day_t until)
{
	*l = (struct oai_list) {.d = d,
	    .set = xstrdup(set),
	    .from = from,
	    .until = until,
	    .last = NO_DAY,
	    .responded = NO_DAY};
}

void
oai_list_release(struct oai_list *l)
{
	free(l->set);
	free(l->token);
	free(l->url);
	recent_ids_release(&l->seen);
	l->set = l->token = l->url = NULL;
}

static const char *
format_day(day_t day, char text[DATE_LEN])
{
	return day != NO_DAY ? day_format(day, text) : NULL;
}

/* The interface refuses days before its first record .. */
static day_t
sensible_from(day_t from)
{
	return from >= day_from_ymd(2005, 9, 16) ? from : NO_DAY;
}

/* .. and after tomorrow. */
static day_t
sensible_until(day_t until)
{
	return until <= day_of(now()) + 1 ? until : NO_DAY;
}

static char *
page_url(const struct oai_list *l)
{
	char from[DATE_LEN], until[DATE_LEN];
	const char *base = l->d->base_url;

	if (l->token != NULL)
		return arxiv_oai_next_url(base, l->token);
	return arxiv_oai_url(base, l->set[0] != '\0' ? l->set : NULL,
	    format_day(sensible_from(l->from), from),
	    format_day(sensible_until(l->until), until));
}

static void
on_record(void *arg, struct entry *e)
{
	struct oai_list *l = arg;
	char key[ARXIV_ID_SIZE + DATE_LEN], day[DATE_LEN];

	l->records++;
	if (e->datestamp != NO_DAY && e->datestamp > l->last)
		l->last = e->datestamp;
	snprintf(key, sizeof(key), "%s %s", e->id,
	    e->datestamp != NO_DAY ? day_format(e->datestamp, day) : "");
	if (recent_ids_add(&l->seen, recent_ids_hash(key))) {
		if (!l->uncounted)
			run_dropped("duplicate", 1);
		return;
	}
	l->fresh++;
	l->record(l->arg, e);
}

/* Errors come with status 200.  An answer that is no list and no error, or
 * whose token is the one it was asked with, is a fault of the moment. */
static enum page_verdict
judge(void *arg, const struct feed_info *info, bool last, char *why)
{
	struct oai_list *l = arg;

	(void)last;
	l->expired = info->error_code != NULL &&
	    strcmp(info->error_code, "badResumptionToken") == 0;
	if (info->error != NULL)
		return PAGE_BAD;
	if (info->kind != KIND_OAI) {
		snprintf(why, WHY_SIZE, "the answer is not OAI-PMH");
		return PAGE_BAD;
	}
	if (info->entries == 0 && info->error_code == NULL) {
		snprintf(why, WHY_SIZE, "a page without records");
		return PAGE_AGAIN;
	}
	if (info->token != NULL && l->token != NULL &&
	    strcmp(info->token, l->token) == 0) {
		snprintf(why, WHY_SIZE, "a page that leads to itself");
		return PAGE_AGAIN;
	}
	return PAGE_GOOD;
}

/* What the page tells of the list. */
static void
take_page(struct oai_list *l, struct feed_info *info)
{
	moment_t t;

	l->pages++;
	if (l->responded == NO_DAY && info->response_date != NULL &&
	    moment_parse(info->response_date, &t))
		l->responded = day_of(t);
	free(l->token);
	l->token = info->token;
	info->token = NULL;
	l->done = l->token == NULL;
}

/*
 * Tokens live until midnight UTC.  The list is begun again at the last day
 * seen; what was handed out of that day is known and left out.
 */
static bool
begin_again(struct oai_list *l)
{
	if (!l->expired || l->token == NULL || l->last == NO_DAY)
		return false;
	msg_verbose("the resumption token has expired; beginning again");
	free(l->token);
	l->token = NULL;
	l->from = l->last;
	return true;
}

enum download_result
oai_list_next(struct oai_list *l)
{
	struct feed_page p = {
	    .source = "oai",
	    .accept = "text/xml, application/xml",
	    .no_cache = l->no_cache,
	    .uncounted = l->uncounted,
	    .judge = judge,
	    .entry = on_record,
	    .arg = l,
	};
	enum download_result result;
	struct feed_info info;

	if (download_is_over(l->d))
		return DOWNLOAD_STOPPED;
	do {
		free(l->url);
		l->url = page_url(l);
		p.url = l->url;
		download_doing(l->d, "%s, page %llu, %llu records so far",
		    l->set[0] != '\0' ? l->set : "all sets",
		    (unsigned long long)l->pages + 1,
		    (unsigned long long)l->records);
		result = feed_page_get(l->d, &p, &info, l->why);
		if (result == DOWNLOAD_OK)
			take_page(l, &info);
		feed_info_release(&info);
	} while (result == DOWNLOAD_BAD && begin_again(l));
	return result;
}

enum download_result
oai_list_all(struct oai_list *l)
{
	enum download_result result = DOWNLOAD_OK;

	while (result == DOWNLOAD_OK && !l->done)
		result = oai_list_next(l);
	return result;
}
