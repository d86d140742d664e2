/* SPDX-License-Identifier: ISC */
#include "common/base/date.h"
#include "common/base/run_state.h"
#include "common/base/strbuf.h"
#include "common/cli/run.h"
#include "llm/llm.h"

/* Tokens of a usual rating, and of the markers and labels of a paper. */
#define RATING_TOKENS 130
#define TITLE_TOKENS  8
#define MARKER_TOKENS 40
#define MARKER_BYTES  100

/* Papers that would be asked about in one way. */
struct share {
	size_t papers, alone; /* alone: those that share no request */
	double tokens;
	size_t bytes;
};

/* What requests would take. */
struct estimate {
	uint64_t papers; /* all, and those that are asked about */
	uint64_t asked;
	size_t requests;
	double in, out; /* tokens, likely */
	double worst; /* USD */
};

static void
add_paper(struct share *s, const struct item *i, bool title_only)
{
	size_t n = strlen(i->text.title);

	s->papers++;
	s->alone += i->suspect && !title_only;
	s->tokens += MARKER_TOKENS + text_tokens(slice_of(i->text.title));
	if (!title_only) {
		n += strlen(i->text.abstract);
		s->tokens += text_tokens(slice_of(i->text.abstract));
	}
	s->bytes += n + MARKER_BYTES;
}

/* Takes in the papers that are read, and lets them go. */
static void
drain(struct engine *e, struct share *screen, struct share *score)
{
	struct item *i;

	while ((i = item_list_take(&e->to_screen)) != NULL) {
		add_paper(screen, i, true);
		if (!e->options->screen_only)
			add_paper(score, i, false);
		i->done = true;
	}
	while ((i = item_list_take(&e->to_score)) != NULL) {
		add_paper(score, i, false);
		i->done = true;
	}
	while ((i = window_take_done(&e->window)) != NULL) {
		if (i->result.code != NULL)
			e->stats.unscored++;
		item_free(i);
	}
}

static void
add_requests(struct estimate *to, const struct engine *e, const struct share *s,
    enum task_kind kind)
{
	bool score = kind == TASK_SCORE;
	const struct strbuf *fixed =
	    score ? &e->prompt->system[0] : &e->prompt->screen;
	size_t batch = score ? (size_t)e->options->batch : TITLES_BATCH;
	size_t times = score ? (size_t)e->options->votes : 1;
	size_t n = s->alone + (s->papers - s->alone + batch - 1) / batch;
	struct strbuf schema = STRBUF_INIT(STRBUF_MAX);
	size_t bytes;
	long bound;

	if (s->papers == 0)
		return;
	if (score)
		prompt_schema(&schema, e->prompt, batch, true);
	else
		prompt_screen_schema(&schema, batch);
	bytes = n * (fixed->len + schema.len + TASK_OVERHEAD_BYTES) + s->bytes;
	bound = (long)n * task_max_tokens(kind, 0) +
	    (task_max_tokens(kind, 1) - task_max_tokens(kind, 0)) *
		(long)s->papers;
	to->requests += times * n;
	to->in += (double)times *
	    ((double)n * text_tokens(strbuf_slice(fixed)) + s->tokens);
	to->out += (double)(times * s->papers) *
	    (score ? RATING_TOKENS : TITLE_TOKENS);
	to->worst += (double)times * cost_worst(&e->cost, bytes, bound, now());
	strbuf_release(&schema);
}

/* In the tier asked for, now. */
static double
likely(const struct engine *e, const struct estimate *m)
{
	struct price p =
	    prices_at(&e->cost.prices, m->in / (double)m->requests, now());

	return m->in * p.input[e->cost.tier] + m->out * p.output[e->cost.tier];
}

/* Nobody knows how much a model will reason; the worst cost has room for it. */
static bool
may_reason(const struct engine *e)
{
	return e->model.thinks != THINKS_NO &&
	    e->options->effort != EFFORT_NONE;
}

static void
write_estimate(struct engine *e, const struct estimate *m)
{
	const struct stats *t = &e->stats;
	uint64_t settled = m->papers - m->asked - t->from_cache - t->unscored;
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);

	strbuf_addf(&b,
	    "papers    %llu, of which %llu are in the cache, %llu cannot and "
	    "%llu need not be asked about\n"
	    "requests  %zu\n"
	    "tokens    about %.0f in, %.0f out%s\n",
	    (unsigned long long)m->papers, (unsigned long long)t->from_cache,
	    (unsigned long long)t->unscored, (unsigned long long)settled,
	    m->requests, m->in, m->out,
	    may_reason(e) ? " without reasoning" : "");
	if (e->cost.prices.n > 0)
		strbuf_addf(&b, "cost      $%.4f likely%s, $%.4f at worst\n",
		    likely(e, m),
		    may_reason(e) && e->model.thinks == THINKS_YES
			? " before reasoning"
			: "",
		    m->worst);
	else
		strbuf_addf(&b, "cost      unknown: no price for %s\n",
		    e->options->model);
	output_write(e->out, b.s, b.len);
	strbuf_release(&b);
}

int
dry_run(struct engine *e)
{
	struct share screen = {.papers = 0}, score = {.papers = 0};
	struct estimate m = {.papers = 0};

	while (paper_read(e->in, &e->reading)) {
		engine_enqueue(
		    e, window_add(&e->window, &e->reading), &e->reading);
		drain(e, &screen, &score);
	}
	m.papers = run_counts.in - run_counts.failed;
	/* Those that are screened first are asked about again. */
	m.asked = e->options->screen_only ? screen.papers : score.papers;
	add_requests(&m, e, &screen, TASK_SCREEN);
	add_requests(&m, e, &score, TASK_SCORE);
	write_estimate(e, &m);
	run_dropped("dry_run", m.papers);
	return EXIT_OK;
}
