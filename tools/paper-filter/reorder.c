/* SPDX-License-Identifier: ISC */
/*
 * What depends on the other records that passed, in this order: duplicates
 * go, a sample is drawn, the rest is sorted, the first N are taken.  Each of
 * them holds records only as long as it must.
 */
#include "filter.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/hash.h"
#include "common/base/msg.h"
#include "common/base/strmap.h"
#include "common/base/xalloc.h"
#include "common/json/jq_program.h"

/* Its line is in a spool. */
struct held {
	uint64_t at;
	size_t n;
	uint64_t number; /* its place in the stream: decides between equals */
	uint64_t rank; /* drawn for --sample */
	struct jq_value *key; /* of --sort-by; owned */
	double mean; /* score.mean, which decides first; 0: none */
};

/* The first of a stream in some order, or all of it. */
struct topn {
	struct held *v; /* a heap with the last in order on top */
	size_t n, cap;
	size_t limit; /* 0: none */
	int (*cmp)(const struct held *a, const struct held *b);
};

struct reorder {
	const struct filter_options *o;
	struct emit *emit;
	bool holds; /* some of what follows needs more than one record */
	struct spool spool;
	struct strmap ids; /* --dedup=first */
	bool merging;
	struct merge merge; /* --dedup=merge */
	struct topn sample, sorted;
	struct jq_program *sort_by;
	long passed; /* for --top without --sort-by */
	uint64_t number; /* of the next record to be held */
	struct paper view; /* of a line that was held */
	struct strbuf line, held;
};

/* Less than 0 if a comes first; no two are equal. */
static int
held_by_number(const struct held *a, const struct held *b)
{
	return (a->number > b->number) - (a->number < b->number);
}

static int
held_by_rank(const struct held *a, const struct held *b)
{
	if (a->rank != b->rank)
		return a->rank < b->rank ? -1 : 1;
	return held_by_number(a, b);
}

static int
held_by_key(const struct held *a, const struct held *b)
{
	int c = jq_value_cmp(a->key, b->key);

	if (c == 0)
		c = (a->mean < b->mean) - (a->mean > b->mean);
	return c != 0 ? c : held_by_number(a, b);
}

static void
swap(struct held *a, struct held *b)
{
	struct held t = *a;

	*a = *b;
	*b = t;
}

static void
sift_up(struct topn *t, size_t i)
{
	while (i > 0 && t->cmp(&t->v[i], &t->v[(i - 1) / 2]) > 0) {
		swap(&t->v[i], &t->v[(i - 1) / 2]);
		i = (i - 1) / 2;
	}
}

static void
sift_down(struct topn *t, size_t i)
{
	size_t child;

	while ((child = 2 * i + 1) < t->n) {
		if (child + 1 < t->n &&
		    t->cmp(&t->v[child + 1], &t->v[child]) > 0)
			child++;
		if (t->cmp(&t->v[i], &t->v[child]) > 0)
			break;
		swap(&t->v[i], &t->v[child]);
		i = child;
	}
}

static bool
is_full(const struct topn *t)
{
	return t->limit != 0 && t->n == t->limit;
}

/* True if h would be kept, as things stand. */
static bool
topn_admits(const struct topn *t, const struct held *h)
{
	return !is_full(t) || t->cmp(h, &t->v[0]) < 0;
}

/* Takes over h, which is admitted.  True if *out, now the caller's, had to go
 * for it. */
static bool
topn_add(struct topn *t, struct held h, struct held *out)
{
	if (is_full(t)) {
		*out = t->v[0];
		t->v[0] = h;
		sift_down(t, 0);
		return true;
	}
	t->v = xgrow(t->v, &t->cap, t->n + 1, sizeof(*t->v));
	t->v[t->n++] = h;
	/* Without a limit nobody asks for the top. */
	if (t->limit != 0)
		sift_up(t, t->n - 1);
	return false;
}

static int (*sort_cmp)(const struct held *a, const struct held *b);

static int
compare(const void *a, const void *b)
{
	return sort_cmp(a, b);
}

/* Puts them in order; nothing may be added after it. */
static void
topn_sort(
    struct topn *t, int (*cmp)(const struct held *a, const struct held *b))
{
	sort_cmp = cmp;
	if (t->n > 0)
		qsort(t->v, t->n, sizeof(*t->v), compare);
}

static void
topn_release(struct topn *t)
{
	for (size_t i = 0; i < t->n; i++)
		jq_value_free(t->v[i].key);
	free(t->v);
	t->v = NULL;
	t->n = t->cap = 0;
}

