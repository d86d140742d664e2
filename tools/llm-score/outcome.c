/* SPDX-License-Identifier: ISC */
/* What follows from a reply. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "common/base/exitcode.h"
#include "common/base/msg.h"
#include "common/base/utf8.h"
#include "common/json/json_tree.h"
#include "common/net/retry.h"
#include "engine.h"
#include "fault.h"
#include "fnv.h"
#include "outcome.h"
#include "ratelimit.h"
#include "secret.h"

#define BACKOFF_BASE   0.5
#define BACKOFF_CAP    60.0
/* Whoever asks for more patience than this has no capacity today. */
#define PATIENCE       600.0
/* So many requests given up in a row are an outage. */
#define BREAKER	       5
/* So often the same 500 is believed to be the server's trouble. */
#define SAME_ERRORS    3
/* An abstract too long to be read alone is cut to this. */
#define SHORT_ABSTRACT 1000

void
engine_stop(struct engine *e, const char *code, int status, const char *detail)
{
	struct task *t;
	struct item *i;

	/* A refusal weighs more than what came before it. */
	if (e->stop != NULL && status <= e->stop_status)
		return;
	e->stop = code;
	e->stop_status = status;
	snprintf(e->stop_detail, sizeof(e->stop_detail), "%s", detail);
	msg_error("no more requests: %s", e->stop_detail);
	while ((t = queue_take(&e->queue, INFINITY)) != NULL)
		engine_give_up(e, t, code, e->stop_detail);
	while ((i = item_list_take(&e->to_screen)) != NULL)
		item_fail(i, code, e->stop_detail);
	while ((i = item_list_take(&e->to_score)) != NULL)
		item_fail(i, code, e->stop_detail);
}

