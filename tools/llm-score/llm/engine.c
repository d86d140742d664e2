/* SPDX-License-Identifier: ISC */
#include "llm/engine.h"

#include <math.h>
#include <poll.h>
#include <string.h>

#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "llm/cost.h"
#include "llm/limiter.h"
#include "llm/paper_queue.h"
#include "llm/prompt.h"
#include "result.h"

/* How long answers that are on their way are waited for after a signal, or
 * when there is nobody left to read them. */
#define GRACE	  2.0
/* A signal between a check and a sleep is noticed this much later. */
#define NAP	  0.5
#define NAP_LIMIT 1e6
/* So often whoever watches is told how long it still takes. */
#define TICK	  1.0

/* Providers cache prefixes of at least so many tokens. */
#define CACHEABLE 1024

void
engine_init(struct engine *e)
{
	const struct options *o = e->options;
	double now = e->transport.clock(e->transport.arg);
	bool alone =
	    text_tokens(strbuf_slice(&e->prompt->system[0])) >= CACHEABLE;

	e->can = (struct abilities) {
	    .format = e->provider->format,
	    .limit = e->provider->limit,
	};
	abilities_without(&e->can, e->provider->dialect->refuses);
	abilities_without(&e->can, e->model.refuses);
	limiter_init(&e->limiter, o->jobs, o->rpm, o->tpm, alone);
	window_init(&e->window);
	e->batch = o->batch;
	e->started = now;
	e->deadline = o->max_time > 0 ? now + o->max_time : INFINITY;
	e->grace = INFINITY;
	paper_init(&e->reading);
	paper_init(&e->writing);
}

void
engine_release(struct engine *e)
{
	limiter_release(&e->limiter);
	window_free(&e->window);
	paper_release(&e->reading);
	paper_release(&e->writing);
}

/* True if a line can be had without waiting for whoever writes our input. */
static bool
input_ready(const struct line_reader *in)
{
	struct pollfd p = {.fd = in->fd, .events = POLLIN};

	if (in->fd == -1 ||
	    memchr(in->buf + in->start, '\n', in->end - in->start) != NULL)
		return true;
	return poll(&p, 1, 0) > 0;
}

/* There is something to do while the input is silent. */
static bool
busy(const struct engine *e)
{
	return e->in_flight > 0 || e->queue.n > 0 ||
	    e->to_screen.n >= TITLES_BATCH || e->to_score.n >= (size_t)e->batch;
}

static void
read_papers(struct engine *e)
{
	while (!e->ended && !window_full(&e->window)) {
		if (busy(e) && !input_ready(e->in))
			return;
		if (!paper_read(e->in, &e->reading)) {
			e->ended = true;
			return;
		}
		engine_enqueue(
		    e, window_add(&e->window, &e->reading), &e->reading);
	}
}

/* Reasons to stop that no reply brings. */
static void
check_stops(struct engine *e, double now)
{
	if (e->out->failed) {
		engine_stop(e, "interrupted", EXIT_SOME_FAILED,
		    "the output cannot be written");
		e->grace = fmin(e->grace, now + GRACE);
	}
	if (now >= e->deadline)
		engine_stop(e, "deadline", EXIT_OK,
		    "the time allowed by --max-time is over");
	if (e->transport.stopping(e->transport.arg)) {
		engine_stop(e, "interrupted", EXIT_SOME_FAILED,
		    "a signal ended the run");
		e->grace = fmin(e->grace, now + GRACE);
		e->ended = true;
	}
}

/* What is still on its way is given up. */
static void
abandon(struct engine *e)
{
	struct task *t;

	while ((t = e->flying) != NULL) {
		e->flying = t->next;
		e->in_flight--;
		cost_forfeit(&e->cost, t->reserved);
		e->stats.failed++;
		engine_give_up(e, t, e->stop, e->stop_detail);
	}
}

static void
unlink_flying(struct engine *e, const struct task *t)
{
	struct task **at = &e->flying;

	while (*at != t)
		at = &(*at)->next;
	*at = t->next;
	e->in_flight--;
}

static void
take_reply(struct engine *e, double timeout)
{
	struct transport *t = &e->transport;
	struct http_request *r;
	struct http_reply reply;
	struct task *task;
	int ms = timeout > NAP_LIMIT ? -1 : (int)(timeout * 1000) + 1;

	if ((r = t->next(t->arg, ms, &reply)) == NULL)
		return;
	task = r->user;
	http_request_free(r);
	unlink_flying(e, task);
	engine_reply(e, task, &reply);
	http_reply_release(&reply);
}

static void
wait_for_something(struct engine *e, double until)
{
	struct transport *t = &e->transport;
	double wait = fmax(0, until - t->clock(t->arg));

	if (progress_wanted())
		wait = fmin(wait, TICK);

	if (e->in_flight > 0)
		take_reply(e, wait);
	else if (e->window.head != NULL && wait > 0)
		t->sleep(t->arg, fmin(wait, NAP));
}

/* How far the run is, for its terminal. */
static void
add_progress(struct strbuf *b, const struct engine *e, double seconds)
{
	const struct stats *t = &e->stats;
	size_t to_go = e->window.n;
	uint64_t asked = t->scored + t->unscored - t->cached_scores;
	uint64_t done = t->scored + t->unscored + t->screened_out;

	strbuf_addf(b, "%llu of %llu%s", (unsigned long long)done,
	    (unsigned long long)(done + to_go), e->ended ? "" : " or more");
	if (t->screened_out > 0)
		strbuf_addf(
		    b, ", %llu put aside", (unsigned long long)t->screened_out);
	if (t->unscored > 0)
		strbuf_addf(b, ", %llu without a score",
		    (unsigned long long)t->unscored);
	strbuf_addf(b, ", %zu in flight", e->in_flight);
	if (e->cost.prices.n > 0)
		strbuf_addf(b, ", $%.4f", cost_total(&e->cost));
	/* The first answers tell how fast the others will come. */
	if (asked > 0 && to_go > 0 && e->stop == NULL) {
		strbuf_addstr(b, ", about ");
		progress_duration(b, seconds * (double)to_go / (double)asked);
		strbuf_addstr(b, " left");
	}
}

/* Draws it when it is time to. */
static void
show_progress(const struct engine *e)
{
	double now = e->transport.clock(e->transport.arg);
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);

	if (!progress_due(now))
		return;
	add_progress(&b, e, now - e->started);
	progress_show(strbuf_slice(&b));
	strbuf_release(&b);
}

int
engine_run(struct engine *e)
{
	struct transport *t = &e->transport;
	double now, until;
	int status;

	for (;;) {
		engine_write(e); /* before reading may have to wait */
		read_papers(e);
		engine_write(e);
		now = t->clock(t->arg);
		check_stops(e, now);
		if (now >= e->grace)
			abandon(e);
		until = engine_dispatch(e, now);
		engine_write(e);
		show_progress(e);
		if (e->ended && e->window.head == NULL)
			break;
		until = fmin(until, fmin(e->deadline, e->grace));
		if (e->in_flight > 0 || e->ended || busy(e))
			wait_for_something(e, until);
	}
	progress_hide();
	status = stats_status(&e->stats, e->options);
	return e->stop_status > status ? e->stop_status : status;
}
