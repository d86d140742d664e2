/* SPDX-License-Identifier: ISC */
/* --emit-batch */
#include <stdlib.h>

#include "common/base/exitcode.h"
#include "common/cli/run.h"
#include "common/json/json_write.h"
#include "batch_api.h"
#include "batch_id.h"

static void
write_line(struct engine *e, struct slice id, struct slice body)
{
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);
	struct jsonw j = JSONW_INIT(&b);

	jsonw_open(&j, '{');
	jsonw_key(&j, "custom_id");
	jsonw_slice(&j, id);
	if (e->provider->dialect == &dialect_openai) {
		jsonw_key(&j, "method");
		jsonw_str(&j, "POST");
		jsonw_key(&j, "url");
		jsonw_str(&j, "/v1/chat/completions");
		jsonw_key(&j, "body");
	} else {
		jsonw_key(&j, "params");
	}
	jsonw_raw(&j, body);
	jsonw_close(&j, '}');
	/* A request is no record: the papers are accounted for below. */
	strbuf_addch(&b, '\n');
	output_write(e->out, b.s, b.len);
	strbuf_release(&b);
}

/* Writes the request; false if the money does not suffice. */
static bool
emit_task(struct engine *e, struct task *t)
{
	struct strbuf id = STRBUF_INIT(128), body = STRBUF_INIT(STRBUF_MAX);
	struct question q;
	bool paid;

	question_make(e, t, &q);
	paid = cost_reserve(&e->cost, question_worst(e, t, &q));
	if (paid) {
		batch_id_write(&id, t);
		e->provider->dialect->write(&body, &q.call, e->provider->extra);
		write_line(e, strbuf_slice(&id), strbuf_slice(&body));
	} else {
		engine_stop(e, "budget", EXIT_SOME_FAILED,
		    "the next request might pass --max-cost");
	}
	strbuf_release(&id);
	strbuf_release(&body);
	question_release(&q);
	return paid;
}

/* One batch of those that wait, as often as there are votes. */
static void
emit_batch(struct engine *e, size_t most)
{
	struct item *items[BATCH_API_MOST];
	size_t n = engine_take_batch(&e->to_score, items, most);
	bool paid = true;

	for (int vote = 0; vote < e->options->votes; vote++) {
		struct task *t = task_new(TASK_SCORE, items, n, 0);

		t->vote = vote;
		task_shuffle(t, items[0]->key.b[0] + (uint64_t)vote);
		paid = paid && emit_task(e, t);
		task_free(t);
	}
	for (size_t i = 0; i < n; i++) {
		items[i]->done = true;
		e->tally.unscored += !paid;
	}
}

static void
forget_done(struct engine *e)
{
	struct item *i;

	while ((i = window_take_done(&e->window)) != NULL) {
		e->tally.unscored += i->code != NULL;
		item_free(i);
	}
}

int
batch_emit(struct engine *e)
{
	size_t most = (size_t)e->options->batch;

	if (most > BATCH_API_MOST)
		most = BATCH_API_MOST;
	e->cost.batch = true;
	while (paper_read(e->in, &e->reading)) {
		engine_admit(
		    e, window_add(&e->window, &e->reading), &e->reading);
		if (e->to_score.n >= most)
			emit_batch(e, most);
		forget_done(e);
	}
	while (e->to_score.n > 0)
		emit_batch(e, most);
	forget_done(e);
	run_dropped("batch", run_counts.in - run_counts.failed);
	return e->tally.unscored > 0 ? EXIT_SOME_FAILED : EXIT_OK;
}
