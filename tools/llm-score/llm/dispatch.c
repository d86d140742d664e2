/* SPDX-License-Identifier: ISC */
/* Which question is next, and sending it. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/hash.h"
#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/base/xalloc.h"
#include "llm/llm.h"

/* Votes and rounds in one number, so that a question that is asked again has
 * another marker. */
#define ROUNDS 64

/* Making questions of papers that wait */

/* Depends on what is asked, not on whom. */
static uint64_t
seed_of(const struct engine *e, const struct item *first, int vote)
{
	const char *prompt = e->prompt->hash, *title = first->text.title;

	return hash_bytes(prompt, strlen(prompt)) ^
	    hash_bytes(title, strlen(title)) ^ (uint64_t)vote;
}

static void
ask_about(struct engine *e, struct item *const *items, size_t n)
{
	for (size_t i = 0; i < n; i++)
		items[i]->asked = (unsigned)e->options->votes;
	for (int vote = 0; vote < e->options->votes; vote++) {
		struct task *t = task_new(TASK_SCORE, items, n, 0);

		t->vote = vote;
		task_shuffle(t, seed_of(e, items[0], vote));
		queue_add(&e->queue, t);
	}
}

/* Takes up to max papers; a suspect one goes alone, so it ends the batch
 * before it. */
size_t
engine_take_batch(struct item_list *l, struct item **items, size_t max)
{
	size_t n = 0;

	while (n < max && l->head != NULL) {
		if (l->head->suspect && n > 0)
			break;
		items[n++] = item_list_take(l);
		if (items[n - 1]->suspect)
			break;
	}
	return n;
}

/* Batches are even where nothing more can come; before that, they are full, so
 * that they do not depend on how fast the papers come. */
static size_t
batch_size(size_t waiting, size_t batch, bool all)
{
	return all ? task_even_size(waiting, batch) : batch;
}

static void
make_score_task(struct engine *e, bool all)
{
	size_t max = batch_size(e->to_score.n, (size_t)e->batch, all), n;
	struct item **items = xreallocarray(NULL, max, sizeof(*items));

	n = engine_take_batch(&e->to_score, items, max);
	ask_about(e, items, n);
	free(items);
}

static void
make_screen_task(struct engine *e, bool all)
{
	size_t max = batch_size(e->to_screen.n, TITLES_BATCH, all), n = 0;
	struct item **items = xreallocarray(NULL, max, sizeof(*items));

	while (n < max)
		items[n++] = item_list_take(&e->to_screen);
	queue_add(&e->queue, task_new(TASK_SCREEN, items, n, 0));
	e->screening += n;
	free(items);
}

/* Queues one more question; false if nothing waits, or if a larger batch may
 * still come together. */
static bool
make_task(struct engine *e)
{
	bool all_read = e->ended || window_full(&e->window);

	if (e->to_screen.n >= TITLES_BATCH ||
	    (e->to_screen.n > 0 && all_read)) {
		make_screen_task(e, all_read);
		return true;
	}
	if (e->to_score.n >= (size_t)e->batch ||
	    (e->to_score.n > 0 && all_read && e->screening == 0)) {
		make_score_task(e, all_read && e->screening == 0);
		return true;
	}
	return false;
}

/* Sending one */

static void
write_texts(const struct engine *e, const struct task *t, struct question *q)
{
	const struct text **texts = xreallocarray(NULL, t->n, sizeof(*texts));

	for (size_t i = 0; i < t->n; i++)
		texts[i] = &t->items[i]->text;
	if (t->kind == TASK_SCREEN) {
		prompt_titles(&q->user, e->prompt, texts, t->n);
		prompt_screen_schema(&q->schema, t->n);
	} else {
		prompt_papers(&q->user, e->prompt, texts, t->n,
		    t->vote * ROUNDS + t->round);
		prompt_schema(&q->schema, e->prompt, t->n,
		    (e->can.dropped & 1u << PARAM_LENGTHS) == 0);
	}
	free(texts);
}

