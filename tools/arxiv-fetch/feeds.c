/* SPDX-License-Identifier: ISC */
/* Today's announcement from the daily feeds, a request a category: a joined
 * request would change the announce types and be cut at 2000 entries. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/exitcode.h"
#include "common/jsonw.h"
#include "common/msg.h"
#include "common/run.h"
#include "common/xalloc.h"
#include "feed.h"
#include "fetch.h"
#include "feeds.h"
#include "schedule.h"

#define RSS_BASE   "https://rss.arxiv.org"
/* The most entries arXiv puts into a feed. */
#define FEED_LIMIT 2000

static const char *const state_names[] = {
    "ok", "empty", "holiday", "stale", "failed"};

/* Reading one feed into the day's papers */

static void
note_paper(struct daily_feed *d, size_t paper)
{
	/* Doubling sizes: 1, 2, 4, .. */
	if ((d->npapers & (d->npapers - 1)) == 0)
		d->papers = xreallocarray(d->papers,
		    d->npapers > 0 ? d->npapers * 2 : 1, sizeof(*d->papers));
	d->papers[d->npapers++] = paper;
}

static void
on_entry(void *arg, struct entry *e)
{
	struct daily_feed *d = arg;
	bool is_new;

	note_paper(d, papers_add(d->day, e, &is_new));
	if (!is_new)
		run_dropped("duplicate", 1);
}

static void
read_page(struct daily_feed *d, int fd, bool silent, struct feed_info *info)
{
	const struct feed_sink sink = {silent ? NULL : on_entry, d, silent};
	struct input in;

	feed_info_init(info);
	if (input_open_fd(&in, fd, d->url))
		feed_read(&in, &sink, info);
	input_close(&in);
}

/* Which of the states an answer shows */

static bool
is_weekend(day_t day)
{
	int w = day_weekday(day);

	return w == 0 || w == 6;
}

static void
set_state(struct daily_feed *d, const struct feed_info *info)
{
	day_t today = eastern_day(now()), due = schedule_due(now());
	char has[DATE_LEN], wants[DATE_LEN];

	d->entries = info->entries;
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
		    "stale: the feed is of %s, that of %s was due",
		    day_format(d->announced, has), day_format(due, wants));
	} else if (info->entries > 0) {
		d->state = FEED_OK;
	} else if (schedule_has_feed(today) || is_weekend(today)) {
		d->state = FEED_EMPTY;
	} else {
		d->state = FEED_HOLIDAY;
	}
}

/* An answer without entries on a working day is more often a fault of the
 * moment than a quiet day: it is asked for once more. */
static enum get_verdict
check_page(void *arg, struct spool *page, bool last, char *why)
{
	struct daily_feed *d = arg;
	struct feed_info info;
	enum get_verdict verdict = PAGE_GOOD;

	read_page(d, page->fd, true, &info);
	set_state(d, &info);
	if (info.error != NULL && info.malformed) {
		verdict = PAGE_AGAIN;
	} else if (info.error != NULL) {
		verdict = PAGE_BAD;
	} else if (d->state == FEED_EMPTY &&
	    schedule_has_feed(eastern_day(now()))) {
		verdict = d->asked_again || last ? PAGE_PASSING : PAGE_AGAIN;
		d->asked_again = true;
		snprintf(d->why, sizeof(d->why),
		    "no entries, though an announcement was due");
	} else if (d->state == FEED_STALE) {
		verdict = PAGE_PASSING;
	}
	snprintf(why, GET_WHY_SIZE, "%s", d->why);
	feed_info_release(&info);
	return verdict;
}

static void
get_feed(struct fetch *f, struct daily_feed *d)
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
	if (d->result != GET_OK) {
		d->state = FEED_FAILED;
		snprintf(d->why, sizeof(d->why), "%s", why);
		return;
	}
	read_page(d, page.fd, false, &info);
	feed_info_release(&info);
	spool_release(&page);
}

/* What the run says of its feeds */

