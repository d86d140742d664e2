/* SPDX-License-Identifier: ISC */
/* Today's announcement from the daily feeds, a request a category: a joined
 * request would change the announce types and be cut at 2000 entries. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/base/xalloc.h"
#include "common/cli/run.h"
#include "fetch.h"
#include "formats/feed.h"
#include "formats/input.h"
#include "model/arxiv.h"
#include "model/schedule.h"
#include "net/feed_page.h"
#include "net/oai_list.h"

/* The most entries arXiv puts into a feed. */
#define FEED_LIMIT  2000
#define LISTING_MAX ((size_t)32 << 20)

/* --verify: a feed held against the listing page */

static enum page_verdict
check_listing(void *arg, struct spool *page, bool last, char *why)
{
	struct strbuf html = STRBUF_INIT(LISTING_MAX);
	struct listing *l = arg;
	bool ok;

	(void)last;
	ok = input_all(page->fd, &html) && listing_read(l, strbuf_slice(&html));
	strbuf_release(&html);
	snprintf(why, WHY_SIZE, "the page is not a listing");
	if (!ok)
		return PAGE_AGAIN;
	return l->day >= schedule_due(now()) ? PAGE_GOOD : PAGE_PASSING;
}

/*
 * Replacements are not compared: the feed leaves those of version 6 and
 * later out, and changes of metadata too.
 */
static void
compare_counts(struct feed_status *d, const struct listing *l)
{
	long fresh = (long)d->counts.type[ANNOUNCE_NEW];
	long cross = (long)d->counts.type[ANNOUNCE_CROSS];

	if (fresh >= l->fresh && cross >= l->cross)
		return;
	d->state = FEED_FAILED;
	snprintf(d->why, sizeof(d->why),
	    "short: %ld new and %ld cross-listed, where the listing page has "
	    "%ld and %ld",
	    fresh, cross, l->fresh, l->cross);
}

static void
verify_compare(struct feed_status *d, const struct listing *l)
{
	char has[DATE_LEN], wants[DATE_LEN];

	d->verified = true;
	d->listed.type[ANNOUNCE_NEW] = (uint64_t)l->fresh;
	d->listed.type[ANNOUNCE_CROSS] = (uint64_t)l->cross;
	d->listed.type[ANNOUNCE_REPLACE] = (uint64_t)l->replaced;
	if (l->day == NO_DAY || d->announced == NO_DAY || l->day < d->announced)
		return; /* the page is of an older day than the feed */
	if (l->day > d->announced && l->any) {
		d->state = FEED_STALE;
		snprintf(d->why, sizeof(d->why),
		    "stale: the feed is from %s, the listing page from %s",
		    day_format(d->announced, has), day_format(l->day, wants));
	} else if (d->state == FEED_OK || d->state == FEED_EMPTY) {
		compare_counts(d, l);
	}
}

static void
verify_feed(struct fetch *f, struct feed_status *d)
{
	char *url = arxiv_listing_url(f->o.base_url, d->category);
	char why[WHY_SIZE];
	struct listing l = {0};
	const struct download_request r = {
	    .url = url,
	    .source = "listing",
	    .accept = "text/html",
	    .check = check_listing,
	    .check_arg = &l,
	};
	struct spool page;
	enum download_result result;

	download_doing(&f->net, "%s, listing page", d->category);
	result = download_page(&f->net, &r, &page, why);

	if (result == DOWNLOAD_OK) {
		verify_compare(d, &l);
	} else if (result != DOWNLOAD_STOPPED) {
		msg_error("%s: not verified: %s", d->category, why);
		fetch_raise_status(f, EXIT_SOME_FAILED);
	}
	spool_release(&page);
	free(url);
}

/* --details: what the daily feeds leave out */

struct details {
	struct paper_table *day;
	bool *done; /* by index in day */
	size_t missing;
};

static void
on_details(void *arg, struct entry *e)
{
	struct details *d = arg;
	size_t at = paper_table_find(d->day, e->id);

	if (at == PAPER_TABLE_NONE || d->done[at])
		return;
	entry_complete(d->day->v[at], e);
	d->done[at] = true;
	d->missing--;
}

static day_t
earliest(const struct paper_table *day)
{
	day_t first = NO_DAY;

	for (size_t i = 0; i < day->n; i++) {
		day_t d = day->v[i]->announced;

		if (d != NO_DAY && (first == NO_DAY || d < first))
			first = d;
	}
	return first;
}

static void
report_details(const struct details *d)
{
	struct strbuf b = STRBUF_INIT(200);

	strbuf_addf(&b, "{\"completed\":%zu,\"missing\":%zu}",
	    d->day->n - d->missing, d->missing);
	run_report_set("details", strbuf_slice(&b));
	strbuf_release(&b);
}

