/* SPDX-License-Identifier: ISC */
/* Whether a record is shown and if not, why; in which order, and how many. */
#include <math.h>
#include <stdlib.h>

#include "common/base/xalloc.h"
#include "model/digest_internal.h"
#include "model/digest.h"

enum paper_class
classify_paper(const struct digest *d, const struct paper *p)
{
	if (paper_is_followed(p))
		return CLASS_SHOWN;
	if (paper_has(p, PAPER_SCORE_ERROR))
		return CLASS_UNSCORED;
	if (paper_is_screened_out(p))
		return CLASS_SCREENED;
	return paper_is_below(p, d->style.min_relevance, d->style.min_novelty)
	    ? CLASS_BELOW
	    : CLASS_SHOWN;
}

void
papers_push(struct digest_papers *list, struct digest_paper *p)
{
	list->v = xgrow(list->v, &list->cap, list->n + 1, sizeof(*list->v));
	list->v[list->n++] = p;
}

/* With both axes known this orders as their sum does.  A null axis must not
 * count as 0, nor as a 10: the paper is judged by what is known of it. */
double
merit(bool has_relevance, double relevance, bool has_novelty, double novelty)
{
	if (has_relevance && has_novelty)
		return (relevance + novelty) / 2;
	if (has_relevance)
		return relevance;
	return has_novelty ? novelty : -HUGE_VAL;
}

static int
descending(double a, double b)
{
	return (a < b) - (a > b);
}

static double
paper_merit(const struct digest_paper *p)
{
	return merit(
	    p->has_relevance, p->relevance, p->has_novelty, p->novelty);
}

static int
compare(const void *va, const void *vb)
{
	const struct digest_paper *a = *(struct digest_paper *const *)va;
	const struct digest_paper *b = *(struct digest_paper *const *)vb;
	int c;

	c = (b->match_authors.n > 0) - (a->match_authors.n > 0);
	if (c == 0)
		c = descending(paper_merit(a), paper_merit(b));
	if (c == 0)
		c = descending(a->relevance, b->relevance);
	return c != 0 ? c : slice_cmp(a->id, b->id);
}

/* Author matches are shown whatever --top says; the rest fills what they
 * leave. */
static void
cut(struct digest *d)
{
	struct digest_papers *list = &d->papers;
	size_t i, n = 0, room, top = (size_t)d->style.top;

	if (top == 0 || list->n <= top)
		return;
	for (i = 0; i < list->n; i++)
		n += list->v[i]->match_authors.n > 0;
	room = n < top ? top - n : 0;
	for (i = n = 0; i < list->n; i++) {
		if (list->v[i]->match_authors.n > 0)
			list->v[n++] = list->v[i];
		else if (room > 0) {
			room--;
			list->v[n++] = list->v[i];
		}
	}
	list->n = n;
}

/* A paper that another record has the score of failed once, and does no
 * more. */
static void
drop_repaired(struct digest *d)
{
	const struct digest_unscored *u;
	size_t i, n = 0;
	size_t at;

	for (i = 0; i < d->nunscored; i++) {
		u = &d->unscored[i];
		if (strmap_find(&d->builder->ids, u->id, &at) &&
		    d->papers.v[at]->scored) {
			d->days[u->day].unscored--;
			d->totals.unscored--;
			d->totals.duplicate++;
		} else {
			d->unscored[n++] = *u;
		}
	}
	d->nunscored = n;
}

void
select_papers(struct digest *d)
{
	/* Before the order of arrival is gone. */
	drop_repaired(d);
	d->totals.relevant = d->papers.n;
	if (!d->style.keep_order && d->papers.n > 1)
		qsort(d->papers.v, d->papers.n, sizeof(*d->papers.v), compare);
	cut(d);
	d->totals.shown = d->papers.n;
}
