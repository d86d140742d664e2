/* SPDX-License-Identifier: ISC */
/* What became of each feed, in messages, in the report and in the status. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/base/xalloc.h"
#include "common/cli/run.h"
#include "fetch.h"

static const char *const state_names[] = {
    "ok", "empty", "holiday", "stale", "missing", "failed"};

struct feed_status *
feed_status_new(const struct fetch *f, struct paper_table *day)
{
	struct feed_status *d = xcalloc(f->o.categories.n, sizeof(*d));

	for (size_t i = 0; i < f->o.categories.n; i++) {
		d[i].category = f->o.categories.v[i];
		d[i].announced = d[i].dated = NO_DAY;
		d[i].batch = (struct batch)BATCH_INIT;
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
		batch_release(&d[i].batch);
		strlist_release(&d[i].lacks);
		strlist_release(&d[i].unlisted);
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
	batch_add(&d->batch, slice_of(e->id), e->version, e->announce);
	if (!is_new)
		run_dropped("duplicate", 1);
}

static bool
is_bad(enum feed_state state)
{
	return state >= FEED_STALE;
}

void
feed_status_tell(const struct feed_status *d)
{
	if (d->result == DOWNLOAD_STOPPED)
		return;
	if (is_bad(d->state) || d->unproved)
		msg_error("%s: %s", d->category, d->why);
	else if (d->why[0] != '\0')
		msg_warn("%s: %s", d->category, d->why);
}

static void
put_counts(struct jsonw *j, const char *key, const struct feed_counts *c)
{
	jsonw_open(jsonw_key(j, key), '{');
	jsonw_int(jsonw_key(j, "new"), (int64_t)c->type[ANNOUNCE_NEW]);
	jsonw_int(jsonw_key(j, "cross"), (int64_t)c->type[ANNOUNCE_CROSS]);
	jsonw_int(jsonw_key(j, "replace"),
	    (int64_t)(c->type[ANNOUNCE_REPLACE] +
		c->type[ANNOUNCE_REPLACE_CROSS]));
	jsonw_close(j, '}');
}

static void
put_day(struct jsonw *j, const char *key, day_t day)
{
	char text[DATE_LEN];

	jsonw_str(
	    jsonw_key(j, key), day != NO_DAY ? day_format(day, text) : NULL);
}

static void
put_ids(struct jsonw *j, const char *key, const struct strlist *ids)
{
	if (ids->n == 0)
		return;
	jsonw_list(jsonw_key(j, key), ids);
}

static void
put_feed(struct jsonw *j, const struct feed_status *d)
{
	jsonw_open(j, '{');
	jsonw_str(jsonw_key(j, "category"), d->category);
	jsonw_str(jsonw_key(j, "url"), d->url);
	jsonw_str(jsonw_key(j, "status"), state_names[d->state]);
	if (d->proof != PROOF_NONE) {
		jsonw_str(jsonw_key(j, "proof"), proof_name(d->proof));
	}
	jsonw_int(jsonw_key(j, "entries"), (int64_t)d->entries);
	jsonw_int(jsonw_key(j, "kept"), (int64_t)d->kept);
	put_day(j, "announced", d->announced);
	if (d->dated != NO_DAY && d->dated != d->announced)
		put_day(j, "dated", d->dated);
	if (d->why[0] != '\0') {
		jsonw_str(jsonw_key(j, "why"), d->why);
	}
	if (d->no_cross) {
		jsonw_str(jsonw_key(j, "not_knowable"),
		    "papers cross-listed on a past day");
	}
	if (d->verified) {
		put_counts(j, "counted", &d->counts);
		put_counts(j, "listed", &d->listed);
	}
	put_ids(j, "lacks", &d->lacks);
	put_ids(j, "unlisted", &d->unlisted);
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
	bool is_announcement = f->o.command == TODAY || f->o.command == DATES;
	size_t failed = 0, refused = 0, hopeless = 0, bad = 0;

	for (size_t i = 0; i < n; i++) {
		failed += d[i].state == FEED_FAILED && d[i].entries == 0;
		refused += d[i].result == DOWNLOAD_REFUSED;
		hopeless += d[i].result == DOWNLOAD_BAD;
		bad += is_bad(d[i].state);
		if (is_bad(d[i].state) || d[i].unproved)
			fetch_raise_status(f, EXIT_SOME_FAILED);
	}
	if (failed == n && refused == n)
		fetch_raise_status(f, EXIT_REFUSED);
	/* What is announced comes another time, whatever came today. */
	else if (is_announcement ? bad > 0 && run_counts.out == 0
				 : failed == n && hopeless < n)
		fetch_raise_status(f, EXIT_TRY_LATER);
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
