/* SPDX-License-Identifier: ISC */
/*
 * What depends on the other records that passed, in this order: duplicates
 * go, a sample is drawn, the rest is sorted, the first N are taken.  Each of
 * them holds records only as long as it must.
 */
#include <stdlib.h>

#include "common/msg.h"
#include "common/xalloc.h"
#include "filter.h"
#include "idset.h"
#include "jq_program.h"
#include "keep.h"
#include "merge.h"

struct stage {
	const struct filter_options *o;
	struct emit *emit;
	struct idset ids; /* --dedup=first */
	bool merging;
	struct merge merge; /* --dedup=merge */
	struct keep sample, sorted;
	struct jq_program *sort_by;
	long passed; /* for --top without --sort-by */
	uint64_t number; /* of the next record to be held */
	struct paper view; /* of a record held */
	struct strbuf line;
};

struct stage *
stage_new(const struct filter_options *o, struct emit *e)
{
	struct stage *s = xcalloc(1, sizeof(*s));

	s->o = o;
	s->emit = e;
	s->merging = o->dedup != NULL && slice_eq(SLICE_LIT("merge"), o->dedup);
	merge_init(&s->merge);
	s->sample =
	    (struct keep) {.limit = (size_t)o->sample, .cmp = held_by_rank};
	s->sorted = (struct keep) {.limit = (size_t)o->top, .cmp = held_by_key};
	if (o->sort_by != NULL)
		s->sort_by = jq_program_new(
		    "sort-by", o->sort_by, &o->args, &o->argjsons);
	paper_init(&s->view);
	strbuf_init(&s->line, STRBUF_MAX);
	return s;
}

/* A line as it will be written: the paper's, with its new match. */
static struct held *
hold(struct stage *s, struct paper *p, struct slice match)
{
	struct paper_change change = {PAPER_MATCH, match};

	if (match.n == 0)
		return held_new(p->line);
	strbuf_reset(&s->line);
	paper_splice(&s->line, p, &change, 1);
	return held_new(strbuf_slice(&s->line));
}

/* Out of the stage, one way or the other; frees h. */
static void
let_go(struct stage *s, struct held *h, const char *reason)
{
	if (h == NULL)
		return;
	paper_parse(&s->view, held_line(h));
	if (reason != NULL)
		emit_reject(s->emit, &s->view, reason);
	else
		emit_pass(s->emit, &s->view, (struct slice) {"", 0});
	held_free(h);
}

static void
to_sort(struct stage *s, struct held *h)
{
	const char *why;

	if (s->sort_by == NULL) {
		s->passed++;
		let_go(s, h,
		    s->o->top_given && s->passed > s->o->top ? REASON_TOP
							     : NULL);
		return;
	}
	h->key = jq_program_value(s->sort_by, held_line(h), &why);
	if (why != NULL) {
		paper_parse(&s->view, held_line(h));
		msg_error("--sort-by: %s; %.*s is sorted first", why,
		    (int)s->view.key[PAPER_ID]->value.raw.n,
		    s->view.key[PAPER_ID]->value.raw.p);
	}
	let_go(s, keep_add(&s->sorted, h), REASON_TOP);
}

static void
to_sample(struct stage *s, struct held *h)
{
	h->number = s->number++;
	if (!s->o->sample_given) {
		to_sort(s, h);
		return;
	}
	/* The seed and the id decide, so that a paper is drawn or not wherever
	 * in the stream it stands. */
	paper_parse(&s->view, held_line(h));
	h->rank =
	    idset_hash(paper_text(&s->view, PAPER_ID), (uint64_t)s->o->seed);
	let_go(s, keep_add(&s->sample, h), REASON_SAMPLE);
}

void
stage_add(struct stage *s, struct paper *p, struct slice match)
{
	if (s->o->dedup != NULL && !s->merging &&
	    !idset_add(&s->ids, paper_text(p, PAPER_ID), NULL)) {
		emit_reject(s->emit, p, REASON_DUPLICATE);
	} else if (s->merging) {
		let_go(s, merge_add(&s->merge, hold(s, p, match), p),
		    REASON_DUPLICATE);
	} else if (s->o->sample_given || s->sort_by != NULL) {
		to_sample(s, hold(s, p, match));
	} else if (s->o->top_given && s->passed++ >= s->o->top) {
		emit_reject(s->emit, p, REASON_TOP);
	} else {
		emit_pass(s->emit, p, match);
	}
}

/* Hands over what is held by k to next. */
static void
drain(struct stage *s, struct keep *k,
    int (*order)(const struct held *a, const struct held *b),
    void (*next)(struct stage *s, struct held *h))
{
	keep_sort(k, order);
	for (size_t i = 0; i < k->n; i++)
		next(s, k->v[i]);
	k->n = 0;
}

static void
to_emit(struct stage *s, struct held *h)
{
	let_go(s, h, NULL);
}

void
stage_finish(struct stage *s)
{
	for (size_t i = 0; i < s->merge.ids.n; i++)
		to_sample(s, merge_take(&s->merge, i));
	drain(s, &s->sample, held_by_number, to_sort);
	drain(s, &s->sorted, held_by_key, to_emit);
}

void
stage_free(struct stage *s)
{
	idset_release(&s->ids);
	merge_release(&s->merge);
	keep_release(&s->sample);
	keep_release(&s->sorted);
	jq_program_free(s->sort_by);
	paper_release(&s->view);
	strbuf_release(&s->line);
	free(s);
}
