/* SPDX-License-Identifier: ISC */
#include "local/lexical.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/xalloc.h"

/* BM25's constants, at their usual values. */
#define K1    1.2
#define B     0.75
/* Words of a title and abstract, on average. */
#define WORDS 178.0
/* A word that more papers have tells nothing. */
#define WEAK  0.1

/*
 * In how many of the papers a wish may be expected to stand: as many as have the
 * rarest of its pairs.  Only frequent pairs are known; any other is rare.
 */
static double
papers(const struct vectors *v, const struct wish *w)
{
	double n = v->nlearnt, least = HUGE_VAL;
	const char *p = w->text, *end;
	size_t term;

	for (size_t k = 0; k < w->nstems; k++) {
		end = p + strcspn(p, " ");
		if (k + 1 < w->nstems)
			end += 1 + strcspn(end + 1, " ");
		else if (k > 0)
			break;
		term = vectors_find(v, (struct slice) {p, (size_t)(end - p)});
		least = fmin(
		    least, term == VECTORS_NO_TERM ? 0 : v->term[term].count);
		p += strcspn(p, " ") + 1;
	}
	/* Of so many occurrences several are in one paper. */
	return n * (1 - exp(-least / n));
}

double
lexical_rarity(const struct wish *w, const struct vectors *v)
{
	return log((v->nlearnt + 1.0) / (papers(v, w) + 1));
}

void
lexical_mark_weak(struct wishes *w, const struct vectors *v)
{
	for (size_t i = 0; i < w->n; i++)
		if (papers(v, &w->v[i]) > WEAK * v->nlearnt)
			w->v[i].weak = true;
}

void
lexical_open(struct lexical *l, const struct wishes *w, const struct vectors *v)
{
	double n = v->nlearnt, variance = 0, k, p;

	*l = (struct lexical) {.gain = xcalloc(w->n + 1, sizeof(*l->gain))};
	for (size_t i = 0; i < w->n; i++) {
		k = papers(v, &w->v[i]);
		p = (k + 0.5) / (n + 1);
		l->gain[i] = (w->v[i].unwanted ? -1 : fmin(w->v[i].times, 1)) *
		    log(1 + (n - k + 0.5) / (k + 0.5));
		l->mean += l->gain[i] * p;
		variance += l->gain[i] * l->gain[i] * p * (1 - p);
	}
	l->deviation = sqrt(variance);
}

void
lexical_release(struct lexical *l)
{
	free(l->gain);
}

/* BM25's answer to: it stands there so many times, what is that worth? */
static double
saturate(double times, double words)
{
	return times * (K1 + 1) / (times + K1 * (1 - B + B * words / WORDS));
}

double
lexical_z(const struct lexical *l, const struct matches *m)
{
	double sum = 0;

	for (size_t i = 0; i < m->wishes->n; i++)
		if (m->times[i] > 0)
			sum += l->gain[i] *
			    saturate(m->times[i], (double)m->words);
	return (sum - l->mean) / l->deviation;
}
