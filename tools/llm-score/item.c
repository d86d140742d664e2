/* SPDX-License-Identifier: ISC */
#include "item.h"

#include <stdlib.h>

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
		verdict_release(&i->votes[v]);
	free(i->votes);
	verdict_release(&i->verdict);
	text_release(&i->text);
	free(i->screen);
	free(i->detail);
	free(i->line);
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
item_note(struct item *i, const char *code, const char *detail)
{
	i->code = code;
	free(i->detail);
	i->detail = detail == NULL ? NULL : xstrdup(detail);
}

void
item_fail(struct item *i, const char *code, const char *detail)
{
	item_note(i, code, detail);
	i->done = true;
}
