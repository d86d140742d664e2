/* SPDX-License-Identifier: ISC */
#include "model/reports.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/msg.h"
#include "common/base/xalloc.h"
#include "common/io/line_reader.h"
#include "common/json/json_read.h"

/* One line of a report while it is read. */
struct report_line {
	struct digest *d;
	struct digest_run *run;
	struct json_members members;
	struct strbuf scratch;
};

static const struct json_value *
member(const struct json_members *m, const char *key)
{
	const struct json_member *found = json_find(m, key);

	return found != NULL ? &found->value : NULL;
}

static bool
get_count(const struct json_members *m, const char *key, uint64_t *out)
{
	const struct json_value *v = member(m, key);
	double value;

	/* 2^53: past it a double is no count. */
	if (v == NULL || !json_double(v, &value) || value < 0 ||
	    value > 9007199254740992.0)
		return false;
	*out = (uint64_t)value;
	return true;
}

static uint64_t
count_or_0(const struct json_members *m, const char *key)
{
	uint64_t n = 0;

	(void)get_count(m, key, &n);
	return n;
}

static long
exit_status(const struct json_members *m)
{
	const struct json_value *v = member(m, "exit");
	long status = 0;

	if (v != NULL)
		(void)json_long(v, &status);
	return status;
}

static struct slice
get_text(struct report_line *l, const struct json_members *m, const char *key)
{
	const struct json_value *v = member(m, key);

	if (v == NULL || v->type != JSON_STRING)
		return (struct slice) {"", 0};
	return arena_copy(&l->d->arena, json_text(v, &l->scratch));
}

/* The object under key in sub; false, with sub empty, if there is none. */
static bool
get_object(
    const struct json_members *m, const char *key, struct json_members *sub)
{
	const struct json_value *v = member(m, key);

	sub->n = 0;
	return v != NULL && v->type == JSON_OBJECT && json_object(sub, v->raw);
}

/* {"reason": 3, ..} added to what the list holds. */
static void
add_counts(struct report_line *l, const char *key, struct report_counts *list)
{
	struct json_members sub = JSON_MEMBERS_INIT;
	double n;
	size_t i;

	(void)get_object(&l->members, key, &sub);
	for (i = 0; i < sub.n; i++) {
		if (!json_double(&sub.v[i].value, &n) || n < 1 || n > 1e15)
			continue;
		if (list->n == list->cap) {
			list->cap = list->cap > 0 ? list->cap * 2 : 8;
			list->v =
			    xreallocarray(list->v, list->cap, sizeof(*list->v));
		}
		list->v[list->n].name = arena_copy(&l->d->arena, sub.v[i].key);
		list->v[list->n++].n = (uint64_t)n;
	}
	json_members_release(&sub);
}

