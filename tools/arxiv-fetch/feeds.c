/* SPDX-License-Identifier: ISC */
/* Today's announcement from the daily feeds, a request a category: a joined
 * request would change the announce types and be cut at 2000 entries. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/msg.h"
#include "common/base/xalloc.h"
#include "common/cli/run.h"
#include "announced.h"
#include "daily.h"
#include "details.h"
#include "feed.h"
#include "fetch.h"
#include "schedule.h"
#include "verify.h"

#define RSS_BASE   "https://rss.arxiv.org"
/* The most entries arXiv puts into a feed. */
#define FEED_LIMIT 2000

static void
on_entry(void *arg, struct entry *e)
{
	daily_add(arg, e);
}

static void
read_page(struct daily *d, int fd, bool silent, struct feed_info *info)
{
	const struct feed_sink sink = {silent ? NULL : on_entry, d, silent};
	struct input in;

	feed_info_init(info);
	if (input_open_fd(&in, fd, d->url))
		feed_read(&in, &sink, info);
	input_close(&in);
}

static void
set_state(struct daily *d, const struct feed_info *info)
{
	day_t today = eastern_day(now()), due = schedule_due(now());
	char has[DATE_LEN], wants[DATE_LEN];

	d->entries = info->entries;
	memcpy(d->counts.type, info->by_type, sizeof(d->counts.type));
	d->announced = info->newest != NO_DAY ? info->newest : info->announced;
	d->why[0] = '\0';
	if (info->error != NULL) {
		d->state = DAILY_FAILED;
		snprintf(d->why, sizeof(d->why), "%s", info->error);
	} else if (info->entries >= FEED_LIMIT) {
		d->state = DAILY_FAILED;
		d->truncated = true;
		snprintf(d->why, sizeof(d->why),
		    "truncated: a feed holds no more than %d entries",
		    FEED_LIMIT);
	} else if (d->announced != NO_DAY && d->announced < due) {
		d->state = DAILY_STALE;
		snprintf(d->why, sizeof(d->why),
		    "stale: the feed is of %s, that of %s was due",
		    day_format(d->announced, has), day_format(due, wants));
	} else {
		d->state =
		    info->entries > 0 ? DAILY_OK : daily_without_entries(today);
	}
}

/* An answer without entries on a working day is more often a fault of the
 * moment than a quiet day: it is asked for once more. */
static enum get_verdict
check_page(void *arg, struct spool *page, bool last, char *why)
{
	struct daily *d = arg;
	struct feed_info info;
	enum get_verdict verdict = PAGE_GOOD;

	read_page(d, page->fd, true, &info);
	set_state(d, &info);
	if (info.error != NULL && info.malformed) {
		verdict = PAGE_AGAIN;
	} else if (info.error != NULL) {
		verdict = PAGE_BAD;
	} else if (d->state == DAILY_EMPTY &&
	    schedule_has_feed(eastern_day(now()))) {
		verdict = d->asked_again || last ? PAGE_PASSING : PAGE_AGAIN;
		d->asked_again = true;
		snprintf(d->why, sizeof(d->why),
		    "no entries, though an announcement was due");
	} else if (d->state == DAILY_STALE) {
		verdict = PAGE_PASSING;
	}
	snprintf(why, GET_WHY_SIZE, "%s", d->why);
	feed_info_release(&info);
	return verdict;
}

static void
get_feed(struct fetch *f, struct daily *d)
{
	const struct get_request r = {
	    .url = d->url,
	    .source = "rss",
	    .accept = "application/rss+xml, application/atom+xml, "
		      "application/xml;q=0.9",
	    .check = check_page,
	    .check_arg = d,
	};
	struct feed_info info;
	struct spool page;
	char why[GET_WHY_SIZE];

	d->result = get_page(&f->get, &r, &page, why);
	if (d->result == GET_OK) {
		read_page(d, page.fd, false, &info);
		d->result = get_reread(info.error, why);
		feed_info_release(&info);
		spool_release(&page);
	}
	if (d->result != GET_OK) {
		d->state = DAILY_FAILED;
		snprintf(d->why, sizeof(d->why), "%s", why);
	}
}

/* What is cut off a feed are new papers; OAI has them.  The feed stays
 * failed: cross-listings may be missing still. */
static void
fill_gap(struct fetch *f, struct daily *d)
{
	struct announced a = {.f = f,
	    .category = d->category,
	    .first = d->announced,
	    .last = d->announced,
	    .found = on_entry,
	    .arg = d};
	size_t before = d->day->n;

	if (d->announced == NO_DAY)
		return;
	if (announced_get(&a) != GET_OK && !run_stopping())
		msg_error("%s: filling the gap: %s", d->category, a.why);
	else
		msg_warn("%s: %zu more papers were found by OAI-PMH",
		    d->category, d->day->n - before);
	announced_release(&a);
}

static void
ask(struct fetch *f, struct daily *d)
{
	const char *kind = f->o.source != NULL ? f->o.source : "rss";
	char *path = xasprintf("/%s/%s", kind, d->category);

	d->url = fetch_url(f, RSS_BASE, path);
	fetch_doing(f, "%s", d->category);
	free(path);
	get_feed(f, d);
	if (f->o.verify && d->result == GET_OK)
		verify_feed(f, d);
	daily_tell(d);
	if (d->truncated)
		fill_gap(f, d);
}

void
run_feeds(struct fetch *f)
{
	struct papers day = PAPERS_INIT;
	struct daily *d = daily_new(f, &day);

	fetch_connect(f, "arxiv", 3);
	for (size_t i = 0; i < f->categories.n && !run_stopping(); i++)
		ask(f, &d[i]);
	if (f->o.details && !run_stopping())
		details_add(f, &day);
	daily_finish(f, d, f->categories.n, false);
	daily_free(d, f->categories.n);
	papers_release(&day);
}
