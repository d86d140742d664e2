/* SPDX-License-Identifier: ISC */
/* --date, and --since with --until for categories: announcements of past
 * days. */
#include <stdio.h>

#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/base/xalloc.h"
#include "common/cli/run.h"
#include "fetch.h"

struct past {
	struct fetch *f;
	struct feed_status *feed; /* the one being asked */
	day_t first, last;
	struct recent_ids seen; /* ids, of a range */
	day_t newest; /* announcement of the feed, in a range */
};

/* One day: its papers are sorted before they are written, and held against
 * what was seen of that day. */
static void
on_paper_of_day(void *arg, struct entry *e)
{
	struct past *p = arg;

	p->feed->counts.type[e->announce]++;
	feed_status_add(p->feed, e);
}

/* A range may be long: papers are written as they come, those of several
 * categories once. */
static void
on_paper_of_range(void *arg, struct entry *e)
{
	struct past *p = arg;

	p->feed->counts.type[e->announce]++;
	if (p->newest == NO_DAY || e->announced > p->newest)
		p->newest = e->announced;
	if (recent_ids_add(&p->seen, recent_ids_hash(e->id)))
		run_dropped("duplicate", 1);
	else if (fetch_emit(p->f, e))
		p->feed->kept++;
}

static bool
any_feed_due(day_t first, day_t last)
{
	for (; first <= last; first++)
		if (schedule_has_feed(first))
			return true;
	return false;
}

static void
explain(struct feed_status *d, enum verdict_reason reason)
{
	struct strbuf why = STRBUF_INIT(sizeof(d->why) - 1);

	verdict_explain(&(struct verdict) {.reason = reason},
	    &(struct feed_sight) {.due = NO_DAY}, &why);
	snprintf(d->why, sizeof(d->why), "%s", why.s);
	strbuf_release(&why);
}

/* OAI-PMH may be some days behind: then a range lacks its end. */
static bool
lacks_end(const struct past *p)
{
	day_t due = p->last;

	while (!schedule_has_feed(due))
		due--;
	return p->first < p->last && p->newest < due;
}

static void
judge(struct feed_status *d, const struct oai_dates *a, const struct past *p)
{
	char day[DATE_LEN];

	d->entries = a->entries;
	d->no_cross = true;
	if (d->result != DOWNLOAD_OK) {
		d->state = FEED_FAILED;
		snprintf(d->why, sizeof(d->why), "%s", a->why);
	} else if (a->entries > 0 && lacks_end(p)) {
		d->state = FEED_MISSING;
		snprintf(d->why, sizeof(d->why),
		    "no entries after %s, though an announcement was due",
		    day_format(p->newest, day));
	} else if (a->entries > 0) {
		d->state = FEED_OK;
	} else {
		d->state = FEED_MISSING;
		explain(d, REASON_NOT_THERE);
	}
	if (p->first == p->last)
		d->announced = p->first;
}

/* What was seen of the day, and what is seen now.  That papers were listed in
 * one more category is known only if it was seen.  That nothing was announced
 * is believed where that happens. */
static void
compare(struct past *p, struct feed_status *d)
{
	struct batch_memory memory;
	struct memory_file file;
	const struct batch *seen = NULL;

	if (d->result != DOWNLOAD_OK)
		return;
	memory_file_init(
	    &file, p->f->memory_dir, p->f->o.base_url, d->category);
	memory_file_load(&file, &memory);
	d->batch.day = p->first;
	d->batch.proof = PROOF_RECEIVED;
	if (p->first == p->last)
		seen = memory_find(&memory, p->first);
	if (seen != NULL && seen->proof > PROOF_NONE)
		feed_complete(p->f, d, seen, p->first, ANNOUNCE_NEW);
	if (d->state == FEED_MISSING && p->first == p->last && d->entries > 0)
		d->state = FEED_OK;
	if (d->state == FEED_MISSING && category_is_quiet(&memory)) {
		d->state = d->entries > 0 ? FEED_OK : FEED_EMPTY;
		d->why[0] = '\0';
		if (d->state == FEED_EMPTY)
			explain(d, REASON_QUIET);
	}
	if (p->first == p->last && d->state != FEED_MISSING)
		memory_file_put(&file, &d->batch, 1);
	memory_release(&memory);
	memory_file_release(&file);
}

static void
ask(struct past *p, struct feed_status *d)
{
	struct oai_dates a = {.d = &p->f->net,
	    .categories = &p->f->o.categories,
	    .category = d->category,
	    .first = p->first,
	    .last = p->last,
	    .found = p->first == p->last ? on_paper_of_day : on_paper_of_range,
	    .arg = p};

	p->feed = d;
	p->newest = NO_DAY;
	d->result = oai_dates_get(&a);
	d->url = xstrdup(a.url);
	judge(d, &a, p);
	compare(p, d);
	feed_status_tell(d);
	oai_dates_release(&a);
}

/* Nothing was announced on any of the days, so there is nobody to ask. */
static void
skip(struct feed_status *d, const struct past *p)
{
	struct strbuf why = STRBUF_INIT(sizeof(d->why) - 1);

	d->result = DOWNLOAD_OK;
	d->state = is_weekend(p->last) ? FEED_EMPTY : FEED_HOLIDAY;
	d->announced = p->last;
	days_off_explain(p->first, p->last, &why);
	snprintf(d->why, sizeof(d->why), "%s", why.s);
	strbuf_release(&why);
	feed_status_tell(d);
}

static void
set_days(struct past *p)
{
	const struct fetch_options *o = &p->f->o;
	day_t today = eastern_day(now());
	char day[DATE_LEN];

	p->first = o->date_given ? o->date : o->since;
	p->last = o->date_given ? o->date : o->until_given ? o->until : today;
	if (p->first > today)
		die(EXIT_MISUSE, "%s is in the future",
		    day_format(p->first, day));
	if (p->last > today)
		p->last = today;
	if (p->first > p->last)
		die(EXIT_MISUSE, "--until is before --since");
}

void
cmd_dates(struct fetch *f)
{
	struct past p = {.f = f};
	struct paper_table day = PAPER_TABLE_INIT;
	struct feed_status *d = feed_status_new(f, &day);
	bool due;

	set_days(&p);
	due = any_feed_due(p.first, p.last);
	if (due)
		fetch_connect(f, "arxiv", 3);
	for (size_t i = 0; i < f->o.categories.n && !download_is_over(&f->net);
	     i++)
		if (due)
			ask(&p, &d[i]);
		else
			skip(&d[i], &p);
	if (due && (f->o.wanted & 1u << ANNOUNCE_CROSS) != 0)
		msg_warn("papers cross-listed on a past day leave no trace in "
			 "OAI-PMH and are missing");
	if (p.first == p.last)
		feed_status_finish(f, d, f->o.categories.n, true);
	else
		feed_status_report(f, d, f->o.categories.n);
	feed_status_free(d, f->o.categories.n);
	paper_table_release(&day);
	recent_ids_release(&p.seen);
}
