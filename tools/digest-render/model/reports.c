/* SPDX-License-Identifier: ISC */
#include "model/digest_internal.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/compat.h"
#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/base/xalloc.h"
#include "common/io/line_reader.h"
#include "common/json/json_tree.h"

/* One line of a report while it is read. */
struct report_line {
	struct digest *d;
	struct digest_run *run;
	const cJSON *o;
};

/* A judge that asks no model has no tokens and no costs. */
static bool
is_local(struct slice backend)
{
	return slice_eq(backend, "lexical") || slice_eq(backend, "local");
}

static bool
get_number(const cJSON *o, const char *key, double *out)
{
	const cJSON *v = json_tree_get(o, key);

	if (!cJSON_IsNumber(v) || !isfinite(v->valuedouble))
		return false;
	*out = v->valuedouble;
	return true;
}

static bool
get_count(const cJSON *o, const char *key, uint64_t *out)
{
	double value;

	/* 2^53: past it a double is no count. */
	if (!get_number(o, key, &value) || value < 0 ||
	    value > 9007199254740992.0)
		return false;
	*out = (uint64_t)value;
	return true;
}

static uint64_t
count_or_0(const cJSON *o, const char *key)
{
	uint64_t n = 0;

	(void)get_count(o, key, &n);
	return n;
}

static struct slice
get_text(struct report_line *l, const cJSON *o, const char *key)
{
	const char *s = json_tree_string(o, key);

	return arena_copy(&l->d->arena, slice_of(s != NULL ? s : ""));
}

/* {"reason": 3, ..} added to what the list holds. */
static void
add_counts(struct report_line *l, const char *key, struct report_counts *list)
{
	const cJSON *counts = json_tree_get(l->o, key), *c;
	size_t room = (size_t)cJSON_GetArraySize(counts);

	if (!cJSON_IsObject(counts) || room == 0)
		return;
	list->v = xreallocarray(list->v, list->n + room, sizeof(*list->v));
	for (c = counts->child; c != NULL; c = c->next) {
		if (!cJSON_IsNumber(c) || !(c->valuedouble >= 1) ||
		    c->valuedouble > 1e15)
			continue;
		list->v[list->n].name =
		    arena_copy(&l->d->arena, slice_of(c->string));
		list->v[list->n++].n = (uint64_t)c->valuedouble;
	}
}

/* The day that a date or a moment begins with. */
static void
set_date(struct report_line *l, struct slice when)
{
	day_t day;

	if (day_begins(when, &day))
		l->run->date = arena_copy(
		    &l->d->arena, (struct slice) {when.p, DATE_LEN - 1});
}

static void
add_feed(struct report_line *l, const cJSON *o)
{
	struct digest_run *r = l->run;
	struct report_feed *f = &r->feeds[r->nfeeds++];

	f->category = get_text(l, o, "category");
	f->status = get_text(l, o, "status");
	f->announced = get_text(l, o, "announced");
	f->why = get_text(l, o, "why");
	if (!r->dated &&
	    (r->date.n == 0 || slice_cmp(f->announced, r->date) > 0))
		set_date(l, f->announced);
}

static void
read_fetch(struct report_line *l)
{
	const cJSON *feeds = json_tree_get(l->o, "feeds"), *feed;
	struct digest_run *r = l->run;
	size_t room = (size_t)cJSON_GetArraySize(feeds);
	uint64_t out;

	/* A later try within the same report takes the place of an earlier
	 * one, and what came of that; what was spent on scoring stays spent. */
	r->retried = r->fetched && report_state(r) >= DAY_PART;
	r->fetched = true;
	r->scanned_known = r->filtered = r->scoring = false;
	r->nfeeds = r->dropped.n = r->errors.n = 0;
	r->lines_failed = 0;
	r->filter_exit = r->score_exit = EXIT_OK;
	r->health.n = 0;
	r->fetch_exit = json_tree_long(l->o, "exit", 0);
	r->nothing = get_count(l->o, "out", &out) && out == 0;
	r->arxiv_known = get_count(l->o, "arxiv_total", &r->arxiv);
	if (!cJSON_IsArray(feeds) || room == 0)
		return;
	r->feeds = xreallocarray(r->feeds, room, sizeof(*r->feeds));
	for (feed = feeds->child; feed != NULL; feed = feed->next)
		if (cJSON_IsObject(feed))
			add_feed(l, feed);
	/* Nobody counted what nobody gave. */
	if (r->arxiv == 0 && report_bad_feeds(r) == r->nfeeds)
		r->arxiv_known = false;
}

