/* SPDX-License-Identifier: ISC */
#include "net/oai_list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/msg.h"
#include "common/base/xalloc.h"
#include "common/cli/run.h"
#include "formats/feed.h"
#include "net/arxiv_url.h"

#define OAI_BASE "https://oaipmh.arxiv.org"

void
oai_list_init(struct oai_list *l, struct fetch *f, const char *set, day_t from,
    day_t until)
{
	*l = (struct oai_list) {.f = f,
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

/* A token is itself encoded once, and is encoded again like any value. */
static char *
page_url(const struct oai_list *l)
{
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);
	char *base = fetch_url(l->f, OAI_BASE, "/oai"), day[DATE_LEN];

	strbuf_addstr(&b, base);
	free(base);
	url_add(&b, "verb", "ListRecords");
	if (l->token != NULL) {
		url_add(&b, "resumptionToken", l->token);
		return strbuf_detach(&b);
	}
	url_add(&b, "metadataPrefix", "arXivRaw");
	url_add(&b, "from", format_day(sensible_from(l->from), day));
	url_add(&b, "until", format_day(sensible_until(l->until), day));
	url_add(&b, "set", l->set[0] != '\0' ? l->set : NULL);
	return strbuf_detach(&b);
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

static void
read_page(struct oai_list *l, int fd, bool look, struct feed_info *info)
{
	const struct feed_sink sink = {
	    look ? NULL : on_record, l, look || l->uncounted};
	struct input in;

	feed_info_init(info);
	if (input_open_fd(&in, fd, l->url))
		feed_read(&in, &sink, info);
	input_close(&in);
}

/* Errors come with status 200.  An answer that is no list and no error, or
 * whose token is the one it was asked with, is a fault of the moment. */
static enum page_verdict
check_page(void *arg, struct spool *page, bool last, char *why)
{
	struct oai_list *l = arg;
	struct feed_info info;
	enum page_verdict verdict = PAGE_GOOD;

	(void)last;
	read_page(l, page->fd, true, &info);
	l->expired = info.error_code != NULL &&
	    strcmp(info.error_code, "badResumptionToken") == 0;
	if (info.error != NULL) {
		verdict = info.malformed ? PAGE_AGAIN : PAGE_BAD;
		snprintf(why, WHY_SIZE, "%s", info.error);
	} else if (info.kind != KIND_OAI) {
		verdict = PAGE_BAD;
		snprintf(why, WHY_SIZE, "the answer is not OAI-PMH");
	} else if (info.entries == 0 && info.error_code == NULL) {
		verdict = PAGE_AGAIN;
		snprintf(why, WHY_SIZE, "a page without records");
	} else if (info.token != NULL && l->token != NULL &&
	    strcmp(info.token, l->token) == 0) {
		verdict = PAGE_AGAIN;
		snprintf(why, WHY_SIZE, "a page that leads to itself");
	}
	feed_info_release(&info);
	return verdict;
}

static enum download_result
take_page(struct oai_list *l, struct spool *page)
{
	struct feed_info info;
	enum download_result result;
	moment_t t;

	read_page(l, page->fd, false, &info);
	if ((result = download_reread(info.error, l->why)) != DOWNLOAD_OK) {
		feed_info_release(&info);
		return result;
	}
	l->pages++;
	if (l->responded == NO_DAY && info.response_date != NULL &&
	    moment_parse(info.response_date, &t))
		l->responded = day_of(t);
	free(l->token);
	l->token = info.token;
	info.token = NULL;
	l->done = l->token == NULL;
	feed_info_release(&info);
	return DOWNLOAD_OK;
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
	struct download_request r = {
	    .source = "oai",
	    .accept = "text/xml, application/xml",
	    .no_cache = l->no_cache,
	    .check = check_page,
	    .check_arg = l,
	};
	enum download_result result;
	struct spool page;

	if (fetch_is_over(l->f))
		return DOWNLOAD_STOPPED;
	do {
		free(l->url);
		l->url = page_url(l);
		r.url = l->url;
		fetch_doing(l->f, "%s, page %llu, %llu records so far",
		    l->set[0] != '\0' ? l->set : "all sets",
		    (unsigned long long)l->pages + 1,
		    (unsigned long long)l->records);
		result = download_page(&l->f->get, &r, &page, l->why);
		if (result == DOWNLOAD_OK)
			result = take_page(l, &page);
		spool_release(&page);
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
