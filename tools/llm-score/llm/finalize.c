/* SPDX-License-Identifier: ISC */
/*
 * How a paper ends: put aside by its title, with its last vote, or without an
 * answer; and how it goes out.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/base/xalloc.h"
#include "common/json/json_write.h"
#include "llm/llm.h"

/* So many requests given up in a row are an outage. */
#define BREAKER 5

bool
titles_wanted(const struct engine *e, const struct item *i)
{
	return e->options->screen == SCREEN_TITLES && !i->spared && !i->suspect;
}

static void
set_screen(struct engine *e, struct item *i, bool keep)
{
	struct jsonw j = JSONW_INIT(&i->result.screen);

	strbuf_reset(&i->result.screen);
	jsonw_open(&j, '{');
	jsonw_bool(jsonw_key(&j, "keep"), keep);
	jsonw_str(jsonw_key(&j, "by"), "titles");
	jsonw_str(jsonw_key(&j, "model"), e->options->model);
	jsonw_close(&j, '}');
	i->result.screened = keep ? SCREENED_IN : SCREENED_OUT;
}

void
titles_keep(struct engine *e, struct item *i)
{
	if (e->options->screen_only)
		i->done = true;
	else if (e->stop != NULL)
		item_fail(i, e->stop, e->stop_detail);
	else
		item_list_add(&e->to_score, i);
}

/* Put aside, or on to the next question. */
static void
decide(struct engine *e, struct item *i, bool keep)
{
	set_screen(e, i, keep);
	if (keep)
		titles_keep(e, i);
	else
		i->done = true;
}

void
titles_take_cached(struct engine *e, struct item *i)
{
	struct strbuf value = STRBUF_INIT(16);
	bool keep;

	if (score_cache_get(e->cache, &i->screen_key, &value)) {
		keep = strcmp(value.s, "\"drop\"") != 0;
		set_screen(e, i, keep);
		i->done = !keep || e->options->screen_only;
		e->stats.from_cache += i->done;
	}
	strbuf_release(&value);
}

static bool
says(const cJSON *member, const char *word)
{
	const char *said = cJSON_GetStringValue(member);

	return said != NULL && strcmp(said, word) == 0;
}

bool
titles_read(struct engine *e, const struct task *t, struct slice text)
{
	const cJSON **member = xreallocarray(NULL, t->n, sizeof(*member));
	struct answer_json_counts counts = {0, 0};
	cJSON *tree = answer_json_parse(text);
	bool any = false;

	answer_json_members(tree, member, t->n, &counts);
	e->stats.unknown_keys += counts.unknown;
	e->stats.duplicate_keys += counts.duplicate;
	for (size_t k = 0; k < t->n; k++)
		any |= says(member[k], "drop") || says(member[k], "keep");
	score_cache_begin(e->cache);
	for (size_t k = 0; any && k < t->n; k++) {
		if (says(member[k], "drop")) {
			decide(e, t->items[k], false);
			score_cache_put(e->cache, &t->items[k]->screen_key,
			    SLICE_LIT("\"drop\""));
		} else if (says(member[k], "keep")) {
			decide(e, t->items[k], true);
			score_cache_put(e->cache, &t->items[k]->screen_key,
			    SLICE_LIT("\"keep\""));
		} else {
			titles_keep(e, t->items[k]);
		}
	}
	score_cache_commit(e->cache);
	cJSON_Delete(tree);
	free(member);
	return any;
}

/* Nothing was said of it.  Where its score is what counts, it gets one. */
static void
titles_unread(
    struct engine *e, struct item *i, const char *code, const char *detail)
{
	if (e->stop != NULL || e->options->screen_only) {
		item_fail(i, code, detail);
		return;
	}
	stats_unscreened(&e->stats, code, detail);
	titles_keep(e, i);
}

/* Votes */