/* arxiv-fetch --enrich fetches no papers, so all else stays. */
static bool
is_enrichment(const cJSON *o)
{
	return cJSON_IsObject(json_tree_get(o, "enriched"));
}

static void
read_enrichment(struct report_line *l)
{
	const cJSON *o = json_tree_get(l->o, "enriched");

	l->run->unanswered = 0;
	(void)get_count(o, "unanswered", &l->run->unanswered);
	l->run->unanswered_by = get_text(l, o, "by");
}

static void
read_filter(struct report_line *l)
{
	struct digest_run *r = l->run;

	if (!r->filtered)
		r->filter_in = count_or_0(l->o, "in");
	r->filtered = true;
	r->filter_exit = json_tree_long(l->o, "exit", 0);
	r->lines_failed += count_or_0(l->o, "failed");
	add_counts(l, "dropped", &r->dropped);
}

/* True if model is one of the names in "gpt-5, gpt-5-mini". */
static bool
names_model(struct slice names, struct slice model)
{
	const char *comma;
	struct slice name;

	while (names.n > 0) {
		comma = memmem(names.p, names.n, ", ", 2);
		name = names;
		if (comma != NULL)
			name.n = (size_t)(comma - names.p);
		if (slice_same(name, model))
			return true;
		names.p += name.n;
		names.n -= name.n;
		if (comma != NULL) {
			names.p += 2;
			names.n -= 2;
		}
	}
	return false;
}

/* Several models of one day stand side by side. */
static void
add_model(struct digest *d, struct digest_usage *u, struct slice model)
{
	if (model.n == 0 || names_model(u->model, model))
		return;
	if (u->model.n == 0)
		u->model = model;
	else
		u->model =
		    arena_textf(&d->arena, "%s, %s", u->model.p, model.p);
}

/* Adds what b used to a. */
static void
usage_add(
    struct digest *d, struct digest_usage *a, const struct digest_usage *b)
{
	a->at_least = a->at_least || b->at_least;
	if (!b->known)
		return;
	add_model(d, a, b->model);
	/* One unknown figure makes the sum unknown. */
	a->tokens_known = (!a->known || a->tokens_known) && b->tokens_known;
	a->priced = (!a->known || a->priced) && b->priced;
	a->split = (!a->known || a->split) && b->split;
	a->known = true;
	a->llm = a->llm || b->llm;
	a->prompt += b->prompt;
	a->completion += b->completion;
	a->cached += b->cached;
	a->reasoning += b->reasoning;
	a->cost_prompt += b->cost_prompt;
	a->cost_completion += b->cost_completion;
	a->cost += b->cost;
	a->seconds += b->seconds;
}

static void
read_tokens(struct report_line *l, struct digest_usage *u)
{
	const cJSON *tokens = json_tree_get(l->o, "tokens");

	u->tokens_known = cJSON_IsObject(tokens);
	u->cached = count_or_0(tokens, "cached");
	u->prompt = count_or_0(tokens, "input") + u->cached +
	    count_or_0(tokens, "cache_write");
	u->completion = count_or_0(tokens, "output");
	u->reasoning = count_or_0(tokens, "reasoning");
	/* A service that counts nothing says 0 for work it did. */
	if (u->prompt + u->completion == 0 &&
	    count_or_0(json_tree_get(l->o, "requests"), "ok") > 0)
		u->tokens_known = false;
}

static void
read_cost(struct report_line *l, struct digest_usage *u)
{
	const cJSON *cost = json_tree_get(l->o, "cost");

	u->priced = get_number(cost, "total", &u->cost);
	/* A service may tell the sum alone. */
	u->split = get_number(cost, "input", &u->cost_prompt) &&
	    get_number(cost, "output", &u->cost_completion);
}

static void
read_prompt(struct report_line *l)
{
	const cJSON *prompt = json_tree_get(l->o, "prompt");

	if (!cJSON_IsObject(prompt))
		return;
	l->d->prompt_system = get_text(l, prompt, "system");
	l->d->prompt_user = get_text(l, prompt, "user");
}

