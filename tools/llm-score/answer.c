/* SPDX-License-Identifier: ISC */
/* What an answer says of the papers it is about. */
#include <stdio.h>
#include <stdlib.h>

#include "common/base/xalloc.h"
#include "engine.h"
#include "local_id.h"
#include "outcome.h"
#include "titles.h"

/* No tokenizer makes so few tokens of a text: it was cut before it was read.
 * Every server has room for a short one, however it counts. */
#define BYTES_PER_TOKEN 6.5
#define SHORT_QUESTION	8192

/* Asks again about the papers whose verdicts are not good: fewer at a time. */
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
		tally_error(&e->tally, code);
	if (n > 0 && (e->stop != NULL || (t->n == 1 && t->round > 0))) {
		struct task *rest = task_new(t->kind, items, n, 0);

		if (e->stop != NULL)
			engine_give_up(e, rest, e->stop, e->stop_detail);
		else
			outcome_failed(e, rest, code,
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
		e->tally.retried++;
		queue_add(&e->queue, part);
	}
	free(items);
}

static void
read_verdicts(struct engine *e, struct task *t, struct slice text)
{
	const cJSON **member = xreallocarray(NULL, t->n, sizeof(*member));
	bool *got = xcalloc(t->n, sizeof(*got));
	struct local_counts counts = {0, 0};
	cJSON *tree = local_answer(text, e->can.format == FORMAT_PLAIN);
	struct verdict v;

	local_members(tree, member, t->n, &counts);
	e->tally.unknown_keys += counts.unknown;
	e->tally.duplicate_keys += counts.duplicate;
	score_cache_begin(e->cache);
	for (size_t k = 0; k < t->n; k++) {
		if (!verdict_read(
			&v, member[k], &e->prompt->scale, e->prompt->topics))
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
		read_verdicts(e, t, text);
		return;
	}
	e->failures = 0;
	e->screening -= t->n;
	titles_read(e, t, text);
	task_free(t);
}

/* Some servers cut a question that is too long without saying so. */
static bool
was_cut(const struct task *t, const struct usage *u)
{
	double read = u->input + u->cached + u->cache_write;

	return u->known && read > 0 && t->bytes > SHORT_QUESTION &&
	    read * BYTES_PER_TOKEN < (double)t->bytes;
}

void
answer_take(struct engine *e, struct task *t, const struct answer *a)
{
	struct fault f = {.code = "too_long", .detail = "it did not fit"};

	if (was_cut(t, &a->usage)) {
		tally_error(&e->tally, "cut");
		snprintf(f.detail, sizeof(f.detail),
		    "the server read only %.0f tokens of the question; give "
		    "its model a larger context",
		    a->usage.input + a->usage.cached + a->usage.cache_write);
		outcome_split(e, t, &f);
		return;
	}
	switch (a->finish) {
	case FINISH_DONE:
		answered(e, t, strbuf_slice(&a->text));
		break;
	case FINISH_LENGTH:
		tally_error(&e->tally, "length");
		outcome_lengthen(e, t);
		break;
	case FINISH_CONTEXT:
		tally_error(&e->tally, "context");
		outcome_split(e, t, &f);
		break;
	case FINISH_FILTER:
		tally_error(&e->tally, "filter");
		f.code = "filter";
		snprintf(f.detail, sizeof(f.detail), "withheld by a filter");
		outcome_bisect(e, t, &f);
		break;
	case FINISH_REFUSAL:
		tally_error(&e->tally, "refusal");
		f.code = "refusal";
		snprintf(f.detail, sizeof(f.detail), "the model refused");
		outcome_bisect(e, t, &f);
		break;
	}
}
