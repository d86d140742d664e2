/* SPDX-License-Identifier: ISC */
/* What follows from a reply. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/hash.h"
#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/base/utf8.h"
#include "common/base/xalloc.h"
#include "common/json/json_tree.h"
#include "common/net/throttle.h"
#include "llm/llm.h"

#define BACKOFF_BASE	0.5
#define BACKOFF_CAP	60.0
#define CONGESTION_BASE 2.0
#define CONGESTION_WAIT 60.0
/* Whoever asks for more patience than this has no capacity today. */
#define PATIENCE	600.0
/* So often the same 500 is believed to be the server's trouble. */
#define SAME_ERRORS	3
/* An abstract too long to be read alone is cut to this. */
#define SHORT_ABSTRACT	1000

/* What to look at, where somebody can put it right. */
static void
advise(const struct engine *e, const char *kind)
{
	static const struct {
		const char *kind, *advice;
	} rows[] = {
	    {"key",
		"is the key this provider's? It comes from the "
		"environment or --key-file"},
	    {"model",
		"is -m a model of this provider, and --base-url "
		"its address?"},
	    {"permission",
		"may this key use this model? The provider's "
		"account page shows"},
	    {"quota",
		"the provider's account page shows what is left and "
		"when it is renewed"},
	    {"redirect",
		"keys follow no redirect: give --base-url the "
		"address it leads to"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (strcmp(kind, rows[i].kind) == 0)
			msg_warn("%s", rows[i].advice);
	if (strcmp(kind, "model") == 0)
		engine_suggest_model(e);
}

/* Asking again */

static void
again(struct engine *e, struct task *t, double when)
{
	if (e->stop != NULL) {
		engine_give_up(e, t, e->stop, e->stop_detail);
		return;
	}
	t->not_before = when;
	queue_add(&e->queue, t);
}

static void
halve(struct engine *e, struct task *t)
{
	if (e->stop != NULL)
		engine_give_up(e, t, e->stop, e->stop_detail);
	else
		task_halve(&e->queue, t);
}

/* A server may answer 500 to what it cannot take, and a program, which has no
 * status, fail: then the same comes again and again. */
static bool
same_error_again(struct task *t, const struct http_reply *r)
{
	uint64_t h = hash_bytes(r->body.s, r->body.len);

	if (r->failure != HTTP_OK || (r->status != 500 && r->status != 0))
		return false;
	t->same_times = t->same_error == h ? t->same_times + 1 : 1;
	t->same_error = h;
	return t->same_times >= SAME_ERRORS;
}

/* The seconds that the server asks to wait, in a header or in its body; -1: it
 * does not say. */
static double
asked_for(const struct engine *e, const struct api_error *f,
    const struct http_reply *r)
{
	const struct transport *tr = &e->transport;
	double seconds;

	if (r->failure != HTTP_OK ||
	    !retry_after(r, tr->wall(tr->arg), &seconds))
		return f->wait;
	return fmax(seconds, f->wait);
}

/*
 * A server that has too many requests, and does not say for how long, counts
 * them by the minute: it is waited for longer each time, and for a minute
 * before it is given up.
 */
static double
congestion_wait(struct task *t, double random)
{
	double wait =
	    fmin(CONGESTION_BASE * pow(2, t->congested) * (1 + random / 4),
		BACKOFF_CAP);

	t->congested++;
	t->waited += wait;
	return wait;
}

/* True if all tries are used up. */
static bool
tried_enough(const struct engine *e, const struct task *t)
{
	return t->attempt > (unsigned)e->options->retries &&
	    (e->options->retries == 0 || t->congested == 0 ||
		t->waited >= CONGESTION_WAIT);
}

static void
retry(struct engine *e, struct task *t, const struct api_error *f,
    const struct http_reply *r)
{
	struct transport *tr = &e->transport;
	double now = tr->clock(tr->arg), asked = asked_for(e, f, r), wait;
	bool enough = tried_enough(e, t);

	if (f->congested)
		limiter_congested(&e->limiter, t->sent_at, now);
	if (f->congested && asked < 0)
		wait = congestion_wait(t, tr->random(tr->arg));
	else
		wait = retry_backoff(t->attempt - 1, BACKOFF_BASE, BACKOFF_CAP,
		    tr->random(tr->arg));
	if (asked >= 0) {
		wait = fmax(wait, asked);
		limiter_pause(&e->limiter, now + asked);
	}
	if (asked > PATIENCE) {
		engine_stop(e, "outage", EXIT_TRY_LATER, f->detail);
		engine_fail(e, t, f->code, f->detail);
		return;
	}
	if (now + wait >= e->deadline) {
		e->stats.failed++;
		engine_give_up(e, t, "deadline", f->detail);
		return;
	}
	if (enough) {
		engine_fail(e, t, f->code, f->detail);
		return;
	}
	if (same_error_again(t, r)) {
		t->attempt = 0;
		e->stats.retried++;
		if (t->n > 1)
			halve(e, t);
		else
			engine_fail(e, t, f->code, f->detail);
		return;
	}
	e->stats.retried++;
	again(e, t, now + wait);
}

/* One paper's question is refused.  Where others are answered it is this
 * paper's fault; where none is, and nobody said whose fault it is, it may be
 * an outage. */
static void
fail_alone(
    struct engine *e, struct task *t, const char *code, const char *detail)
{
	bool known = strcmp(code, "http") != 0 && strcmp(code, "too_long") != 0;

	if (!known && e->stats.ok == 0) {
		engine_fail(e, t, code, detail);
		return;
	}
	e->stats.failed++;
	engine_give_up(e, t, code, detail);
}

static void
bisect(struct engine *e, struct task *t, const struct api_error *f)
{
	if (t->n > 1) {
		e->stats.retried++;
		halve(e, t);
	} else {
		fail_alone(e, t, f->code, f->detail);
	}
}

static void
split(struct engine *e, struct task *t, const struct api_error *f)
{
	struct item *i = t->items[0];

	if (t->n > 1) {
		if (t->kind == TASK_SCORE && (long)(t->n / 2) < e->batch)
			e->batch = (long)(t->n / 2);
		e->stats.retried++;
		halve(e, t);
	} else if (!i->shortened && strlen(i->text.abstract) > SHORT_ABSTRACT) {
		i->shortened = true;
		i->text.abstract[utf8_cut(i->text.abstract,
		    strlen(i->text.abstract), SHORT_ABSTRACT)] = '\0';
		e->stats.retried++;
		again(e, t, 0);
	} else {
		fail_alone(e, t, "too_long", f->detail);
	}
}

/* False if there was nothing left of it. */
static bool
give_up_param(struct engine *e, const struct task *t, const struct api_error *f)
{
	long most = t->max_tokens; /* as it was sent */

	if (f->param != PARAM_SIZE)
		return abilities_lose(&e->can, f->param);
	/* What is left after this question may still be counted otherwise. */
	return abilities_shrink(
	    &e->can, f->left > 0 && f->left < most ? f->left : most / 2);
}

static void
lose_param(struct engine *e, struct task *t, const struct api_error *f)
{
	/* If another request has met the same refusal, this one goes again as
	 * things are now. */
	if (t->changes == e->can.changes) {
		if (!give_up_param(e, t, f)) {
			if (f->param == PARAM_SIZE)
				split(e, t, f);
			else
				bisect(e, t, f);
			return;
		}
		msg_warn("the server refused a parameter, going on without: %s",
		    f->detail);
	}
	e->stats.retried++;
	t->attempt = 0;
	again(e, t, 0);
}

static void
lengthen(struct engine *e, struct task *t, const struct api_error *f)
{
	if (t->n > 1) {
		e->stats.retried++;
		halve(e, t);
	} else if (t->round == 0 && e->can.most == 0) {
		t->round = 1;
		t->max_tokens *= 2;
		e->stats.retried++;
		again(e, t, 0);
	} else {
		e->stats.failed++;
		engine_give_up(e, t, f->code, f->detail);
	}
}

/* Asks again about the papers whose ratings are not good: fewer at a time. */
static void
ask_missing(struct engine *e, struct task *t, const bool *got, bool parsed)
{
	struct item **items = xreallocarray(NULL, t->n, sizeof(*items));
	size_t n = 0, size, take;
	const char *code = parsed ? "missing" : "parse";

	for (size_t k = 0; k < t->n; k++)
		if (!got[k])
			items[n++] = t->items[k];
	if (n > 0)
		stats_error(&e->stats, code);
	if (n > 0 && (e->stop != NULL || (t->n == 1 && t->round > 0))) {
		struct task *rest = task_new(t->kind, items, n, 0);

		if (e->stop != NULL)
			engine_give_up(e, rest, e->stop, e->stop_detail);
		else
			engine_fail(e, rest, code,
			    parsed ? "the answer has no valid rating for it"
				   : "the answer is not the JSON asked for");
		n = 0;
	}
	size = n == 0 ? 1 : task_even_size(n, (t->n + 1) / 2);
	for (size_t at = 0; at < n; at += take) {
		struct task *part;

		take = n - at < size ? n - at : size;
		part = task_new(t->kind, items + at, take, 0);
		part->vote = t->vote;
		part->round = t->round + 1;
		e->stats.retried++;
		queue_add(&e->queue, part);
	}
	free(items);
}

/* No rating in it is good. */
static void
ask_again(struct engine *e, struct task *t, const struct api_error *f)
{
	bool *got;

	if (t->kind == TASK_SCREEN) {
		engine_give_up(e, t, f->code, f->detail);
		return;
	}
	got = xcalloc(t->n, sizeof(*got));
	ask_missing(e, t, got, false);
	task_free(t);
	free(got);
}

static void
act(struct engine *e, struct task *t, const struct api_error *f,
    const struct http_reply *r)
{
	switch (f->action) {
	case ACTION_RETRY:
		retry(e, t, f, r);
		break;
	case ACTION_LOSE:
		lose_param(e, t, f);
		break;
	case ACTION_SPLIT:
		split(e, t, f);
		break;
	case ACTION_LENGTHEN:
		lengthen(e, t, f);
		break;
	case ACTION_BISECT:
		bisect(e, t, f);
		break;
	case ACTION_REASK:
		ask_again(e, t, f);
		break;
	case ACTION_STOP:
		e->stats.failed++;
		if (e->stop == NULL)
			advise(e, f->kind);
		engine_stop(e, f->code,
		    f->refused ? EXIT_REFUSED : EXIT_TRY_LATER, f->detail);
		engine_give_up(e, t, e->stop, e->stop_detail);
		break;
	default:
		engine_fail(e, t, f->code, f->detail);
		break;
	}
}

/* Answers */

/* Takes the ratings that are good, and asks again about the other papers. */
static void
read_ratings(struct engine *e, struct task *t, struct slice text)
{
	const cJSON **member = xreallocarray(NULL, t->n, sizeof(*member));
	bool *got = xcalloc(t->n, sizeof(*got));
	struct answer_json_counts counts = {0, 0};
	cJSON *tree = answer_json_parse(text);
	struct rating v;

	answer_json_members(tree, member, t->n, &counts);
	e->stats.unknown_keys += counts.unknown;
	e->stats.duplicate_keys += counts.duplicate;
	score_cache_begin(e->cache);
	for (size_t k = 0; k < t->n; k++) {
		if (!rating_read(
			&v, member[k], &e->prompt->axes, e->prompt->topics))
			continue;
		got[k] = true;
		e->failures = 0;
		engine_vote(e, t->items[k], &v);
	}
	score_cache_commit(e->cache);
	ask_missing(e, t, got, tree != NULL);
	task_free(t);
	cJSON_Delete(tree);
	free(member);
	free(got);
}

static void
answered(struct engine *e, struct task *t, struct slice text)
{
	if (t->kind == TASK_SCORE) {
		read_ratings(e, t, text);
		return;
	}
	e->failures = 0;
	if (titles_read(e, t, text)) {
		e->screening -= t->n;
		task_free(t);
		return;
	}
	stats_error(&e->stats, "parse");
	engine_give_up(
	    e, t, "parse", "the answer about titles is not the JSON asked for");
}

/* Cut, but with something in it: then only the rest is asked about again. */
static bool
is_partial(const struct task *t, const struct answer *a)
{
	cJSON *tree;
	bool some;

	if (t->kind != TASK_SCORE || t->n == 1)
		return false;
	tree = answer_json_parse(strbuf_slice(&a->text));
	some = tree != NULL && tree->child != NULL;
	cJSON_Delete(tree);
	return some;
}

/* The answer in a reply; false, with f saying why, if it holds none. */
static bool
take_answer(struct engine *e, struct task *t, const cJSON *root,
    struct api_error *f, struct answer *a)
{
	if (dialect_read(e->provider->dialect, a, root)) {
		engine_bill(e, t->reserved, a, t->tokens);
		limiter_good(&e->limiter);
		return true;
	}
	answer_release(a);
	*f = (struct api_error) {
	    .action = ACTION_RETRY,
	    .code = "http",
	    .kind = "no_answer",
	    .billed = true,
	    .detail = "a 200 without an answer in it",
	};
	return false;
}

static void
log_reply(const struct task *t, const struct http_reply *r,
    const struct api_error *f, double seconds)
{
	const char *id = http_header(r, "x-request-id");

	if (id == NULL)
		id = http_header(r, "request-id");
	msg_verbose("reply after %.2f s: %ld%s%s, %zu papers, try %u%s%s",
	    seconds, r->status, id != NULL ? ", request " : "",
	    id != NULL ? id : "", t->n, t->attempt,
	    f->action == ACTION_READ ? "" : ": ",
	    f->action == ACTION_READ ? "" : f->detail);
}

void
engine_reply(struct engine *e, struct task *t, const struct http_reply *r)
{
	struct transport *tr = &e->transport;
	double now = tr->clock(tr->arg);
	cJSON *root = r->failure == HTTP_OK
	    ? json_tree_parse(strbuf_slice(&r->body))
	    : NULL;
	struct api_error f;
	struct answer a;

	api_error_read(&f, r, root);
	api_key_redact(f.detail, e->key);
	log_reply(t, r, &f, now - t->sent_at);
	limiter_ended(&e->limiter);
	ratelimit_read(&e->limiter, r, now, tr->wall(tr->arg));
	if (f.action == ACTION_READ && take_answer(e, t, root, &f, &a)) {
		api_error_of_answer(&f, &a, t->bytes);
		if (f.action == ACTION_READ ||
		    (f.action == ACTION_LENGTHEN && is_partial(t, &a))) {
			answered(e, t, strbuf_slice(&a.text));
		} else {
			stats_error(&e->stats, f.kind);
			act(e, t, &f, r);
		}
		answer_release(&a);
	} else {
		if (f.billed)
			cost_forfeit(&e->cost, t->reserved);
		else
			cost_return(&e->cost, t->reserved);
		stats_error(&e->stats, f.kind);
		act(e, t, &f, r);
	}
	cJSON_Delete(root);
}
