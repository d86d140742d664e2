/* SPDX-License-Identifier: ISC */
#include "fetch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/base/xalloc.h"
#include "common/cli/confine.h"
#include "common/cli/run.h"
#include "common/io/path.h"
#include "model/entry.h"
#include "model/schedule.h"

#define RECORD_MAX ((size_t)4 << 20)

/* ~/.cache/paperround, wherever the environment has it. */
static char *
cache_home(void)
{
	char *home = xdg_path("XDG_CACHE_HOME", ".cache", "paperround");

	if (home == NULL)
		die(EXIT_SOME_FAILED,
		    "neither XDG_CACHE_HOME nor HOME is set: set one of them");
	return home;
}

/* Who asks; a contact helps a site that has reason to complain. */
static char *
user_agent(void)
{
	const char *contact = getenv("PAPERROUND_CONTACT");

	if (contact != NULL && strpbrk(contact, "\r\n") != NULL)
		contact = NULL;
	return xasprintf("paperround/%s (arxiv-fetch%s%s)", PAPERROUND_VERSION,
	    contact != NULL ? "; " : "", contact != NULL ? contact : "");
}

/* Only what is needed from here on. */
static void
confine(const struct fetch *f)
{
	const struct fetch_options *o = &f->o;
	char *home = cache_home(), *place = NULL;
	const char *pages = o->cache_dir != NULL ? o->cache_dir : home;
	const char *paths[] = {home, pages, "", "", NULL};

	if (o->resume != NULL)
		paths[2] = place = directory_of(o->resume);
	/* Only what is there can be allowed.  Without a cache that can be
	 * written answers go through temporary files. */
	(void)directory_make(home);
	if (o->no_cache || !directory_make(pages) ||
	    access(pages, W_OK | X_OK) != 0) {
		paths[3] = getenv("TMPDIR");
		if (paths[3] == NULL || *paths[3] == '\0')
			paths[3] = "/tmp";
	}
	confine_writes(paths, o->common.output);
	free(place);
	free(home);
}

void
fetch_open(struct fetch *f)
{
	const struct fetch_options *o = &f->o;

	strbuf_init(&f->record, RECORD_MAX);
	/* Time went into what is fetched: it is written at once. */
	output_open(&f->out, o->common.output,
	    o->common.line_buffered || o->command != PARSE);
	f->net.out = &f->out;
	if (o->command == PARSE || o->command == SCHEDULE)
		confine_to_filter();
	else
		confine(f);
}

void
fetch_connect(struct fetch *f, const char *site, double pace)
{
	const struct fetch_options *o = &f->o;
	bool loopback =
	    o->base_url != NULL && strncmp(o->base_url, "http:", 5) == 0;
	char *home = cache_home(), *agent = user_agent(), *pages, *locks;

	pages = xasprintf("%s/pages", home);
	locks = xasprintf("%s/pace", home);
	if (o->pace >= 0) {
		if (o->pace < pace && !loopback)
			die(EXIT_MISUSE,
			    "--pace: less than %g is for loopback only", pace);
		pace = o->pace;
	}
	f->net.base_url = o->base_url;
	f->net.http = http_new(agent);
	f->net.pace = pace_new(locks, site, pace);
	f->net.pace_seconds = pace;
	f->net.retries = o->retries;
	f->net.timeout_ms = (long)(o->timeout * 1000);
	cache_init(&f->net.cache,
	    o->no_cache		       ? NULL
		: o->cache_dir != NULL ? o->cache_dir
				       : pages);
	free(locks);
	free(pages);
	free(agent);
	free(home);
}

void
fetch_release(struct fetch *f)
{
	http_free(f->net.http);
	pace_free(f->net.pace);
	cache_release(&f->net.cache);
	strbuf_release(&f->record);
	fetch_options_release(&f->o);
}

bool
fetch_is_full(const struct fetch *f)
{
	return f->o.max >= 0 && run_counts.out >= (uint64_t)f->o.max;
}

bool
fetch_emit(struct fetch *f, const struct entry *e)
{
	if (e->announce != ANNOUNCE_NONE &&
	    (f->o.wanted & 1u << e->announce) == 0) {
		run_dropped("announce_type", 1);
		return false;
	}
	if (fetch_is_full(f)) {
		run_dropped("max", 1);
		return false;
	}
	strbuf_reset(&f->record);
	record_format(&f->record, e);
	if (f->record.overflow) {
		run_counts.failed++;
		msg_error("%s: its record would be longer than 4 MiB", e->id);
		return false;
	}
	output_record(&f->out, strbuf_slice(&f->record));
	return true;
}

void
fetch_emit_all(struct fetch *f, const struct paper_table *p)
{
	for (size_t i = 0; i < p->n; i++)
		fetch_emit(f, p->v[i]);
}

void
fetch_raise_status(struct fetch *f, int status)
{
	if (status > f->status)
		f->status = status;
}

/* Feeds and what became of them */

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
	jsonw_open(jsonw_key(j, key), '{');
	jsonw_int(jsonw_key(j, "new"), (int64_t)c->type[ANNOUNCE_NEW]);
	jsonw_int(jsonw_key(j, "cross"), (int64_t)c->type[ANNOUNCE_CROSS]);
	jsonw_int(jsonw_key(j, "replace"),
	    (int64_t)(c->type[ANNOUNCE_REPLACE] +
		c->type[ANNOUNCE_REPLACE_CROSS]));
	jsonw_close(j, '}');
}

static void
put_feed(struct jsonw *j, const struct feed_status *d)
{
	char day[DATE_LEN];

	jsonw_open(j, '{');
	jsonw_str(jsonw_key(j, "category"), d->category);
	jsonw_str(jsonw_key(j, "url"), d->url);
	jsonw_str(jsonw_key(j, "status"), state_names[d->state]);
	jsonw_int(jsonw_key(j, "entries"), (int64_t)d->entries);
	jsonw_int(jsonw_key(j, "kept"), (int64_t)d->kept);
	jsonw_str(jsonw_key(j, "announced"),
	    d->announced != NO_DAY ? day_format(d->announced, day) : NULL);
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
			fetch_raise_status(f, EXIT_SOME_FAILED);
	}
	if (failed == n && refused == n)
		fetch_raise_status(f, EXIT_REFUSED);
	else if (failed == n && bad < n)
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
