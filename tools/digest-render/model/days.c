/* SPDX-License-Identifier: ISC */
/*
 * The days that papers and reports speak of, and those between of which nobody
 * does; and what is known of each, so that no format takes what is unknown for
 * a day without papers.
 */
#include <stdlib.h>
#include <string.h>

#include "common/base/run_state.h"
#include "common/base/xalloc.h"
#include "model/digest_internal.h"

uint32_t
day_index(struct digest *d, struct slice announced)
{
	struct digest_builder *b = d->builder;
	struct digest_day *day;
	day_t when;
	size_t i;

	if (strmap_find(&b->dates, announced, &i))
		return (uint32_t)i;
	/* Something that is no date belongs to no day. */
	if (announced.n > 0 &&
	    (announced.n != DATE_LEN - 1 || !day_begins(announced, &when)))
		return day_index(d, (struct slice) {"", 0});
	(void)strmap_add(&b->dates, announced, &i);
	d->days = xgrow(d->days, &b->days_cap, d->ndays + 1, sizeof(*d->days));
	d->ndays++;
	day = &d->days[i];
	memset(day, 0, sizeof(*day));
	day->date = arena_copy(&d->arena, announced);
	day->dated = announced.n > 0;
	if (day->dated)
		day->day = when;
	return (uint32_t)i;
}

/* Undated papers come last. */
static int
compare_days(const void *va, const void *vb)
{
	const struct digest_day *a = va, *b = vb;

	if (a->dated != b->dated)
		return b->dated - a->dated;
	return (a->day > b->day) - (a->day < b->day);
}

void
sort_days(struct digest *d)
{
	struct digest_papers *list;
	uint32_t *moved;

	if (d->ndays == 0)
		return;
	moved = xcalloc(d->ndays, sizeof(*moved));
	/* Remember in papers.cap, unused until now, who each day was. */
	for (size_t i = 0; i < d->ndays; i++)
		d->days[i].papers.cap = i;
	qsort(d->days, d->ndays, sizeof(*d->days), compare_days);
	for (size_t i = 0; i < d->ndays; i++) {
		moved[d->days[i].papers.cap] = (uint32_t)i;
		d->days[i].papers.cap = 0;
	}
	for (size_t i = 0; i < d->papers.n; i++) {
		d->papers.v[i]->day = moved[d->papers.v[i]->day];
		list = &d->days[d->papers.v[i]->day].papers;
		papers_push(list, d->papers.v[i]);
	}
	for (size_t i = 0; i < d->nunscored; i++)
		d->unscored[i].day = moved[d->unscored[i].day];
	free(moved);
}

static const struct {
	const char *label, *class;
} state_names[] = {
    [DAY_READ] = {"", "read"},
    [DAY_QUIET] = {"no papers", "quiet"},
    [DAY_HOLIDAY] = {"holiday", "holiday"},
    [DAY_PART] = {"in part", "partial"},
    [DAY_OUTAGE] = {"outage", "broken"},
    [DAY_UNFETCHED] = {"not fetched", "gap"},
};

const char *
digest_state_label(enum day_state state)
{
	return state_names[state].label;
}

const char *
digest_state_class(enum day_state state)
{
	return state_names[state].class;
}

const struct digest_day *
digest_find_day(const struct digest *d, day_t day)
{
	for (size_t i = 0; i < d->ndays; i++)
		if (d->days[i].dated && d->days[i].day == day)
			return &d->days[i];
	return NULL;
}

bool
digest_day_has_page(const struct digest_day *day)
{
	return day->dated && day->state != DAY_QUIET &&
	    day->state != DAY_HOLIDAY && day->state != DAY_UNFETCHED;
}

/* Papers say more than reports: that there are some, and who judged them. */
static void
judge_day(struct digest_day *day)
{
	enum day_state state = day->reported ? day->state : DAY_READ;

	if (day->read > 0 && state < DAY_PART)
		state = DAY_READ;
	if (day->unscored > 0 && state < DAY_PART)
		state = day->unscored == day->read ? DAY_OUTAGE : DAY_PART;
	day->state = state;
	day->relevant_known = state < DAY_OUTAGE || day->relevant > 0;
	if (day->scanned_known || (state >= DAY_OUTAGE && day->read == 0))
		return;
	day->scanned_known = true;
	day->scanned = day->read;
}

/* Weekdays of which nothing came in.  arXiv announces nothing on Saturdays and
 * Sundays, and did not before August 1991: a date of another age is a mistake,
 * and its centuries are not to be listed day by day. */
static void
add_gaps(struct digest *d, day_t first, day_t last)
{
	const day_t oldest = day_from_ymd(1991, 8, 14);
	char buf[DATE_LEN];
	size_t known;
	uint32_t i;

	if (first < oldest)
		first = oldest;
	for (day_t when = first; when <= last; when++) {
		if (day_weekday(when) == 0 || day_weekday(when) == 6)
			continue;
		known = d->ndays;
		i = day_index(d, slice_of(day_format(when, buf)));
		if (d->ndays > known)
			d->days[i].state = DAY_UNFETCHED;
	}
}

/* What --date says that the document spans: a month, or the week that ends
 * with a day. */
static void
widen_span(const struct digest *d, day_t *first, day_t *last)
{
	const char *date = d->style.date;
	char month[] = "2025-10-01";
	struct ymd when;
	day_t day;

	if (date == NULL)
		return;
	if (d->style.view == VIEW_WEEK && day_parse(date, &day)) {
		*first = day - 6;
		*last = day;
	} else if (d->style.view == VIEW_MONTH && strlen(date) >= 7) {
		memcpy(month, date, 7);
		if (!day_parse(month, first))
			return;
		when = day_to_ymd(*first);
		*last = when.month == 12
		    ? day_from_ymd(when.year + 1, 1, 1) - 1
		    : day_from_ymd(when.year, when.month + 1, 1) - 1;
	}
}

void
judge_days(struct digest *d)
{
	day_t first = 0, last = -1, today = day_of(d->now);
	const struct digest_day *day;

	for (size_t i = 0; i < d->ndays; i++) {
		judge_day(&d->days[i]);
		day = &d->days[i];
		if (!day->dated)
			continue;
		if (last < first || day->day < first)
			first = day->day;
		if (last < first || day->day > last)
			last = day->day;
	}
	if (d->style.view == VIEW_DAY || d->style.view == VIEW_LIST)
		return;
	widen_span(d, &first, &last);
	add_gaps(d, first, last < today ? last : today - 1);
}

/* Unknown is only what is not known of any day.  What a day's run looked at
 * holds its papers of other days too. */
void
sum_days(struct digest *d)
{
	struct digest_totals *t = &d->totals;
	const struct digest_day *day;
	bool by_runs = false;

	for (size_t i = 0; i < d->nruns && d->style.view == VIEW_DAY; i++)
		by_runs = by_runs || d->runs[i].scanned_known;
	for (size_t i = 0; i < d->ndays; i++) {
		day = &d->days[i];
		if (by_runs && !day->reported)
			continue;
		t->arxiv_known = t->arxiv_known || day->arxiv_known;
		t->arxiv += day->arxiv;
		t->scanned_known = t->scanned_known || day->scanned_known;
		t->scanned += day->scanned;
		t->relevant_known = t->relevant_known || day->relevant_known;
	}
}
