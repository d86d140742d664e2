/* SPDX-License-Identifier: ISC */
#include "local/local.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/xalloc.h"

#define TOLD_MAX 5

void
matches_init(struct matches *m, const struct wishes *w)
{
	size_t n = 64, b;

	while (n < 4 * w->n)
		n *= 2;
	*m = (struct matches) {.wishes = w, .nbuckets = n};
	m->bucket = xcalloc(n, sizeof(*m->bucket));
	m->next = xcalloc(w->n + 1, sizeof(*m->next));
	m->times = xcalloc(w->n + 1, sizeof(*m->times));
	for (size_t k = w->n; k-- > 0;) {
		b = w->v[k].stem[0] & (n - 1);
		m->next[k] = m->bucket[b];
		m->bucket[b] = k + 1;
	}
}

void
matches_release(struct matches *m)
{
	free(m->bucket);
	free(m->next);
	free(m->times);
}

void
matches_reset(struct matches *m)
{
	memset(m->times, 0, m->wishes->n * sizeof(*m->times));
	m->words = 0;
}

/* True if the words of w stand from word i on, within a sentence. */
static bool
stands_at(const struct wish *w, struct tokens *t, size_t i)
{
	if (t->n - i < w->nstems)
		return false;
	for (size_t k = 1; k < w->nstems; k++)
		if (t->v[i + k].gap ||
		    tokens_stem_hash(t, &t->v[i + k]) != w->stem[k])
			return false;
	return true;
}

void
matches_add(struct matches *m, struct tokens *t, double times)
{
	for (size_t i = 0; i < t->n; i++) {
		uint64_t stem = tokens_stem_hash(t, &t->v[i]);
		size_t k = m->bucket[stem & (m->nbuckets - 1)];

		for (; k != 0; k = m->next[k - 1]) {
			const struct wish *w = &m->wishes->v[k - 1];

			if (w->stem[0] == stem && stands_at(w, t, i))
				m->times[k - 1] += times;
		}
	}
	m->words += t->n;
}

bool
matches_any(const struct matches *m, bool unwanted)
{
	for (size_t k = 0; k < m->wishes->n; k++)
		if (m->times[k] > 0 && !m->wishes->v[k].weak &&
		    m->wishes->v[k].unwanted == unwanted)
			return true;
	return false;
}

/* True if the words of wish k are within one that is told already. */
static bool
is_told(const struct wishes *w, size_t k, const size_t *told, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (wish_is_within(&w->v[told[i]], &w->v[k]))
			return true;
	return false;
}

void
matches_tell(const struct matches *m, struct strbuf *b, bool unwanted,
    const char *before)
{
	const struct wishes *w = m->wishes;
	size_t told[TOLD_MAX], n = 0;

	for (size_t words = WISH_WORDS; words > 0; words--)
		for (size_t k = 0; k < w->n && n < TOLD_MAX; k++) {
			if (m->times[k] == 0 || w->v[k].weak ||
			    w->v[k].unwanted != unwanted ||
			    w->v[k].nstems != words || is_told(w, k, told, n))
				continue;
			strbuf_addstr(b, n == 0 ? before : ", ");
			strbuf_addstr(b, w->v[k].text);
			told[n++] = k;
		}
	if (n > 0)
		strbuf_addstr(b, ".");
}

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