void
question_make(const struct engine *e, struct task *t, struct question *q)
{
	const struct options *o = e->options;

	strbuf_init(&q->user, STRBUF_MAX);
	strbuf_init(&q->schema, STRBUF_MAX);
	write_texts(e, t, q);
	if (e->can.most > 0 && t->max_tokens > e->can.most)
		t->max_tokens = e->can.most;
	q->call = (struct call) {
	    .model = o->model,
	    .effort = effort_names[o->effort],
	    .tier = o->tier,
	    .system = strbuf_slice(t->kind == TASK_SCREEN
		    ? &e->prompt->screen
		    : &e->prompt->system[(size_t)t->vote % e->prompt->systems]),
	    .user = strbuf_slice(&q->user),
	    .schema = strbuf_slice(&q->schema),
	    .max_tokens = t->max_tokens,
	    .can = e->can,
	};
	t->bytes = q->call.system.n + q->user.len;
	t->tokens = text_tokens(q->call.system) + text_tokens(q->call.user);
}

void
question_release(struct question *q)
{
	strbuf_release(&q->user);
	strbuf_release(&q->schema);
}

static long
timeout_ms(const struct engine *e, double now)
{
	double s = (double)e->options->timeout;

	return (long)(fmin(s, fmax(0.001, e->deadline - now)) * 1000);
}

static void
send_question(
    struct engine *e, struct task *t, const struct question *q, double now)
{
	struct http_request *r = http_request_new(e->url);

	provider_headers(e->provider, e->key, &r->headers);
	e->provider->dialect->write(&r->body, &q->call, e->provider->extra);
	r->timeout_ms = timeout_ms(e, now);
	r->user = t;
	t->sent_at = now;
	t->changes = e->can.changes;
	t->attempt++;
	t->next = e->flying;
	e->flying = t;
	e->in_flight++;
	limiter_sent(&e->limiter, now, t->tokens);
	e->stats.sent++;
	msg_verbose("request %llu: %zu papers, about %.0f tokens",
	    (unsigned long long)e->stats.sent, t->n, t->tokens);
	e->transport.start(e->transport.arg, r);
}

/* The most it can cost. */
static double
question_worst(
    const struct engine *e, const struct task *t, const struct question *q)
{
	return cost_worst(&e->cost,
	    t->bytes + q->schema.len + TASK_OVERHEAD_BYTES, t->max_tokens,
	    e->transport.wall(e->transport.arg));
}

bool
question_allowed(struct engine *e, struct task *t, const struct question *q)
{
	t->reserved = question_worst(e, t, q);
	if (e->cost.limit >= 0 && e->can.limit == LIMIT_NONE) {
		engine_stop(e, "budget", EXIT_SOME_FAILED,
		    "the server takes no bound on its answers, so the cost "
		    "cannot be kept below --max-cost");
		return false;
	}
	if (e->options->max_requests > 0 &&
	    e->stats.sent + e->emitted >= (uint64_t)e->options->max_requests) {
		engine_stop(e, "budget", EXIT_SOME_FAILED,
		    e->emitted > 0 ? "--max-requests are written"
				   : "--max-requests are sent");
		return false;
	}
	if (cost_reserve(&e->cost, t->reserved))
		return true;
	/* What is in flight may turn out cheaper than was set aside. */
	if (e->in_flight == 0)
		engine_stop(e, "budget", EXIT_SOME_FAILED,
		    "the next request might pass --max-cost");
	return false;
}

/* Sends t or puts it back; returns when to come back, 0 if it was sent. */
static double
try_send(struct engine *e, struct task *t, double now)
{
	struct question q;
	double wait;

	question_make(e, t, &q);
	wait = limiter_wait(&e->limiter, now, e->in_flight, t->tokens);
	if (wait == 0 && question_allowed(e, t, &q)) {
		send_question(e, t, &q, now);
		question_release(&q);
		return 0;
	}
	question_release(&q);
	if (e->stop != NULL)
		engine_give_up(e, t, e->stop, e->stop_detail);
	else
		queue_add(&e->queue, t);
	return wait > 0 ? now + wait : INFINITY;
}

double
engine_dispatch(struct engine *e, double now)
{
	struct task *t;
	double until;

	for (;;) {
		if (e->stop != NULL)
			return INFINITY;
		/* Nothing can go: do not make questions too early. */
		if (limiter_wait(&e->limiter, now, e->in_flight, 0) < 0)
			return INFINITY;
		t = queue_take(&e->queue, now);
		if (t == NULL && make_task(e))
			t = queue_take(&e->queue, now);
		if (t == NULL)
			return queue_next_time(&e->queue);
		until = try_send(e, t, now);
		if (until > 0)
			return until;
	}
}
