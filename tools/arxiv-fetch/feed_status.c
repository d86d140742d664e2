/* SPDX-License-Identifier: ISC */
#include "feed_status.h"

#include <stdlib.h>

#include "common/base/exitcode.h"
#include "common/base/msg.h"
#include "common/base/xalloc.h"
#include "common/cli/run.h"
#include "model/schedule.h"

static const char *const state_names[] = {
    "ok", "empty", "holiday", "stale", "failed"};

struct feed_status *
feed_status_new(const struct fetch *f, struct paper_table *day)
{
	struct feed_status *d = xcalloc(f->o.categories.n, sizeof(*d));

	for (size_t i = 0; i < f->o.categories.n; i++) {
		d[i].category = f->o.categories.v[i];
		d[i].announced = NO_DAY;
		d[i].day = day;
		/* Until asked: a run that is stopped has no more. */
		d[i].state = FEED_FAILED;
		d[i].result = DOWNLOAD_STOPPED;
	}
	return d;
}

void
feed_status_free(struct feed_status *d, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		free(d[i].url);
		free(d[i].papers);
	}
	free(d);
}

void
feed_status_add(struct feed_status *d, const struct entry *e)
{
	bool is_new;
	size_t at = paper_table_add(d->day, e, &is_new);

	d->papers =
	    xgrow(d->papers, &d->cap, d->npapers + 1, sizeof(*d->papers));
	d->papers[d->npapers++] = at;
	if (!is_new)
		run_dropped("duplicate", 1);
}

enum feed_state
feed_status_without_entries(day_t day)
{
	int w = day_weekday(day);

	return schedule_has_feed(day) || w == 0 || w == 6 ? FEED_EMPTY
							  : FEED_HOLIDAY;
}

void
feed_status_tell(const struct feed_status *d)
{
	if (d->result == DOWNLOAD_STOPPED)
		return;
	if (d->state == FEED_FAILED || d->state == FEED_STALE)
		msg_error("%s: %s", d->category, d->why);
	else if (d->why[0] != '\0')
		msg_warn("%s: %s", d->category, d->why);
}

static void
put_counts(struct jsonw *j, const char *key, const struct feed_counts *c)
{
	jsonw_key(j, key);
	jsonw_open(j, '{');
	jsonw_key(j, "new");
	jsonw_int(j, (int64_t)c->type[ANNOUNCE_NEW]);
	jsonw_key(j, "cross");
	jsonw_int(j, (int64_t)c->type[ANNOUNCE_CROSS]);
	jsonw_key(j, "replace");
	jsonw_int(j,
	    (int64_t)(c->type[ANNOUNCE_REPLACE] +
		c->type[ANNOUNCE_REPLACE_CROSS]));
	jsonw_close(j, '}');
}

static void
put_feed(struct jsonw *j, const struct feed_status *d)
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
	jsonw_int(j, (int64_t)d->kept);
	jsonw_key(j, "announced");
	jsonw_str(
	    j, d->announced != NO_DAY ? day_format(d->announced, day) : NULL);
	if (d->why[0] != '\0') {
		jsonw_key(j, "why");
		jsonw_str(j, d->why);
	}
	if (d->no_cross) {
		jsonw_key(j, "not_knowable");
		jsonw_str(j, "papers cross-listed on a past day");
	}
	if (d->verified) {
		put_counts(j, "counted", &d->counts);
		put_counts(j, "listed", &d->listed);
	}
	jsonw_close(j, '}');
}

static void
put_report(const struct feed_status *d, size_t n)
{
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);
	struct jsonw j = JSONW_INIT(&b);
	uint64_t total = 0;

	jsonw_open(&j, '[');
	for (size_t i = 0; i < n; i++) {
		put_feed(&j, &d[i]);
		total += d[i].entries;
	}
	jsonw_close(&j, ']');
	run_report_set("feeds", strbuf_slice(&b));
	strbuf_reset(&b);
	strbuf_addf(&b, "%llu", (unsigned long long)total);
	run_report_set("arxiv_total", strbuf_slice(&b));
	strbuf_release(&b);
}

/* 75 or 77 only if there is nothing to publish at all. */
static void
set_status(struct fetch *f, const struct feed_status *d, size_t n)
{
	size_t failed = 0, refused = 0, bad = 0;

	for (size_t i = 0; i < n; i++) {
		failed += d[i].state == FEED_FAILED && d[i].entries == 0;
		refused += d[i].result == DOWNLOAD_REFUSED;
		bad += d[i].result == DOWNLOAD_BAD;
		if (d[i].state == FEED_FAILED || d[i].state == FEED_STALE)
			fetch_status(f, EXIT_SOME_FAILED);
	}
	if (failed == n && refused == n)
		fetch_status(f, EXIT_REFUSED);
	else if (failed == n && bad < n)
		fetch_status(f, EXIT_TRY_LATER);
}

void
feed_status_report(struct fetch *f, const struct feed_status *d, size_t n)
{
	put_report(d, n);
	set_status(f, d, n);
}

void
feed_status_finish(
    struct fetch *f, struct feed_status *d, size_t n, bool sorted)
{
	const struct paper_table *day = d[0].day;
	size_t *order = sorted ? paper_table_by_id(day) : NULL;
	bool *written = xcalloc(day->n + 1, sizeof(*written));

	for (size_t i = 0; i < day->n; i++) {
		size_t at = sorted ? order[i] : i;

		written[at] = fetch_emit(f, day->v[at]);
	}
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < d[i].npapers; j++)
			d[i].kept += written[d[i].papers[j]];
	free(written);
	free(order);
	feed_status_report(f, d, n);
}
