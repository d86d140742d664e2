/* SPDX-License-Identifier: ISC */
#include "net/oai_dates.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/xalloc.h"
#include "common/cli/run.h"
#include "model/arxiv.h"
#include "model/schedule.h"
#include "net/oai_list.h"

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
on_record(void *arg, struct entry *e)
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
	l.record = on_record;
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