/* The day that a date or a moment begins with. */
static void
set_date(struct report_line *l, struct slice when)
{
	char text[DATE_LEN];
	day_t day;

	if (when.n < sizeof(text) - 1)
		return;
	memcpy(text, when.p, sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	if (day_parse(text, &day))
		l->run->date = digest_textf(l->d, "%s", text);
}

static void
add_feed(struct report_line *l, struct slice object)
{
	struct json_members sub = JSON_MEMBERS_INIT;
	struct digest_run *r = l->run;
	struct report_feed *f;

	if (json_object(&sub, object)) {
		if (r->nfeeds == r->feeds_cap) {
			r->feeds_cap = r->feeds_cap > 0 ? r->feeds_cap * 2 : 8;
			r->feeds = xreallocarray(
			    r->feeds, r->feeds_cap, sizeof(*r->feeds));
		}
		f = &r->feeds[r->nfeeds++];
		f->category = get_text(l, &sub, "category");
		f->status = get_text(l, &sub, "status");
		f->announced = get_text(l, &sub, "announced");
		f->why = get_text(l, &sub, "why");
		if (!r->dated &&
		    (r->date.n == 0 || slice_cmp(f->announced, r->date) > 0))
			set_date(l, f->announced);
	}
	json_members_release(&sub);
}

static void
read_fetch(struct report_line *l)
{
	const struct json_value *feeds = member(&l->members, "feeds");
	struct digest_run *r = l->run;
	struct json_value feed;
	size_t pos = 0;

	/* A later try within the same report takes the place of an earlier
	 * one; what was spent on scoring stays spent. */
	r->fetched = true;
	r->scanned_known = r->filtered = r->scoring = false;
	r->nfeeds = r->dropped.n = r->errors.n = 0;
	r->lines_failed = 0;
	r->fetch_exit = exit_status(&l->members);
	r->arxiv_known = get_count(&l->members, "arxiv_total", &r->arxiv);
	if (feeds == NULL || feeds->type != JSON_ARRAY)
		return;
	while (json_array_next(feeds->raw, &pos, &feed))
		if (feed.type == JSON_OBJECT)
			add_feed(l, feed.raw);
}

static void
read_filter(struct report_line *l)
{
	struct digest_run *r = l->run;

	if (!r->filtered)
		r->filter_in = count_or_0(&l->members, "in");
	r->filtered = true;
	r->filter_exit = exit_status(&l->members);
	r->lines_failed += count_or_0(&l->members, "failed");
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
		u->model = digest_textf(d, "%s, %s", u->model.p, model.p);
}

void
usage_add(
    struct digest *d, struct digest_usage *a, const struct digest_usage *b)
{
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
	struct json_members sub = JSON_MEMBERS_INIT;
	uint64_t sent;

	u->tokens_known = get_object(&l->members, "tokens", &sub);
	u->cached = count_or_0(&sub, "cached");
	u->prompt = count_or_0(&sub, "input") + u->cached +
	    count_or_0(&sub, "cache_write");
	u->completion = count_or_0(&sub, "output");
	u->reasoning = count_or_0(&sub, "reasoning");
	/* A service that counts nothing says 0 for work it did. */
	if (u->prompt + u->completion == 0 &&
	    get_object(&l->members, "requests", &sub) &&
	    get_count(&sub, "ok", &sent) && sent > 0)
		u->tokens_known = false;
	json_members_release(&sub);
}

static void
read_cost(struct report_line *l, struct digest_usage *u)
{
	struct json_members sub = JSON_MEMBERS_INIT;
	const struct json_value *v;

	(void)get_object(&l->members, "cost", &sub);
	v = member(&sub, "total");
	u->priced = v != NULL && json_double(v, &u->cost);
	/* A service may tell the sum alone. */
	v = member(&sub, "input");
	u->split = v != NULL && json_double(v, &u->cost_prompt);
	v = member(&sub, "output");
	u->split = u->split && v != NULL && json_double(v, &u->cost_completion);
	json_members_release(&sub);
}

static void
read_prompt(struct report_line *l)
{
	struct json_members sub = JSON_MEMBERS_INIT;

	if (get_object(&l->members, "prompt", &sub)) {
		l->d->prompt_system = get_text(l, &sub, "system");
		l->d->prompt_user = get_text(l, &sub, "user");
	}
	json_members_release(&sub);
}

static void
read_score(struct report_line *l)
{
	struct digest_usage u = {.known = true};
	const struct json_value *seconds = member(&l->members, "seconds");
	struct digest_run *r = l->run;
	struct slice backend = get_text(l, &l->members, "backend");

	/* The first one looked at everything; a second one may only see what
	 * a screen let through. */
	if (!r->scanned_known)
		r->scanned_known = get_count(&l->members, "in", &r->scanned);
	r->scoring = true;
	r->score_exit = exit_status(&l->members);
	r->lines_failed += count_or_0(&l->members, "failed");
	r->health = get_text(l, &l->members, "health");
	r->stopped = get_text(l, &l->members, "stopped");
	r->score_unscored = count_or_0(&l->members, "unscored");
	r->errors.n = 0;
	add_counts(l, "errors", &r->errors);
	u.llm = !slice_eq(backend, "lexical");
	u.model = get_text(l, &l->members, "model");
	if (seconds != NULL)
		(void)json_double(seconds, &u.seconds);
	if (u.llm) {
		read_tokens(l, &u);
		read_cost(l, &u);
	} else {
		u.tokens_known = u.priced = u.split = true;
	}
	usage_add(l->d, &r->usage, &u);
	read_prompt(l);
}

static const struct {
	const char *tool;
	void (*read)(struct report_line *);
} readers[] = {
    {"arxiv-fetch", read_fetch},
    {"paper-filter", read_filter},
    {"llm-score", read_score},
};

/* A second report with an arxiv-fetch line is another day; one without
 * belongs to the day before it. */
static struct digest_run *
run_for(struct digest *d, const char *file, bool fetches)
{
	struct digest_run *r = NULL;

	if (d->nruns > 0)
		r = &d->runs[d->nruns - 1];
	if (r == NULL ||
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
	const char *slash = strrchr(file, '/');

	if (l->run->date.n > 0)
		return;
	set_date(l, slice_of(slash != NULL ? slash + 1 : file));
	l->run->dated = l->run->date.n > 0;
}

static bool
read_line(struct report_line *l, const char *file, struct slice text)
{
	struct slice tool, started;
	size_t i;

	if (!json_object(&l->members, text))
		return false;
	tool = get_text(l, &l->members, "tool");
	for (i = 0; i < sizeof(readers) / sizeof(readers[0]); i++)
		if (slice_eq(tool, readers[i].tool))
			break;
	if (i == sizeof(readers) / sizeof(readers[0]))
		return tool.n > 0; /* somebody else's line */
	l->run = run_for(l->d, file, i == 0);
	date_by_name(l, file);
	readers[i].read(l);
	started = get_text(l, &l->members, "started");
	if (l->run->date.n == 0)
		set_date(l, started);
	l->run->out_known = get_count(&l->members, "out", &l->run->out);
	l->run->out_tool = tool;
	l->d->reported = true;
	return true;
}

bool
report_add(struct digest *d, const char *file, struct slice line)
{
	struct report_line l = {.d = d, .members = JSON_MEMBERS_INIT};
	bool ok;

	strbuf_init(&l.scratch, STRBUF_MAX);
	ok = read_line(&l, file, line);
	strbuf_release(&l.scratch);
	json_members_release(&l.members);
	return ok;
}

void
report_read(struct digest *d, const char *path)
{
	char *files[] = {(char *)path, NULL};
	struct line_reader in;
	struct slice line;

	line_reader_open(&in, files);
	while (line_reader_next(&in, &line))
		if (!report_add(d, path, line))
			msg_error_at(in.name, in.line,
			    "not a run report: use what --report of another "
			    "tool wrote");
	line_reader_close(&in);
}
