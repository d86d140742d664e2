/* SPDX-License-Identifier: ISC */
#include "filter.h"

#include <stdlib.h>

#include "common/base/xalloc.h"
#include "common/json/json_write.h"

/* True if a is newer than b: by version, else by when it last changed. */
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

	while (paper_list_next(p, PAPER_CATEGORIES, &pos, &c, &scratch))
		strlist_add_new(list, c);
	strbuf_release(&scratch);
}

void
merge_init(struct merge *m, struct spool *spool)
{
	*m = (struct merge) {.spool = spool, .ids = STRMAP_INIT};
	paper_init(&m->view);
	strbuf_init(&m->held, STRBUF_MAX);
	strbuf_init(&m->line, STRBUF_MAX);
}

void
merge_release(struct merge *m)
{
	for (size_t i = 0; i < m->ncategories; i++)
		strlist_release(&m->categories[i]);
	free(m->categories);
	free(m->v);
	strmap_release(&m->ids);
	paper_release(&m->view);
	strbuf_release(&m->held);
	strbuf_release(&m->line);
}

static void
put(struct merge *m, size_t i, struct slice line)
{
	m->v[i].at = spool_add(m->spool, line);
	m->v[i].n = (uint32_t)line.n;
}

/* The line held for the i-th paper, and its view. */
static struct slice
get(struct merge *m, size_t i)
{
	struct slice line =
	    spool_get(m->spool, m->v[i].at, m->v[i].n, &m->held);

	paper_parse(&m->view, line);
	return line;
}

/* The categories shared by the records of the i-th paper: those of the one in
 * view, to begin with. */
static struct strlist *
shared_categories(struct merge *m, size_t i)
{
	if (m->v[i].shared == 0) {
		m->categories = xreallocarray(
		    m->categories, m->ncategories + 1, sizeof(*m->categories));
		m->categories[m->ncategories] = (struct strlist)STRLIST_INIT;
		add_categories(&m->categories[m->ncategories], &m->view);
		m->v[i].shared = (uint32_t)++m->ncategories;
	}
	return &m->categories[m->v[i].shared - 1];
}

static bool
same_categories(const struct paper *a, const struct paper *b)
{
	struct strlist list = STRLIST_INIT;
	size_t of_a, of_b, of_both;

	add_categories(&list, a);
	of_a = list.n;
	add_categories(&list, b);
	of_both = list.n;
	strlist_release(&list);
	add_categories(&list, b);
	of_b = list.n;
	strlist_release(&list);
	return of_a == of_both && of_b == of_both;
}

bool
merge_add(
    struct merge *m, struct slice line, struct paper *p, struct slice *older)
{
	struct slice held;
	size_t i;

	if (strmap_add(&m->ids, paper_text(p, PAPER_ID), &i)) {
		m->v = xgrow(m->v, &m->cap, m->ids.n, sizeof(*m->v));
		m->v[i].shared = 0;
		put(m, i, line);
		return false;
	}
	held = get(m, i);
	/* Most of the time both have the same, and nothing is to be shared. */
	if (m->v[i].shared != 0 || !same_categories(p, &m->view))
		add_categories(shared_categories(m, i), p);
	*older = line;
	if (is_newer(p, &m->view)) {
		put(m, i, line);
		*older = held;
	}
	return true;
}

/* Appends as JSON the view's categories, the primary one at their head, and
 * after them the others of all; false if there are no others. */
static bool
write_categories(
    struct merge *m, const struct strlist *all, struct strbuf *json)
{
	struct strlist list = STRLIST_INIT;
	struct jsonw j = JSONW_INIT(json);
	size_t own;
	bool more;

	add_categories(&list, &m->view);
	own = list.n;
	for (size_t c = 0; c < all->n; c++)
		strlist_add_new(&list, slice_of(all->v[c]));
	more = list.n > own;
	jsonw_list(&j, &list);
	strlist_release(&list);
	return more;
}

struct slice
merge_get(struct merge *m, size_t i)
{
	struct slice line = get(m, i);
	struct strbuf json = STRBUF_INIT(STRBUF_MAX);
	struct paper_change change = {PAPER_CATEGORIES, {NULL, 0}};

	if (m->v[i].shared != 0 &&
	    write_categories(m, &m->categories[m->v[i].shared - 1], &json)) {
		change.value = strbuf_slice(&json);
		strbuf_reset(&m->line);
		paper_splice(&m->line, &m->view, &change, 1);
		line = strbuf_slice(&m->line);
	}
	strbuf_release(&json);
	return line;
}