static void
tell(const struct daily_feed *d)
{
	if (d->result == GET_STOPPED)
		return;
	if (d->state == FEED_FAILED || d->state == FEED_STALE)
		msg_error("%s: %s", d->category, d->why);
	else if (d->why[0] != '\0')
		msg_warn("%s: %s", d->category, d->why);
}

static uint64_t
count_kept(const struct daily_feed *d, const bool *written)
{
	uint64_t kept = 0;

	for (size_t i = 0; i < d->npapers; i++)
		kept += written[d->papers[i]];
	return kept;
}

static void
report_feed(struct jsonw *j, const struct daily_feed *d, const bool *written)
{
	char day[DATE_LEN];

	jsonw_open(j, '{');
	jsonw_key(j, "category");
	jsonw_str(j, d->category);
	jsonw_key(j, "url");
	jsonw_str(j, d->url);
	jsonw_key(j, "status");
	jsonw_str(j, state_names[d->state]);
	jsonw_key(j, "entries");
	jsonw_int(j, (int64_t)d->entries);
	jsonw_key(j, "kept");
	jsonw_int(j, (int64_t)count_kept(d, written));
	jsonw_key(j, "announced");
	jsonw_str(
	    j, d->announced != NO_DAY ? day_format(d->announced, day) : NULL);
	if (d->why[0] != '\0') {
		jsonw_key(j, "why");
		jsonw_str(j, d->why);
	}
	jsonw_close(j, '}');
}

static void
report_feeds(const struct daily_feed *d, size_t n, const bool *written)
{
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);
	struct jsonw j = JSONW_INIT(&b);
	uint64_t total = 0;

	jsonw_open(&j, '[');
	for (size_t i = 0; i < n; i++) {
		report_feed(&j, &d[i], written);
		total += d[i].entries;
	}
	jsonw_close(&j, ']');
	run_report_set("feeds", strbuf_slice(&b));
	strbuf_reset(&b);
	j.comma = false;
	jsonw_int(&j, (int64_t)total);
	run_report_set("arxiv_total", strbuf_slice(&b));
	strbuf_release(&b);
}

/* 75 or 77 only if there is nothing to publish at all. */
static void
set_status(struct fetch *f, const struct daily_feed *d, size_t n)
{
	size_t failed = 0, refused = 0, bad = 0;

	for (size_t i = 0; i < n; i++) {
		failed += d[i].state == FEED_FAILED && d[i].entries == 0;
		refused += d[i].result == GET_REFUSED;
		bad += d[i].result == GET_BAD;
		if (d[i].state == FEED_FAILED || d[i].state == FEED_STALE)
			fetch_status(f, EXIT_SOME_FAILED);
	}
	if (failed == n && refused == n)
		fetch_status(f, EXIT_REFUSED);
	else if (failed == n && bad < n)
		fetch_status(f, EXIT_TRY_LATER);
}

void
run_feeds(struct fetch *f)
{
	const char *kind = f->o.source != NULL ? f->o.source : "rss";
	size_t n = f->categories.n;
	struct daily_feed *d = xcalloc(n, sizeof(*d));
	struct papers day = PAPERS_INIT;
	bool *written;

	fetch_connect(f, "arxiv", 3);
	for (size_t i = 0; i < n && !run_stopping(); i++) {
		char *path = xasprintf("/%s/%s", kind, f->categories.v[i]);

		d[i].category = f->categories.v[i];
		d[i].url = fetch_url(f, RSS_BASE, path);
		d[i].day = &day;
		d[i].announced = NO_DAY;
		free(path);
		get_feed(f, &d[i]);
		tell(&d[i]);
	}
	written = xcalloc(day.n + 1, sizeof(*written));
	for (size_t i = 0; i < day.n; i++)
		written[i] = fetch_emit(f, day.v[i]);
	if (!run_stopping()) {
		report_feeds(d, n, written);
		set_status(f, d, n);
	}
	for (size_t i = 0; i < n; i++) {
		free(d[i].url);
		free(d[i].papers);
	}
	free(written);
	free(d);
	papers_release(&day);
}
