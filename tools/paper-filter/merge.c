/* SPDX-License-Identifier: ISC */
#include <stdlib.h>

#include "common/jsonw.h"
#include "common/xalloc.h"
#include "idset.h"
#include "merge.h"

/* True if a is newer than b: by version, else by the time of the last change. */
static bool
is_newer(struct paper *a, struct paper *b)
{
	static const enum paper_key times[] = {
	    PAPER_UPDATED, PAPER_ANNOUNCED, PAPER_PUBLISHED};
	long x, y;

	if (paper_long(a, PAPER_VERSION, &x) &&
	    paper_long(b, PAPER_VERSION, &y) && x != y)
		return x > y;
	for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
		int c =
		    slice_cmp(paper_text(a, times[i]), paper_text(b, times[i]));

		if (paper_has(a, times[i]) && paper_has(b, times[i]) && c != 0)
			return c > 0;
	}
	return false;
}

/* Adds to list those of p's categories that it lacks. */
static void
add_categories(struct strlist *list, const struct paper *p)
{
	struct strbuf scratch = STRBUF_INIT(STRBUF_MAX);
	struct slice c;
	size_t pos = 0;

	while (paper_list_next(p, PAPER_CATEGORIES, &pos, &c, &scratch)) {
		char *s = xmemdup0(c.p, c.n);

		if (strlist_has(list, s))
			free(s);
		else
			strlist_take(list, s);
	}
	strbuf_release(&scratch);
}

/* Frees h, which view is a view of. */
static struct held *
with_categories(
    struct held *h, const struct paper *view, const struct strlist *list)
{
	struct strbuf json = STRBUF_INIT(STRBUF_MAX);
	struct strbuf line = STRBUF_INIT(STRBUF_MAX);
	struct jsonw j = JSONW_INIT(&json);
	struct paper_change change = {PAPER_CATEGORIES, {NULL, 0}};

	jsonw_open(&j, '[');
	for (size_t i = 0; i < list->n; i++)
		jsonw_str(&j, list->v[i]);
	jsonw_close(&j, ']');
	change.value = strbuf_slice(&json);
	paper_splice(&line, view, &change, 1);
	held_free(h);
	h = held_new(strbuf_slice(&line));
	strbuf_release(&json);
	strbuf_release(&line);
	return h;
}

void
merge_init(struct merge *m)
{
	*m = (struct merge) {.ids = IDSET_INIT};
	paper_init(&m->view);
}

void
merge_release(struct merge *m)
{
	for (size_t i = 0; i < m->ids.n; i++) {
		held_free(m->v[i].newest);
		strlist_release(&m->v[i].categories);
	}
	free(m->v);
	idset_release(&m->ids);
	paper_release(&m->view);
}

struct held *
merge_add(struct merge *m, struct held *h, struct paper *p)
{
	struct merged *same;
	struct held *older = h;
	size_t i;

	if (idset_add(&m->ids, paper_text(p, PAPER_ID), &i)) {
		if (m->ids.n > m->cap) {
			m->cap = m->cap == 0 ? 64 : 2 * m->cap;
			m->v = xreallocarray(m->v, m->cap, sizeof(*m->v));
		}
		m->v[i] = (struct merged) {h, STRLIST_INIT};
		return NULL;
	}
	same = &m->v[i];
	paper_parse(&m->view, held_line(same->newest));
	if (same->categories.n == 0)
		add_categories(&same->categories, &m->view);
	add_categories(&same->categories, p);
	if (is_newer(p, &m->view)) {
		older = same->newest;
		same->newest = h;
	}
	return older;
}

struct held *
merge_take(struct merge *m, size_t i)
{
	struct held *h = m->v[i].newest;
	struct strlist *all = &m->v[i].categories;
	struct strlist list = STRLIST_INIT;
	size_t own;

	m->v[i].newest = NULL;
	if (all->n == 0)
		return h;
	/* The newest version's own stand first, the primary one at their
	 * head. */
	paper_parse(&m->view, held_line(h));
	add_categories(&list, &m->view);
	own = list.n;
	for (size_t c = 0; c < all->n; c++)
		if (!strlist_has(&list, all->v[c]))
			strlist_add(&list, all->v[c]);
	if (list.n > own)
		h = with_categories(h, &m->view, &list);
	strlist_release(&list);
	return h;
}
