/* SPDX-License-Identifier: ISC */
#include "net/net.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/msg.h"
#include "common/base/xalloc.h"
#include "common/cli/run.h"

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
	recent_ids_release(&l->asked);
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

/* A record may change twice on one day, so its id and its day are not all. */
uint64_t
oai_record_hash(const struct entry *e)
{
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);
	uint64_t hash;

	strbuf_addf(&b, "%lld ", (long long)e->datestamp);
	record_format(&b, e);
	hash = recent_ids_hash(b.s);
	strbuf_release(&b);
	return hash;
}

static void
on_record(void *arg, struct entry *e)
{
	struct oai_list *l = arg;

	l->records++;
	if (e->datestamp != NO_DAY && e->datestamp > l->last)
		l->last = e->datestamp;
	if (recent_ids_add(&l->seen, oai_record_hash(e))) {
		if (!l->uncounted)
			run_dropped("duplicate", 1);
		return;
	}
	l->fresh++;
	l->record(l->arg, e);
}

/* Errors come with status 200; that there are no more records is how some
 * repositories end a list.  An answer that is no list and no error, or whose
 * token was asked with before, is a fault of the moment. */
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
		return PAGE_AGAIN;
	}
	if (info->entries == 0 && info->error_code == NULL) {
		snprintf(why, WHY_SIZE, "a page without records");
		return PAGE_AGAIN;
	}
	if (info->token != NULL &&
	    recent_ids_has(&l->asked, recent_ids_hash(info->token))) {
		snprintf(why, WHY_SIZE, "a page that leads back");
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
 * seen; what was handed out of that day is known and left out.  Where nothing
 * new came since it was begun, the same would happen again.
 */
static bool
begin_again(struct oai_list *l)
{
	if (!l->expired || l->token == NULL || l->last == NO_DAY ||
	    (l->begun && l->fresh == 0))
		return false;
	msg_verbose("the resumption token has expired; beginning again");
	recent_ids_release(&l->asked);
	free(l->token);
	l->token = NULL;
	l->begun = true;
	l->fresh = 0;
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
		if (l->token != NULL)
			recent_ids_add(&l->asked, recent_ids_hash(l->token));
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

/* All pages. */
static enum download_result
oai_list_all(struct oai_list *l)
{
	enum download_result result = DOWNLOAD_OK;

	while (result == DOWNLOAD_OK && !l->done)
		result = oai_list_next(l);
	return result;
}

/* Announcements */

/* A paper is held for days or weeks, not for years. */
#define LONGEST_HOLD 120

static bool
is_asked_for(const struct strlist *asked, const char *category)
{
	for (size_t i = 0; i < asked->n; i++)
		if (category_covers(asked->v[i], category))
			return true;
	return false;
}

static struct id_range *
range_of(struct oai_dates *a, day_t day)
{
	struct id_range *r;

	for (size_t i = 0; i < a->nranges; i++)
		if (a->ranges[i].day == day)
			return &a->ranges[i];
	a->ranges =
	    xgrow(a->ranges, &a->cap, a->nranges + 1, sizeof(*a->ranges));
	r = &a->ranges[a->nranges++];
	memset(r, 0, sizeof(*r));
	r->day = day;
	return r;
}

static void
note_id(struct oai_dates *a, day_t day, const char *id)
{
	struct id_range *r = range_of(a, day);

	if (r->min[0] == '\0' || strcmp(id, r->min) < 0)
		memcpy(r->min, id, strlen(id) + 1);
	if (r->max[0] == '\0' || strcmp(id, r->max) > 0)
		memcpy(r->max, id, strlen(id) + 1);
}

/* As arXiv has it: new is new only where it is at home. */
static void
give(struct oai_dates *a, struct entry *e, bool is_new, day_t day)
{
	bool home = e->categories.n > 0 &&
	    is_asked_for(a->categories, e->categories.v[0]);

	e->announced = day;
	if (is_new)
		e->announce = home ? ANNOUNCE_NEW : ANNOUNCE_CROSS;
	else
		e->announce = home ? ANNOUNCE_REPLACE : ANNOUNCE_REPLACE_CROSS;
	a->entries++;
	a->found(a->arg, e);
}

/* The day within ours on which the latest of versions 2.. was announced. */
static day_t
replaced_on(const struct oai_dates *a, const struct entry *e)
{
	day_t day;

	for (size_t i = e->nversions; i-- > 1;) {
		if (e->versions[i] == NO_MOMENT)
			continue;
		day = schedule_announces(e->versions[i]);
		if (day >= a->first && day <= a->last)
			return day;
	}
	return NO_DAY;
}

static void
on_dated(void *arg, struct entry *e)
{
	struct oai_dates *a = arg;
	day_t day = NO_DAY;
	bool is_new;

	if (e->nversions > 0 && e->versions[0] != NO_MOMENT)
		day = schedule_announces(e->versions[0]);
	if (day != NO_DAY && day >= a->first && day <= a->last) {
		note_id(a, day, e->id);
		give(a, e, true, day);
	} else if ((day = replaced_on(a, e)) != NO_DAY) {
		give(a, e, false, day);
	} else if (e->nversions == 1 && e->datestamp >= a->first &&
	    e->datestamp <= a->last &&
	    e->versions[0] >= (a->first - LONGEST_HOLD) * DAY_SECONDS) {
		paper_table_add(&a->held, e, &is_new);
	} else {
		run_dropped("not_announced", 1);
	}
}

static void
sort_out_held(struct oai_dates *a)
{
	for (size_t i = 0; i < a->held.n; i++) {
		struct entry *e = a->held.v[i];
		const struct id_range *r = range_of(a, e->datestamp);

		if (r->min[0] != '\0' && strcmp(e->id, r->min) >= 0 &&
		    strcmp(e->id, r->max) <= 0)
			give(a, e, true, e->datestamp);
		else
			run_dropped("not_announced", 1);
	}
}

/*
 * No until: a paper that changed since stands under the day of its last
 * change, and only there.
 */
enum download_result
oai_dates_get(struct oai_dates *a)
{
	struct strlist one = STRLIST_INIT;
	struct strbuf set = STRBUF_INIT(200);
	struct oai_list l;
	enum download_result result;

	strlist_add(&one, a->category);
	category_set(&set, &one);
	oai_list_init(&l, a->d, set.s, a->first, NO_DAY);
	l.record = on_dated;
	l.arg = a;
	result = oai_list_next(&l);
	a->url = xstrdup(l.url);
	if (result == DOWNLOAD_OK)
		result = oai_list_all(&l);
	sort_out_held(a);
	snprintf(
	    a->why, sizeof(a->why), "%s", result != DOWNLOAD_OK ? l.why : "");
	oai_list_release(&l);
	strbuf_release(&set);
	strlist_release(&one);
	return result;
}

void
oai_dates_release(struct oai_dates *a)
{
	paper_table_release(&a->held);
	free(a->ranges);
	free(a->url);
}
