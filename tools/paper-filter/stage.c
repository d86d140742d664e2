/* SPDX-License-Identifier: ISC */
/*
 * What depends on the other records that passed, in this order: duplicates
 * go, a sample is drawn, the rest is sorted, the first N are taken.  Each of
 * them holds records only as long as it must.
 */
#include <stdlib.h>
#include <string.h>

#include "common/base/hash.h"
#include "common/base/msg.h"
#include "common/base/strmap.h"
#include "common/base/xalloc.h"
#include "filter.h"
#include "jq_program.h"
#include "keep.h"
#include "merge.h"
#include "spool.h"

struct stage {
	const struct filter_options *o;
	struct emit *emit;
	bool holds; /* some of what follows needs more than one record */
	struct spool spool;
	struct strmap ids; /* --dedup=first */
	bool merging;
	struct merge merge; /* --dedup=merge */
	struct keep sample, sorted;
	struct jq_program *sort_by;
	long passed; /* for --top without --sort-by */
	uint64_t number; /* of the next record to be held */
	struct paper view; /* of a line that was held */
	struct strbuf line, held;
};

struct stage *
stage_new(const struct filter_options *o, struct emit *e)
{
	struct stage *s = xcalloc(1, sizeof(*s));

	s->o = o;
	s->emit = e;
	s->merging = o->dedup != NULL && strcmp(o->dedup, "merge") == 0;
	s->sample =
	    (struct keep) {.limit = (size_t)o->sample, .cmp = held_by_rank};
	s->sorted = (struct keep) {.limit = (size_t)o->top, .cmp = held_by_key};
	if (o->sort_by != NULL)
		s->sort_by = jq_program_new(
		    "sort-by", o->sort_by, &o->args, &o->argjsons);
	s->holds = s->merging || o->sample_given || s->sort_by != NULL;
	s->spool.fd = -1;
	if (s->holds)
		spool_open(&s->spool);
	merge_init(&s->merge, &s->spool);
	paper_init(&s->view);
	strbuf_init(&s->line, STRBUF_MAX);
	strbuf_init(&s->held, STRBUF_MAX);
	return s;
}

/* Out of the stage, one way or the other. */
static void
let_go(struct stage *s, struct slice line, const char *reason)
{
	paper_parse(&s->view, line);
	if (reason != NULL)
		emit_reject(s->emit, &s->view, reason);
	else
		emit_pass(s->emit, &s->view, (struct slice) {"", 0});
}

/* Keeps the line under h, or rejects the one that is out for it. */
static void
hold(struct stage *s, struct keep *k, struct held h, struct slice line,
    const char *reason)
{
	struct held out;

	if (!keep_admits(k, &h)) {
		jq_value_free(h.key);
		let_go(s, line, reason);
		return;
	}
	h.at = spool_add(&s->spool, line);
	h.n = line.n;
	if (keep_add(k, h, &out)) {
		let_go(
		    s, spool_get(&s->spool, out.at, out.n, &s->held), reason);
		jq_value_free(out.key);
	}
}

static void
to_emit(struct stage *s, struct slice line)
{
	let_go(s, line, NULL);
}

static void
to_sort(struct stage *s, struct slice line)
{
	struct held h = {.number = s->number++};
	const char *why;

	if (s->sort_by == NULL) {
		s->passed++;
		let_go(s, line,
		    s->o->top_given && s->passed > s->o->top ? REASON_TOP
							     : NULL);
		return;
	}
	h.key = jq_program_value(s->sort_by, line, &why);
	if (why != NULL) {
		paper_parse(&s->view, line);
		msg_error("--sort-by: %s; %.*s is sorted first", why,
		    (int)s->view.key[PAPER_ID]->value.raw.n,
		    s->view.key[PAPER_ID]->value.raw.p);
	}
	hold(s, &s->sorted, h, line, REASON_TOP);
}

/* The seed and the id decide, so that a paper is drawn or not wherever in the
 * stream it stands. */
static uint64_t
draw(uint64_t seed, struct slice id)
{
	seed = HASH_INIT ^ seed * UINT64_C(0x9e3779b97f4a7c15);
	return hash_mix(hash_add(seed, id.p, id.n));
}

static void
to_sample(struct stage *s, struct slice line)
{
	struct held h = {.number = s->number++};

	if (!s->o->sample_given) {
		to_sort(s, line);
		return;
	}
	paper_parse(&s->view, line);
	h.rank = draw((uint64_t)s->o->seed, paper_text(&s->view, PAPER_ID));
	hold(s, &s->sample, h, line, REASON_SAMPLE);
}

/* The first stage that holds records: p's line as it will be written. */
static void
to_hold(struct stage *s, struct paper *p, struct slice match)
{
	struct paper_change change = {PAPER_MATCH, match};
	struct slice line = p->line, older;

	if (match.n > 0) {
		strbuf_reset(&s->line);
		paper_splice(&s->line, p, &change, 1);
		line = strbuf_slice(&s->line);
	}
	if (!s->merging)
		to_sample(s, line);
	else if (merge_add(&s->merge, line, p, &older))
		let_go(s, older, REASON_DUPLICATE);
}

void
stage_add(struct stage *s, struct paper *p, struct slice match)
{
	if (s->o->dedup != NULL && !s->merging &&
	    !strmap_add(&s->ids, paper_text(p, PAPER_ID), NULL))
		emit_reject(s->emit, p, REASON_DUPLICATE);
	else if (s->holds)
		to_hold(s, p, match);
	else if (s->o->top_given && s->passed++ >= s->o->top)
		emit_reject(s->emit, p, REASON_TOP);
	else
		emit_pass(s->emit, p, match);
}

/* Hands over what k holds to the next step. */
static void
drain(struct stage *s, struct keep *k,
    int (*order)(const struct held *a, const struct held *b),
    void (*next)(struct stage *s, struct slice line))
{
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);

	keep_sort(k, order);
	for (size_t i = 0; i < k->n; i++)
		next(s, spool_get(&s->spool, k->v[i].at, k->v[i].n, &b));
	strbuf_release(&b);
}

void
stage_finish(struct stage *s)
{
	for (size_t i = 0; i < s->merge.ids.n; i++)
		to_sample(s, merge_get(&s->merge, i));
	drain(s, &s->sample, held_by_number, to_sort);
	drain(s, &s->sorted, held_by_key, to_emit);
}

void
stage_free(struct stage *s)
{
	strmap_release(&s->ids);
	merge_release(&s->merge);
	keep_release(&s->sample);
	keep_release(&s->sorted);
	jq_program_free(s->sort_by);
	paper_release(&s->view);
	spool_close(&s->spool);
	strbuf_release(&s->line);
	strbuf_release(&s->held);
	free(s);
}
