/* SPDX-License-Identifier: ISC */
#include "llm/llm.h"

#include <math.h>
#include <stdlib.h>

#include "common/base/hash.h"
#include "common/base/xalloc.h"

void
window_init(struct window *w)
{
	*w = (struct window) {.tail = &w->head};
}

void
window_free(struct window *w)
{
	struct item *i, *next;

	for (i = w->head; i != NULL; i = next) {
		next = i->next;
		item_free(i);
	}
	window_init(w);
}

bool
window_full(const struct window *w)
{
	return w->n >= WINDOW_PAPERS || w->bytes >= WINDOW_BYTES;
}

struct item *
window_add(struct window *w, const struct paper *p)
{
	struct item *i = xcalloc(1, sizeof(*i));

	result_init(&i->result);
	i->seq = w->next_seq++;
	i->line = xmemdup0(p->line.p, p->line.n);
	i->len = p->line.n;
	i->file = p->file;
	i->lineno = p->lineno;
	*w->tail = i;
	w->tail = &i->next;
	w->n++;
	w->bytes += i->len;
	return i;
}

struct item *
window_take_done(struct window *w)
{
	struct item *i = w->head;

	if (i == NULL || !i->done)
		return NULL;
	w->head = i->next;
	if (w->head == NULL)
		w->tail = &w->head;
	w->n--;
	w->bytes -= i->len;
	return i;
}

void
item_free(struct item *i)
{
	for (size_t v = 0; v < i->nvotes; v++)
		rating_release(&i->votes[v]);
	free(i->votes);
	text_release(&i->text);
	result_release(&i->result);
	free(i->line);
	free(i->first);
	free(i);
}

void
item_list_add(struct item_list *l, struct item *i)
{
	struct item **at = &l->head;

	/* Nearly always it belongs at the end. */
	if (l->last != NULL && l->last->seq < i->seq)
		at = &l->last->queued;
	while (*at != NULL && (*at)->seq < i->seq)
		at = &(*at)->queued;
	i->queued = *at;
	*at = i;
	if (i->queued == NULL)
		l->last = i;
	l->n++;
}

struct item *
item_list_take(struct item_list *l)
{
	struct item *i = l->head;

	if (i == NULL)
		return NULL;
	l->head = i->queued;
	if (l->head == NULL)
		l->last = NULL;
	i->queued = NULL;
	l->n--;
	return i;
}

void
item_fail(struct item *i, const char *code, const char *detail)
{
	result_fail(&i->result, code, detail);
	i->done = true;
}

/* Room for a model's reasoning, and for each rating. */
#define TOKENS_BASE	 2048
#define TOKENS_PER_PAPER (COMMENT_CHARS / 2 + 112)
#define TOKENS_PER_TITLE 16

long
task_max_tokens(enum task_kind kind, size_t n)
{
	long each = kind == TASK_SCORE ? TOKENS_PER_PAPER : TOKENS_PER_TITLE;

	return TOKENS_BASE + each * (long)n;
}

struct task *
task_new(
    enum task_kind kind, struct item *const *items, size_t n, long max_tokens)
{
	struct task *t = xcalloc(1, sizeof(*t));

	t->kind = kind;
	t->items = xreallocarray(NULL, n, sizeof(*t->items));
	for (size_t i = 0; i < n; i++)
		t->items[i] = items[i];
	t->n = n;
	t->max_tokens = max_tokens > 0 ? max_tokens : task_max_tokens(kind, n);
	return t;
}

void
task_free(struct task *t)
{
	free(t->items);
	free(t);
}

void
task_halve(struct queue *q, struct task *t)
{
	size_t half = (t->n + 1) / 2;
	struct task *parts[2] = {
	    task_new(t->kind, t->items, half, t->max_tokens),
	    task_new(t->kind, t->items + half, t->n - half, t->max_tokens),
	};

	for (int i = 0; i < 2; i++) {
		parts[i]->vote = t->vote;
		parts[i]->round = t->round;
		queue_add(q, parts[i]);
	}
	task_free(t);
}

void
task_shuffle(struct task *t, uint64_t seed)
{
	for (size_t i = t->n; i > 1; i--) {
		size_t k = (size_t)(hash_next(&seed) % i);
		struct item *other = t->items[k];

		t->items[k] = t->items[i - 1];
		t->items[i - 1] = other;
	}
}

static uint64_t
first_seq(const struct task *t)
{
	uint64_t seq = t->items[0]->seq;

	for (size_t i = 1; i < t->n; i++)
		if (t->items[i]->seq < seq)
			seq = t->items[i]->seq;
	return seq;
}

/* By the first paper, then by vote, so that the head of the window is served
 * before what can wait. */
void
queue_add(struct queue *q, struct task *t)
{
	struct task **at = &q->head;
	uint64_t seq = first_seq(t);

	while (*at != NULL &&
	    (first_seq(*at) < seq ||
		(first_seq(*at) == seq && (*at)->vote <= t->vote)))
		at = &(*at)->next;
	t->next = *at;
	*at = t;
	q->n++;
}

struct task *
queue_take(struct queue *q, double now)
{
	for (struct task **at = &q->head; *at != NULL; at = &(*at)->next) {
		struct task *t = *at;

		if (t->not_before > now)
			continue;
		*at = t->next;
		t->next = NULL;
		q->n--;
		return t;
	}
	return NULL;
}

double
queue_next_time(const struct queue *q)
{
	double first = INFINITY;

	for (const struct task *t = q->head; t != NULL; t = t->next)
		first = fmin(first, t->not_before);
	return first;
}

size_t
task_even_size(size_t waiting, size_t batch)
{
	size_t requests = (waiting + batch - 1) / batch;

	return requests == 0 ? 0 : (waiting + requests - 1) / requests;
}
