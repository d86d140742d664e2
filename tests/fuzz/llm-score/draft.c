/* SPDX-License-Identifier: ISC */
/*
 * Phrases of any titles and abstracts: a line each, in turn.  Whatever they
 * hold, a phrase is UTF-8, is of one to four words, stands in as many papers as
 * there are at most, and is read back by the judge as it is written.
 */
#include <stdlib.h>
#include <string.h>

#include "../fuzz.h"
#include "common/base/utf8.h"
#include "common/base/xalloc.h"
#include "draft/draft.h"

#define PAPERS 16

static size_t
read_papers(struct library *l, struct slice text)
{
	struct slice title, abstract = {"", 0};

	while (l->n < PAPERS && slice_cut(&text, '\n', &title)) {
		if (!slice_cut(&text, '\n', &abstract))
			abstract = (struct slice) {"", 0};
		l->v = xgrow(l->v, &l->cap, l->n + 1, sizeof(*l->v));
		l->v[l->n++] = (struct library_paper) {
		    .title = xmemdup0(title.p, title.n),
		    .abstract = xmemdup0(abstract.p, abstract.n),
		};
	}
	return l->n;
}

/* What the judge makes of a heading of it. */
static bool
is_one_wish(struct slice phrase)
{
	struct wishes w;
	struct tokens t;
	bool one;

	tokens_init(&t);
	wishes_read(&w, phrase, &t);
	one = w.n == 1 && !w.v[0].unwanted;
	wishes_release(&w);
	tokens_release(&t);
	return one;
}

static void
check(const struct phrases *f, const struct phrase *p, size_t papers)
{
	struct strbuf written = STRBUF_INIT(STRBUF_MAX);

	FUZZ_ASSERT(p->words >= 1 && p->words <= WISH_WORDS);
	FUZZ_ASSERT(p->n[0] + p->n[1] >= 1 && p->n[0] + p->n[1] <= papers);
	FUZZ_ASSERT(p->as_noun <= p->times);
	forms_write(&f->forms, slice_of(p->text), &written);
	FUZZ_ASSERT(utf8_valid(written.s, written.len));
	FUZZ_ASSERT(memchr(written.s, '\n', written.len) == NULL);
	FUZZ_ASSERT(is_one_wish(strbuf_slice(&written)));
	strbuf_release(&written);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct library l = {.titles = STRMAP_INIT};
	size_t of[PAPERS], papers;
	struct phrases f;

	/* Texts of papers are, and have no NUL. */
	if (!utf8_valid((const char *)data, n) || memchr(data, '\0', n) != NULL)
		return 0;
	papers = read_papers(&l, (struct slice) {(const char *)data, n});
	for (size_t i = 0; i < papers; i++)
		of[i] = i % 2;
	phrases_collect(&f, &l, of);
	for (size_t i = 0; i < f.keys.n; i++)
		check(&f, &f.v[i], papers);
	phrases_release(&f);
	library_release(&l);
	return 0;
}
