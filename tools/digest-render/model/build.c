/* SPDX-License-Identifier: ISC */
/*
 * The life of a digest: made, filled with records, finished, named, freed.
 * What each step does is in the other files of this folder.
 */

#include <stdlib.h>
#include <string.h>

#include "common/base/xalloc.h"
#include "model/digest_internal.h"

struct digest *
digest_new(const struct digest_style *style)
{
	struct digest *d = xcalloc(1, sizeof(*d));

	d->style = *style;
	d->now = now();
	d->builder = xcalloc(1, sizeof(*d->builder));
	d->builder->into = &d->arena;
	strbuf_init(&d->builder->scratch, STRBUF_MAX);
	strbuf_init(&d->builder->item, STRBUF_MAX);
	return d;
}

static void
builder_free(struct digest_builder *b)
{
	strbuf_release(&b->scratch);
	strbuf_release(&b->item);
	json_members_release(&b->object);
	strmap_release(&b->ids);
	strmap_release(&b->dates);
	strmap_release(&b->topics);
	strmap_release(&b->models);
	free(b->judged);
	free(b->list);
	free(b);
}

void
digest_free(struct digest *d)
{
	for (size_t i = 0; i < d->papers.n; i++)
		free_paper(d->papers.v[i]);
	for (size_t i = 0; i < d->ngroups; i++)
		free(d->groups[i].papers.v);
	for (size_t i = 0; i < d->ndays; i++)
		free(d->days[i].papers.v);
	free_reports(d);
	free(d->papers.v);
	free(d->groups);
	free(d->days);
	free(d->topics);
	free(d->notices);
	free(d->unscored);
	builder_free(d->builder);
	arena_release(&d->arena);
	free(d);
}

void
digest_add(struct digest *d, struct paper *p)
{
	struct slice announced = paper_text(p, PAPER_ANNOUNCED);
	enum paper_class class = classify_paper(d, p);
	struct digest_day *day;

	d->totals.read++;
	d->builder->this_day = day_index(d, announced);
	day = &d->days[d->builder->this_day];
	day->read++;
	if (paper_object(p, PAPER_SCORE, &d->builder->object))
		d->builder->scored++;
	if (paper_is_local(p))
		d->builder->local++;
	if (class == CLASS_SHOWN &&
	    strmap_find(&d->builder->ids, paper_text(p, PAPER_ID), NULL)) {
		d->totals.duplicate++;
		return;
	}
	/* A followed author's paper is shown and its failure told as well. */
	if (paper_has(p, PAPER_SCORE_ERROR) && d->style.view != VIEW_LIST &&
	    (class != CLASS_SHOWN || !paper_has(p, PAPER_SCORE))) {
		load_unscored(d, p);
		day->unscored++;
	}
	switch (class) {
	case CLASS_SHOWN:
		d->totals.kept++;
		day->relevant++;
		load_paper(d, p);
		prune_papers(d);
		break;
	case CLASS_UNSCORED:
		d->totals.unscored++;
		break;
	case CLASS_SCREENED:
		d->totals.screened++;
		break;
	case CLASS_BELOW:
		d->totals.below++;
		load_closest(d, p);
		break;
	}
}

const char *
digest_level_name(enum notice_level level)
{
	static const char *const words[] = {
	    [NOTICE_INFO] = "Note",
	    [NOTICE_WARNING] = "Warning",
	    [NOTICE_OUTAGE] = "Outage",
	};

	return words[level];
}

/* What the document is called where --title does not say. */
static const char *const titles[] = {
    [VIEW_DAY] = "Personalized Daily ArXiv Papers",
    [VIEW_WEEK] = "Personalized Weekly ArXiv Papers",
    [VIEW_MONTH] = "Personalized Monthly ArXiv Paper Summary",
    [VIEW_INDEX] = "Personalized ArXiv Paper Archive",
    [VIEW_LIST] = "Papers",
};

/* The last day anything speaks of: --date, the papers, the reports, today. */
static void
find_days(struct digest *d)
{
	char buf[DATE_LEN];

	for (size_t i = 0; i < d->ndays; i++) {
		if (!d->days[i].dated)
			continue;
		if (d->first_day.n == 0)
			d->first_day = d->days[i].date;
		d->last_day = d->days[i].date;
	}
	if (d->last_day.n == 0 && d->style.date != NULL &&
	    strlen(d->style.date) == DATE_LEN - 1)
		d->last_day = slice_of(d->style.date);
	if (d->last_day.n == 0)
		d->last_day = last_reported_day(d);
	if (d->last_day.n == 0)
		d->last_day = arena_textf(
		    &d->arena, "%s", day_format(day_of(d->now), buf));
	if (d->first_day.n == 0)
		d->first_day = d->last_day;
}

/* "2025/10", as older pages have it; a year alone stays one. */
static struct slice
month_of(struct digest *d, struct slice date)
{
	const size_t year = sizeof("2025") - 1;

	if (date.n <= year)
		return date;
	return arena_textf(&d->arena, "%.4s/%.2s", date.p, date.p + year + 1);
}

static void
name_document(struct digest *d)
{
	const char *title = d->style.title;

	d->title = slice_of(title != NULL ? title : titles[d->style.view]);
	find_days(d);
	if (d->style.date != NULL && d->style.view == VIEW_MONTH)
		d->date = month_of(d, slice_of(d->style.date));
	else if (d->style.date != NULL)
		d->date = slice_of(d->style.date);
	else if (d->style.view == VIEW_LIST)
		d->date = slice_of("");
	else if (d->style.view == VIEW_DAY)
		d->date = d->last_day;
	else if (d->style.view == VIEW_MONTH)
		d->date = month_of(d, d->last_day);
	else if (slice_same(d->first_day, d->last_day))
		d->date = d->last_day;
	else
		d->date = arena_textf(
		    &d->arena, "%s to %s", d->first_day.p, d->last_day.p);
	d->heading = slice_trim(arena_textf(&d->arena, "%.*s %.*s",
	    (int)d->title.n, d->title.p, (int)d->date.n, d->date.p));
}

void
digest_finish(struct digest *d)
{
	select_papers(d);
	sum_reports(d);
	judge_days(d);
	sum_days(d);
	sort_days(d);
	group_papers(d);
	name_document(d);
	word_health(d);
	word_empty_reason(d);
}

bool
digest_is_explained(const struct digest *d)
{
	if (d->totals.read > 0)
		return true;
	return d->reported && !reports_speak_of_papers(d);
}
