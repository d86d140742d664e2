/* SPDX-License-Identifier: ISC */
#include "local/matches.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/xalloc.h"
#include "local/stems.h"

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