static void
read_score(struct report_line *l)
{
	struct digest_usage u = {.known = true};
	struct digest_run *r = l->run;

	/* The first one looked at everything; a second one may only see what
	 * a screen let through. */
	if (!r->scanned_known)
		r->scanned_known = get_count(l->o, "in", &r->scanned);
	r->scoring = true;
	r->score_exit = json_tree_long(l->o, "exit", 0);
	r->lines_failed += count_or_0(l->o, "failed");
	r->health = get_text(l, l->o, "health");
	r->stopped = get_text(l, l->o, "stopped");
	r->score_unscored = count_or_0(l->o, "unscored");
	r->errors.n = 0;
	add_counts(l, "errors", &r->errors);
	u.llm = !is_local(get_text(l, l->o, "backend"));
	u.model = get_text(l, l->o, "model");
	(void)get_number(l->o, "seconds", &u.seconds);
	if (u.llm) {
		read_tokens(l, &u);
		read_cost(l, &u);
	} else {
		u.tokens_known = u.priced = u.split = true;
	}
	usage_add(l->d, &r->usage, &u);
	read_prompt(l);
}

/* An attempt that could not say what it had been answered by then, so that the
 * cost of the others is not all. */
static void
read_killed(struct report_line *l)
{
	if (cJSON_IsTrue(json_tree_get(l->o, "killed")))
		l->run->usage.at_least = true;
}

/* What paperround says of the whole run. */
static void
read_outcome(struct report_line *l)
{
	l->run->result = get_text(l, l->o, "result");
	(void)get_count(l->o, "screen_missed", &l->run->screen_missed);
	if (!l->run->dated)
		set_date(l, get_text(l, l->o, "date"));
}

static const struct {
	const char *tool;
	void (*read)(struct report_line *);
} readers[] = {
    {"arxiv-fetch", read_fetch},
    {"paper-filter", read_filter},
    {"llm-score", read_score},
    {"score stage", read_killed},
    {"paperround", read_outcome},
};

static const char *
base_name(const char *file)
{
	const char *slash = strrchr(file, '/');

	return slash != NULL ? slash + 1 : file;
}

/* A file that is named by a day is about no other. */
static bool
is_other_day(const struct digest_run *r, const char *file)
{
	const char *name = base_name(file);
	day_t day;

	return r->dated && day_begins(slice_of(name), &day) &&
	    memcmp(r->date.p, name, r->date.n) != 0;
}

/* A second report with an arxiv-fetch line is another day; one without
 * belongs to the day before it, unless its name says otherwise. */
static struct digest_run *
run_for(struct digest *d, const char *file, bool fetches)
{
	struct digest_run *r = NULL;

	if (d->nruns > 0)
		r = &d->runs[d->nruns - 1];
	if (r == NULL || is_other_day(r, file) ||
	    (fetches && r->fetched && strcmp(r->file, file) != 0)) {
		d->runs =
		    xreallocarray(d->runs, d->nruns + 1, sizeof(*d->runs));
		r = &d->runs[d->nruns++];
		memset(r, 0, sizeof(*r));
	}
	if (fetches)
		r->file = file;
	return r;
}

/* An archive names its reports by their days, and knows better than a feed
 * that was stale or a run that came late. */
static void
date_by_name(struct report_line *l, const char *file)
{
	if (l->run->date.n > 0)
		return;
	set_date(l, slice_of(base_name(file)));
	l->run->dated = l->run->date.n > 0;
}

static bool
read_line(struct report_line *l, const char *file)
{
	struct slice tool = get_text(l, l->o, "tool");
	size_t i;

	for (i = 0; i < sizeof(readers) / sizeof(readers[0]); i++)
		if (slice_eq(tool, readers[i].tool))
			break;
	if (i == sizeof(readers) / sizeof(readers[0]))
		return tool.n > 0; /* somebody else's line */
	if (is_enrichment(l->o)) {
		l->run = run_for(l->d, file, false);
		date_by_name(l, file);
		read_enrichment(l);
		return true;
	}
	l->run = run_for(l->d, file, i == 0);
	date_by_name(l, file);
	readers[i].read(l);
	if (l->run->date.n == 0)
		set_date(l, get_text(l, l->o, "started"));
	l->d->reported = true;
	if (readers[i].read == read_outcome)
		return true;
	l->run->out_known = get_count(l->o, "out", &l->run->out);
	l->run->out_tool = tool;
	return true;
}

bool
report_add(struct digest *d, const char *file, struct slice line)
{
	cJSON *o = json_tree_parse(line);
	struct report_line l = {.d = d, .o = o};
	bool ok = cJSON_IsObject(o) && read_line(&l, file);

	cJSON_Delete(o);
	return ok;
}

void
report_read(struct digest *d, struct line_reader *in)
{
	struct slice line;

	while (line_reader_next(in, &line))
		if (!report_add(d, in->name, line))
			msg_error_at(in->name, in->line,
			    "not a run report: give the file that "
			    "--report of another tool wrote");
	line_reader_close(in);
}