struct reorder *
reorder_new(const struct filter_options *o, struct emit *e)
{
	struct reorder *r = xcalloc(1, sizeof(*r));

	r->o = o;
	r->emit = e;
	r->merging = o->dedup == DEDUP_MERGE;
	r->sample =
	    (struct topn) {.limit = (size_t)o->sample, .cmp = held_by_rank};
	r->sorted = (struct topn) {.limit = (size_t)o->top, .cmp = held_by_key};
	if (o->sort_by != NULL)
		r->sort_by = jq_program_new(
		    "sort-by", o->sort_by, &o->args, &o->argjsons);
	r->holds = r->merging || o->sample_given || r->sort_by != NULL;
	r->spool.fd = -1;
	if (r->holds)
		spool_open(&r->spool);
	merge_init(&r->merge, &r->spool);
	paper_init(&r->view);
	strbuf_init(&r->line, STRBUF_MAX);
	strbuf_init(&r->held, STRBUF_MAX);
	return r;
}

/* It goes on, one way or the other. */
static void
let_go(struct reorder *r, struct slice line, const char *reason)
{
	paper_parse(&r->view, line);
	if (reason != NULL)
		emit_reject(r->emit, &r->view, reason);
	else
		emit_pass(r->emit, &r->view, (struct slice) {"", 0});
}

/* Keeps the line under h, or rejects the one that is out for it. */
static void
hold(struct reorder *r, struct topn *t, struct held h, struct slice line,
    const char *reason)
{
	struct held out;

	if (!topn_admits(t, &h)) {
		jq_value_free(h.key);
		let_go(r, line, reason);
		return;
	}
	h.at = spool_add(&r->spool, line);
	h.n = line.n;
	if (topn_add(t, h, &out)) {
		let_go(
		    r, spool_get(&r->spool, out.at, out.n, &r->held), reason);
		jq_value_free(out.key);
	}
}

static void
to_emit(struct reorder *r, struct slice line)
{
	let_go(r, line, NULL);
}

static void
to_sort(struct reorder *r, struct slice line)
{
	struct held h = {.number = r->number++};
	const char *why;

	if (r->sort_by == NULL) {
		r->passed++;
		let_go(r, line,
		    r->o->top_given && r->passed > r->o->top ? REASON_TOP
							     : NULL);
		return;
	}
	h.key = jq_program_value(r->sort_by, line, &why);
	paper_parse(&r->view, line);
	(void)paper_axis(&r->view, "mean", &h.mean);
	if (why != NULL)
		msg_error("--sort-by: %s; %.*s is sorted first", why,
		    (int)r->view.key[PAPER_ID]->value.raw.n,
		    r->view.key[PAPER_ID]->value.raw.p);
	hold(r, &r->sorted, h, line, REASON_TOP);
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
to_sample(struct reorder *r, struct slice line)
{
	struct held h = {.number = r->number++};

	if (!r->o->sample_given) {
		to_sort(r, line);
		return;
	}
	paper_parse(&r->view, line);
	h.rank = draw((uint64_t)r->o->seed, paper_text(&r->view, PAPER_ID));
	hold(r, &r->sample, h, line, REASON_SAMPLE);
}

/* The first step that holds records: p's line as it will be written. */
static void
to_hold(struct reorder *r, struct paper *p, struct slice match)
{
	struct paper_change change = {PAPER_MATCH, match};
	struct slice line = p->line, older;

	if (match.n > 0) {
		strbuf_reset(&r->line);
		paper_splice(&r->line, p, &change, 1);
		line = strbuf_slice(&r->line);
	}
	if (!r->merging)
		to_sample(r, line);
	else if (merge_add(&r->merge, line, p, &older))
		let_go(r, older, REASON_DUPLICATE);
}

void
reorder_add(struct reorder *r, struct paper *p, struct slice match)
{
	if (r->o->dedup == DEDUP_FIRST &&
	    !strmap_add(&r->ids, paper_text(p, PAPER_ID), NULL))
		emit_reject(r->emit, p, REASON_DUPLICATE);
	else if (r->holds)
		to_hold(r, p, match);
	else if (r->o->top_given && r->passed++ >= r->o->top)
		emit_reject(r->emit, p, REASON_TOP);
	else
		emit_pass(r->emit, p, match);
}

/* Hands over what t holds to the next step. */
static void
drain(struct reorder *r, struct topn *t,
    int (*order)(const struct held *a, const struct held *b),
    void (*next)(struct reorder *r, struct slice line))
{
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);

	topn_sort(t, order);
	for (size_t i = 0; i < t->n; i++)
		next(r, spool_get(&r->spool, t->v[i].at, t->v[i].n, &b));
	strbuf_release(&b);
}

void
reorder_finish(struct reorder *r)
{
	for (size_t i = 0; i < r->merge.ids.n; i++)
		to_sample(r, merge_get(&r->merge, i));
	drain(r, &r->sample, held_by_number, to_sort);
	drain(r, &r->sorted, held_by_key, to_emit);
}

void
reorder_free(struct reorder *r)
{
	strmap_release(&r->ids);
	merge_release(&r->merge);
	topn_release(&r->sample);
	topn_release(&r->sorted);
	jq_program_free(r->sort_by);
	paper_release(&r->view);
	spool_close(&r->spool);
	strbuf_release(&r->line);
	strbuf_release(&r->held);
	free(r);
}
