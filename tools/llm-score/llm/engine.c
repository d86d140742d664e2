/* SPDX-License-Identifier: ISC */
#include "llm/llm.h"

#include <math.h>
#include <poll.h>
#include <stddef.h>
#include <string.h>

#include "common/base/hash.h"
#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/base/strbuf.h"
#include "common/base/xalloc.h"
#include "common/json/jq_program.h"
#include "common/json/json_tree.h"

/* What is known of a paper before anything is asked about it. */

/* Changes when the same question may get another answer. */
#define KEY_VERSION 1

static void
hash_common(struct sha256 *h, const struct engine *e, const char *what)
{
	const struct options *o = e->options;
	const char *effort = effort_names[o->effort];

	sha256_init(h);
	sha256_number(h, KEY_VERSION);
	sha256_field(h, slice_of(what));
	sha256_field(h, slice_of(e->provider->dialect->name));
	sha256_field(h, slice_of(e->url));
	sha256_field(h, slice_of(o->model));
	sha256_field(h, slice_of(effort != NULL ? effort : ""));
}

static void
hash_digest(struct sha256 *h, const struct sha256_digest *d)
{
	sha256_field(h, (struct slice) {(const char *)d->b, sizeof(d->b)});
}

/* The keys of the cache for a paper whose text is made. */
static void
make_keys(const struct engine *e, struct item *i)
{
	struct sha256 h;

	hash_common(&h, e, "score");
	sha256_number(&h, e->options->votes);
	if (e->options->votes > 1)
		sha256_field(&h, SLICE_LIT("criteria in turn"));
	hash_digest(&h, &e->prompt->digest);
	sha256_field(&h, slice_of(i->text.title));
	sha256_field(&h, slice_of(i->text.abstract));
	i->key = sha256_end(&h);

	hash_common(&h, e, "screen");
	hash_digest(&h, &e->prompt->screen_digest);
	sha256_field(&h, slice_of(i->text.title));
	i->screen_key = sha256_end(&h);
}

/* Takes the score from the cache; false if it has none. */
static bool
take_cached(struct engine *e, struct item *i)
{
	struct strbuf value = STRBUF_INIT(STRBUF_MAX);
	struct rating rating;
	cJSON *tree = NULL;

	if (score_cache_get(e->cache, &i->key, &value) &&
	    (tree = json_tree_parse(strbuf_slice(&value))) != NULL &&
	    rating_read(&rating, tree, &e->prompt->axes, e->prompt->topics)) {
		if (e->options->votes > 1)
			rating.mean =
			    cJSON_GetNumberValue(json_tree_get(tree, "mean"));
		engine_score(e, i, &rating, (size_t)e->options->votes);
		rating_release(&rating);
		i->result.cached = true;
		e->stats.from_cache++;
	}
	cJSON_Delete(tree);
	strbuf_release(&value);
	return i->done;
}

static void
queue_item(struct engine *e, struct item *i)
{
	if (titles_wanted(e, i) && i->result.screened == SCREENED_NOT)
		item_list_add(&e->to_screen, i);
	else
		titles_keep(e, i);
}

/* True if the paper is to have a second look; its score so far is kept. */
static bool
is_doubtful(struct engine *e, struct item *i, const struct paper *p)
{
	const struct json_member *score = p->key[PAPER_SCORE];
	const char *why;
	enum jq_verdict verdict = jq_program_test(e->rescore, p->line, &why);

	if (verdict == JQ_FAILED)
		msg_error_at(p->file, p->lineno, "--rescore: %s", why);
	if (verdict != JQ_YES)
		return false;
	if (paper_has(p, PAPER_SCORE))
		i->first = xmemdup0(score->value.raw.p, score->value.raw.n);
	i->result.keep = i->first != NULL;
	return true;
}

void
engine_enqueue(struct engine *e, struct item *i, struct paper *p)
{
	const struct options *o = e->options;

	i->result.pass = i->done = e->rescore != NULL && !is_doubtful(e, i, p);
	if (!i->done)
		i->done = result_is_settled(&i->result, o, e->screen, p);
	if (i->done)
		return;
	text_make(&i->text, paper_text(p, PAPER_TITLE),
	    paper_text(p, PAPER_ABSTRACT));
	if (*i->text.title == '\0' || *i->text.abstract == '\0') {
		item_fail(i, "no_text", "title or abstract is missing");
		return;
	}
	i->suspect = prompt_injection(&i->text);
	e->stats.suspect += i->suspect;
	i->spared = paper_is_spared(p);
	make_keys(e, i);
	if (titles_wanted(e, i))
		titles_take_cached(e, i);
	if (i->done || (!o->screen_only && take_cached(e, i)))
		return;
	if (e->stop != NULL)
		item_fail(i, e->stop, e->stop_detail);
	else if (e->answer != NULL)
		e->answer(e, i);
	else if (o->cache_only)
		item_fail(i, "uncached", "no answer is kept");
	else
		queue_item(e, i);
}

/* The run. */

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
engine_suggest_model(const struct engine *e)
{
	if (*e->likely != '\0')
		msg_warn("%s is not known; did you mean %s?", e->options->model,
		    e->likely);
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
	unsigned long long done = t->scored + t->unscored + t->screened_out;

	strbuf_addf(b, "%llu of %llu%s", done, done + to_go,
	    e->ended ? "" : " or more");
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
