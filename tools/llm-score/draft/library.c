/* SPDX-License-Identifier: ISC */
#include "draft/draft.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/utf8.h"
#include "common/base/xalloc.h"
#include "common/text/detex.h"
#include "common/text/fold.h"

/* The words of so many papers tell which group of archives they are of. */
#define TELLING	    300
/* Of an English title three words of four are known, and nearly all of an
 * abstract; of other languages, those that English papers quote. */
#define KNOWN_SHARE 0.7

static char *
typeset(struct slice text)
{
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);

	text.n = utf8_cut(text.p, text.n, LIBRARY_TEXT_MAX);
	detex(&b, text);
	strbuf_fold_space(&b);
	return strbuf_detach(&b);
}

void
library_add(struct library *l, struct paper *p)
{
	struct slice title = paper_text(p, PAPER_TITLE), category;
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);
	size_t pos = 0;
	bool added;

	fold(&b, title, false);
	strbuf_fold_space(&b);
	added = b.len > 0 && l->n < LIBRARY_PAPERS_MAX &&
	    strmap_add(&l->titles, strbuf_slice(&b), NULL);
	if (b.len == 0)
		l->untitled++;
	else if (added) {
		l->v = xgrow(l->v, &l->cap, l->n + 1, sizeof(*l->v));
		l->v[l->n++] = (struct library_paper) {
		    .title = typeset(title),
		    .abstract = typeset(paper_text(p, PAPER_ABSTRACT)),
		};
	} else if (strmap_find(&l->titles, strbuf_slice(&b), NULL))
		l->repeated++;
	else
		l->beyond++;
	strbuf_reset(&b);
	while (
	    added && paper_list_next(p, PAPER_CATEGORIES, &pos, &category, &b))
		strlist_take(&l->categories, xmemdup0(category.p, category.n));
	strbuf_release(&b);
}

/* Adds the folded words of a text. */
static void
add_words(struct strlist *words, struct tokens *t, const char *text)
{
	tokens_split(t, slice_of(text));
	for (size_t i = 0; i < t->n; i++)
		strlist_take(
		    words, xmemdup0(t->text.s + t->v[i].at, t->v[i].len));
}

static void
open_space(
    const struct library *l, struct space *s, const struct strlist *categories)
{
	struct strlist words = STRLIST_INIT;
	struct tokens t;

	if (categories->n == 0)
		categories = &l->categories;
	tokens_init(&t);
	for (size_t i = 0; i < l->n && i < TELLING; i++)
		add_words(&words, &t, l->v[i].title);
	space_open(s, &words, categories);
	strlist_release(&words);
	tokens_release(&t);
}

/* How many of the words split last are known. */
static size_t
count_known(const struct space *s)
{
	const struct tokens *t = &s->tokens;
	size_t known = 0;

	for (size_t i = 0; i < t->n; i++)
		known += vectors_find(&s->vectors,
			     (struct slice) {t->text.s + t->v[i].at,
				 t->v[i].len}) != VECTORS_NO_TERM;
	return known;
}

/* False if it is in another language, or says nothing. */
static bool
place(struct space *s, const struct library_paper *p, vector x)
{
	size_t known, words;

	tokens_split(&s->tokens, slice_of(p->title));
	known = count_known(s);
	words = s->tokens.n;
	space_add_title(s, x);
	tokens_split(&s->tokens, slice_of(p->abstract));
	known += count_known(s);
	words += s->tokens.n;
	space_add_abstract(s, x);
	space_centre(s, x);
	return vector_dot(x, x) > 0 &&
	    (double)known >= KNOWN_SHARE * (double)words;
}

void
library_place(
    struct library *l, struct space *s, const struct strlist *categories)
{
	size_t n = 0;

	open_space(l, s, categories);
	l->x = xcalloc(l->n + 1, sizeof(*l->x));
	for (size_t i = 0; i < l->n; i++) {
		memset(l->x[n], 0, sizeof(l->x[n]));
		if (place(s, &l->v[i], l->x[n])) {
			l->v[n++] = l->v[i];
			continue;
		}
		free(l->v[i].title);
		free(l->v[i].abstract);
		l->unknown++;
	}
	l->n = n;
}

void
library_release(struct library *l)
{
	for (size_t i = 0; i < l->n; i++) {
		free(l->v[i].title);
		free(l->v[i].abstract);
	}
	free(l->v);
	free(l->x);
	strmap_release(&l->titles);
	strlist_release(&l->categories);
}