/* What to look at, where somebody can put it right. */
static void
advise(const char *kind)
{
	static const struct {
		const char *kind, *advice;
	} rows[] = {
	    {"key",
		"is the key this provider's? It comes from the "
		"environment or --key-file"},
	    {"model",
		"is -m a model of this provider's, and --base-url "
		"its address?"},
	    {"permission",
		"may this key use this model? The provider's "
		"account page tells"},
	    {"quota",
		"the provider's account page tells what is left, and "
		"when there is more"},
	    {"redirect",
		"keys follow no redirect: give --base-url the "
		"address it leads to"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (strcmp(kind, rows[i].kind) == 0)
			msg_warn("%s", rows[i].advice);
}

/* A request failed for good: too many in a row are an outage. */
static void
request_failed(struct engine *e, const char *detail)
{
	char why[256];

	e->tally.failed++;
	if (++e->failures < BREAKER)
		return;
	snprintf(why, sizeof(why),
	    "%d requests in a row failed; the last one: %.180s", BREAKER,
	    detail);
	engine_stop(e, "outage", EXIT_TRY_LATER, why);
}

void
outcome_failed(
    struct engine *e, struct task *t, const char *code, const char *detail)
{
	engine_give_up(e, t, code, detail);
	request_failed(e, detail);
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

/* A server may answer 500 to what it cannot take: then the same 500 comes
 * again and again. */
static bool
same_error_again(struct task *t, const struct http_reply *r)
{
	uint64_t h = fnv1a(strbuf_slice(&r->body));

	if (r->failure != HTTP_OK || r->status != 500)
		return false;
	t->same_times = t->same_error == h ? t->same_times + 1 : 1;
	t->same_error = h;
	return t->same_times >= SAME_ERRORS;
}

static void
retry(struct engine *e, struct task *t, const struct fault *f,
    const struct http_reply *r)
{
	struct transport *tr = &e->transport;
	double now = tr->clock(tr->arg), asked = 0, wait;

	if (f->congested)
		limiter_congested(&e->limiter, t->sent_at, now);
	wait = retry_backoff(
	    t->attempt - 1, BACKOFF_BASE, BACKOFF_CAP, tr->random(tr->arg));
	if (r->failure == HTTP_OK &&
	    retry_after(r, tr->wall(tr->arg), &asked)) {
		wait = fmax(wait, asked);
		limiter_pause(&e->limiter, now + asked);
	}
	if (asked > PATIENCE) {
		engine_stop(e, "outage", EXIT_TRY_LATER, f->detail);
		outcome_failed(e, t, f->code, f->detail);
		return;
	}
	if (now + wait >= e->deadline) {
		e->tally.failed++;
		engine_give_up(e, t, "deadline", f->detail);
		return;
	}
	if (t->attempt > (unsigned)e->options->retries) {
		outcome_failed(e, t, f->code, f->detail);
		return;
	}
	if (same_error_again(t, r)) {
		t->attempt = 0;
		e->tally.retried++;
		if (t->n > 1)
			halve(e, t);
		else
			outcome_failed(e, t, f->code, f->detail);
		return;
	}
	e->tally.retried++;
	again(e, t, now + wait);
}

void
outcome_bisect(struct engine *e, struct task *t, const struct fault *f)
{
	if (t->n > 1) {
		e->tally.retried++;
		halve(e, t);
	} else if (strcmp(f->code, "http") == 0) {
		outcome_failed(e, t, f->code, f->detail);
	} else {
		e->tally.failed++;
		engine_give_up(e, t, f->code, f->detail);
	}
}

static void
lose_param(struct engine *e, struct task *t, const struct fault *f)
{
	/* If another request has met the same refusal, this one goes again as
	 * things are now. */
	if (t->changes == e->can.changes) {
		if (!abilities_lose(&e->can, f->param)) {
			outcome_bisect(e, t, f);
			return;
		}
		msg_warn("the server refused a parameter, going on without: %s",
		    f->detail);
	}
	e->tally.retried++;
	t->attempt = 0;
	again(e, t, 0);
}

void
outcome_split(struct engine *e, struct task *t, const struct fault *f)
{
	struct item *i = t->items[0];

	if (t->n > 1) {
		if (t->kind == TASK_SCORE && (long)(t->n / 2) < e->batch)
			e->batch = (long)(t->n / 2);
		e->tally.retried++;
		halve(e, t);
	} else if (!i->shortened && strlen(i->text.abstract) > SHORT_ABSTRACT) {
		i->shortened = true;
		i->text.abstract[utf8_cut(i->text.abstract,
		    strlen(i->text.abstract), SHORT_ABSTRACT)] = '\0';
		e->tally.retried++;
		again(e, t, 0);
	} else {
		outcome_failed(e, t, "too_long", f->detail);
	}
}

void
outcome_lengthen(struct engine *e, struct task *t)
{
	if (t->n > 1) {
		e->tally.retried++;
		halve(e, t);
	} else if (t->round == 0 && e->can.most == 0) {
		t->round = 1;
		t->max_tokens *= 2;
		e->tally.retried++;
		again(e, t, 0);
	} else {
		e->tally.failed++;
		engine_give_up(
		    e, t, "length", "the answer was cut by its length");
	}
}

static void
act(struct engine *e, struct task *t, const struct fault *f,
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
		outcome_split(e, t, f);
		break;
	case ACTION_BISECT:
		outcome_bisect(e, t, f);
		break;
	case ACTION_STOP:
		e->tally.failed++;
		if (e->stop == NULL)
			advise(f->kind);
		engine_stop(e, f->code,
		    f->refused ? EXIT_REFUSED : EXIT_TRY_LATER, f->detail);
		engine_give_up(e, t, e->stop, e->stop_detail);
		break;
	default:
		outcome_failed(e, t, f->code, f->detail);
		break;
	}
}

/* The answer in a reply; false, with f saying why, if it holds none. */
static bool
take_answer(struct engine *e, struct task *t, const cJSON *root,
    struct fault *f, struct answer *a)
{
	if (e->provider->dialect->read(a, root)) {
		cost_settle(&e->cost, t->reserved, &a->usage);
		tally_usage(&e->tally, &a->usage);
		e->tally.ok++;
		limiter_good(&e->limiter);
		return true;
	}
	answer_release(a);
	*f = (struct fault) {
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
    const struct fault *f, double seconds)
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
engine_outcome(struct engine *e, struct task *t, const struct http_reply *r)
{
	struct transport *tr = &e->transport;
	double now = tr->clock(tr->arg);
	cJSON *root = r->failure == HTTP_OK
	    ? json_tree_parse(strbuf_slice(&r->body))
	    : NULL;
	struct fault f;
	struct answer a;

	fault_read(&f, r, root);
	secret_redact(f.detail, e->key);
	log_reply(t, r, &f, now - t->sent_at);
	limiter_ended(&e->limiter);
	ratelimit_read(&e->limiter, r, now, tr->wall(tr->arg));
	if (f.action == ACTION_READ && take_answer(e, t, root, &f, &a)) {
		answer_take(e, t, &a);
		answer_release(&a);
	} else {
		if (f.billed)
			cost_forfeit(&e->cost, t->reserved);
		else
			cost_return(&e->cost, t->reserved);
		tally_error(&e->tally, f.kind);
		act(e, t, &f, r);
	}
	cJSON_Delete(root);
}