/* The figures of the reports, in all and by day. */

size_t
report_feeds(const struct digest_run *r, const char *status)
{
	size_t i, n = 0;

	for (i = 0; i < r->nfeeds; i++)
		n += slice_eq(r->feeds[i].status, status);
	return n;
}

size_t
report_bad_feeds(const struct digest_run *r)
{
	return report_feeds(r, "failed") + report_feeds(r, "stale") +
	    report_feeds(r, "missing");
}

enum day_state
report_state(const struct digest_run *r)
{
	size_t bad = report_bad_feeds(r);

	if (slice_eq(r->result, "outage") || slice_eq(r->health, "outage") ||
	    r->fetch_exit >= EXIT_TRY_LATER ||
	    r->score_exit >= EXIT_TRY_LATER ||
	    r->filter_exit > EXIT_SOME_FAILED || (bad > 0 && bad == r->nfeeds))
		return DAY_OUTAGE;
	if (slice_eq(r->result, "partial") || slice_eq(r->health, "degraded") ||
	    r->fetch_exit != EXIT_OK || r->score_exit != EXIT_OK ||
	    r->filter_exit != EXIT_OK || r->lines_failed > 0 || bad > 0)
		return DAY_PART;
	if (r->nfeeds > 0 && report_feeds(r, "holiday") == r->nfeeds)
		return DAY_HOLIDAY;
	if (r->nothing ||
	    (r->nfeeds > 0 &&
		report_feeds(r, "empty") + report_feeds(r, "holiday") ==
		    r->nfeeds))
		return DAY_QUIET;
	return DAY_READ;
}

bool
report_is_outage_only(const struct digest *d, const struct digest_run *r)
{
	return d->totals.read == 0 && slice_eq(r->result, "outage");
}

void
report_name_counts(struct strbuf *b, const struct report_counts *counts)
{
	for (size_t i = 0; i < counts->n; i++) {
		strbuf_addstr(b, i == 0 ? " (" : ", ");
		strbuf_addslice(b, counts->v[i].name);
		strbuf_addf(b, " %" PRIu64, counts->v[i].n);
	}
	if (counts->n > 0)
		strbuf_addch(b, ')');
}

bool
report_is_mended(const struct digest *d, const struct digest_run *r)
{
	const struct digest_run *later = r + 1;

	if (r->date.n == 0 || report_state(r) < DAY_PART)
		return false;
	for (; later < d->runs + d->nruns; later++)
		if (slice_same(later->date, r->date) &&
		    report_state(later) < DAY_PART)
			return true;
	return false;
}

/* A run's figures belong to the day it announced; where there is but one day
 * of papers, to that. */
static void
give_to_day(struct digest *d, const struct digest_run *r)
{
	struct digest_day *day;
	uint32_t i = 0;

	if (d->ndays != 1 || d->nruns != 1)
		i = day_index(d, r->date);
	day = &d->days[i];
	usage_add(d, &day->usage, &r->usage);
	if (report_is_mended(d, r))
		return;
	if (r->arxiv_known) {
		day->arxiv_known = true;
		day->arxiv += r->arxiv;
	}
	if (r->scanned_known) {
		day->scanned_known = true;
		day->scanned += r->scanned;
	}
	if (!day->reported || report_state(r) < day->state)
		day->state = report_state(r);
	day->reported = true;
}

/* "gpt-5" where no report says what it cost, from the papers. */
static void
name_models(struct digest *d)
{
	const struct strmap *models = &d->builder->models;

	if (d->usage.known)
		return;
	for (size_t i = 0; i < models->n; i++)
		add_model(
		    d, &d->usage, arena_copy(&d->arena, strmap_get(models, i)));
}

void
sum_reports(struct digest *d)
{
	for (size_t i = 0; i < d->nruns; i++) {
		usage_add(d, &d->usage, &d->runs[i].usage);
		give_to_day(d, &d->runs[i]);
	}
	name_models(d);
}

struct slice
last_reported_day(const struct digest *d)
{
	struct slice last = {NULL, 0};

	for (size_t i = 0; i < d->nruns; i++)
		if (d->runs[i].date.n > 0 &&
		    (last.n == 0 || slice_cmp(d->runs[i].date, last) > 0))
			last = d->runs[i].date;
	return last;
}

void
free_reports(struct digest *d)
{
	for (size_t i = 0; i < d->nruns; i++) {
		free(d->runs[i].feeds);
		free(d->runs[i].dropped.v);
		free(d->runs[i].errors.v);
	}
	free(d->runs);
}