static void
details_add(struct fetch *f, struct paper_table *day)
{
	struct details d = {.day = day, .missing = day->n};
	struct strbuf set = STRBUF_INIT(200);
	enum download_result result = DOWNLOAD_OK;
	struct oai_list l;

	if (earliest(day) == NO_DAY)
		return;
	d.done = xcalloc(day->n, sizeof(*d.done));
	category_set(&set, &f->o.categories);
	oai_list_init(&l, &f->net, set.s, earliest(day), NO_DAY);
	l.uncounted = true;
	l.record = on_details;
	l.arg = &d;
	while (result == DOWNLOAD_OK && !l.done && d.missing > 0)
		result = oai_list_next(&l);
	if (result != DOWNLOAD_OK && result != DOWNLOAD_STOPPED) {
		msg_error("details: %s", l.why);
		fetch_raise_status(f, EXIT_SOME_FAILED);
	} else if (d.missing > 0) {
		msg_warn("details of %zu papers were not found", d.missing);
	}
	report_details(&d);
	oai_list_release(&l);
	strbuf_release(&set);
	free(d.done);
}

/* The feeds */

static void
on_entry(void *arg, struct entry *e)
{
	feed_status_add(arg, e);
}

static void
set_state(struct feed_status *d, const struct feed_info *info)
{
	day_t today = eastern_day(now()), due = schedule_due(now());
	char has[DATE_LEN], wants[DATE_LEN];

	d->entries = info->entries;
	memcpy(d->counts.type, info->by_type, sizeof(d->counts.type));
	d->announced = info->newest != NO_DAY ? info->newest : info->announced;
	d->why[0] = '\0';
	if (info->error != NULL) {
		d->state = FEED_FAILED;
		snprintf(d->why, sizeof(d->why), "%s", info->error);
	} else if (info->entries >= FEED_LIMIT) {
		d->state = FEED_FAILED;
		d->truncated = true;
		snprintf(d->why, sizeof(d->why),
		    "truncated: a feed holds no more than %d entries",
		    FEED_LIMIT);
	} else if (d->announced != NO_DAY && d->announced < due) {
		d->state = FEED_STALE;
		snprintf(d->why, sizeof(d->why),
		    "stale: the feed is from %s, but that of %s was due",
		    day_format(d->announced, has), day_format(due, wants));
	} else {
		d->state = info->entries > 0
		    ? FEED_OK
		    : feed_status_without_entries(today);
	}
}

/* An answer without entries on a working day is more often a fault of the
 * moment than a quiet day: it is asked for once more. */
static enum page_verdict
judge(void *arg, const struct feed_info *info, bool last, char *why)
{
	struct feed_status *d = arg;
	enum page_verdict verdict = PAGE_GOOD;

	set_state(d, info);
	if (info->error != NULL)
		return PAGE_BAD;
	if (d->state == FEED_EMPTY && schedule_has_feed(eastern_day(now()))) {
		verdict = d->asked_again || last ? PAGE_PASSING : PAGE_AGAIN;
		d->asked_again = true;
		snprintf(d->why, sizeof(d->why),
		    "no entries, though an announcement was due");
	} else if (d->state == FEED_STALE) {
		verdict = PAGE_PASSING;
	}
	snprintf(why, WHY_SIZE, "%s", d->why);
	return verdict;
}

static void
get_feed(struct fetch *f, struct feed_status *d)
{
	const struct feed_page p = {
	    .url = d->url,
	    .source = "rss",
	    .accept = "application/rss+xml, application/atom+xml, "
		      "application/xml;q=0.9",
	    .judge = judge,
	    .entry = on_entry,
	    .arg = d,
	};
	struct feed_info info;
	char why[WHY_SIZE];

	d->result = feed_page_get(&f->net, &p, &info, why);
	feed_info_release(&info);
	if (d->result != DOWNLOAD_OK) {
		d->state = FEED_FAILED;
		snprintf(d->why, sizeof(d->why), "%s", why);
	}
}

/* What is cut off a feed are new papers; OAI has them.  The feed stays
 * failed: cross-listings may be missing still. */
static void
fill_gap(struct fetch *f, struct feed_status *d)
{
	struct oai_dates a = {.d = &f->net,
	    .categories = &f->o.categories,
	    .category = d->category,
	    .first = d->announced,
	    .last = d->announced,
	    .found = on_entry,
	    .arg = d};
	size_t before = d->day->n;

	if (d->announced == NO_DAY)
		return;
	if (oai_dates_get(&a) != DOWNLOAD_OK && !run_stopping())
		msg_error("%s: filling the gap: %s", d->category, a.why);
	else
		msg_warn("%s: %zu more papers were found by OAI-PMH",
		    d->category, d->day->n - before);
	oai_dates_release(&a);
}

static void
ask(struct fetch *f, struct feed_status *d)
{
	d->url = arxiv_feed_url(f->o.base_url,
	    f->o.source == SOURCE_ATOM ? "atom" : "rss", d->category);
	download_doing(&f->net, "%s", d->category);
	get_feed(f, d);
	if (f->o.verify && d->result == DOWNLOAD_OK)
		verify_feed(f, d);
	feed_status_tell(d);
	if (d->truncated)
		fill_gap(f, d);
}

void
cmd_today(struct fetch *f)
{
	struct paper_table day = PAPER_TABLE_INIT;
	struct feed_status *d = feed_status_new(f, &day);

	fetch_connect(f, "arxiv", 3);
	for (size_t i = 0; i < f->o.categories.n && !run_stopping(); i++)
		ask(f, &d[i]);
	if (f->o.details && !run_stopping())
		details_add(f, &day);
	feed_status_finish(f, d, f->o.categories.n, false);
	feed_status_free(d, f->o.categories.n);
	paper_table_release(&day);
}