void
engine_score(
    struct engine *e, struct item *i, const struct rating *rating, size_t votes)
{
	struct rating_origin origin = {
	    .backend = e->provider->dialect->name,
	    .model = e->options->model,
	    .prompt = e->prompt->hash,
	    .votes = e->options->votes > 1 ? (int)votes : 0,
	    .suspect = i->suspect,
	    .first = i->first,
	};

	rating_write(&i->result.score, rating, &e->prompt->axes, &origin);
	i->done = true;
}

static void
keep_rating(struct engine *e, const struct item *i, const struct rating *rating)
{
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);

	/* A score that some votes are missing from is not the one asked for. */
	if (i->nvotes == (size_t)e->options->votes) {
		rating_write(&b, rating, &e->prompt->axes, NULL);
		score_cache_put(e->cache, &i->key, strbuf_slice(&b));
	}
	strbuf_release(&b);
}

static void
end_item(struct engine *e, struct item *i)
{
	struct rating rating;

	if (i->nvotes == 0) {
		i->done = true;
		return;
	}
	rating_median(&rating, i->votes, i->nvotes, &e->prompt->axes);
	if (e->options->votes == 1)
		rating.mean = 0; /* it says nothing new */
	engine_score(e, i, &rating, i->nvotes);
	i->result.fewer_votes = i->nvotes < (size_t)e->options->votes;
	keep_rating(e, i, &rating);
	rating_release(&rating);
}

void
engine_vote(struct engine *e, struct item *i, const struct rating *v)
{
	i->votes = xreallocarray(i->votes, i->nvotes + 1, sizeof(*i->votes));
	i->votes[i->nvotes++] = *v;
	if (--i->asked == 0)
		end_item(e, i);
}

void
engine_no_vote(
    struct engine *e, struct item *i, const char *code, const char *detail)
{
	result_fail(&i->result, code, detail);
	if (--i->asked == 0)
		end_item(e, i);
}

void
engine_give_up(
    struct engine *e, struct task *t, const char *code, const char *detail)
{
	for (size_t k = 0; k < t->n; k++) {
		if (t->kind == TASK_SCORE)
			engine_no_vote(e, t->items[k], code, detail);
		else
			titles_unread(e, t->items[k], code, detail);
	}
	if (t->kind == TASK_SCREEN)
		e->screening -= t->n;
	task_free(t);
}

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

/* A request failed for good: too many in a row are an outage. */
static void
request_failed(struct engine *e, const char *detail)
{
	char why[256];

	e->stats.failed++;
	if (++e->failures < BREAKER)
		return;
	snprintf(why, sizeof(why),
	    "%d requests in a row failed; the last one: %.180s", BREAKER,
	    detail);
	engine_stop(e, "outage", EXIT_TRY_LATER, why);
}

void
engine_fail(
    struct engine *e, struct task *t, const char *code, const char *detail)
{
	engine_give_up(e, t, code, detail);
	request_failed(e, detail);
}

void
engine_bill(struct engine *e, double reserved, const struct answer *a,
    double question_tokens)
{
	struct stats *t = &e->stats;
	struct usage u = a->usage;

	t->input += u.input;
	t->cached += u.cached;
	t->cache_write += u.cache_write;
	t->output += u.output;
	t->reasoning += u.reasoning;
	t->ok++;
	/* What was not measured is estimated, for the account. */
	if (!u.known) {
		u.input = fmax(u.input, question_tokens);
		u.output = fmax(u.output, text_tokens(strbuf_slice(&a->text)));
	}
	cost_settle(
	    &e->cost, reserved, &u, e->transport.wall(e->transport.arg));
}

/* Papers that are done go out, in the order they came in. */

void
engine_write(struct engine *e)
{
	struct paper *p = &e->writing;
	struct item *i;

	while ((i = window_take_done(&e->window)) != NULL) {
		/* It was a record when it was read. */
		if (!paper_parse(p, (struct slice) {i->line, i->len}))
			abort();
		stats_count(&e->stats, &i->result);
		result_write(&i->result, e->options, p, e->out);
		item_free(i);
	}
}
