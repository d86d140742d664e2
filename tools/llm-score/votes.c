/* SPDX-License-Identifier: ISC */
/* Several verdicts on one paper made one. */
#include <limits.h>
#include <stdlib.h>

#include "common/base/xalloc.h"
#include "verdict.h"

static int
by_value(const void *a, const void *b)
{
	int x = *(const int *)a, y = *(const int *)b;

	return (x > y) - (x < y);
}

static int
median(const struct verdict *votes, size_t n, size_t axis)
{
	int *v = xreallocarray(NULL, n, sizeof(*v)), m;

	for (size_t i = 0; i < n; i++)
		v[i] = votes[i].axis[axis];
	qsort(v, n, sizeof(*v), by_value);
	m = v[(n - 1) / 2];
	free(v);
	return m;
}

static const struct verdict *
nearest(const struct verdict *votes, size_t n, const int *axis, size_t naxes)
{
	const struct verdict *best = votes;
	int least = INT_MAX;

	for (size_t i = 0; i < n; i++) {
		int distance = 0;

		for (size_t a = 0; a < naxes; a++)
			distance += abs(votes[i].axis[a] - axis[a]);
		if (distance < least) {
			least = distance;
			best = &votes[i];
		}
	}
	return best;
}

static void
common_topics(struct strlist *topics, const struct verdict *votes, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		for (size_t t = 0; t < votes[i].topics.n; t++) {
			const char *id = votes[i].topics.v[t];
			size_t named = 0;

			for (size_t k = 0; k < n; k++)
				named += strlist_has(&votes[k].topics, id);
			if (2 * named > n && !strlist_has(topics, id))
				strlist_add(topics, id);
		}
	}
}

void
verdict_of_votes(struct verdict *v, const struct verdict *votes, size_t n,
    const struct scale *scale)
{
	*v = (struct verdict) {.comment = NULL};
	for (size_t i = 0; i < scale->n; i++)
		v->axis[i] = median(votes, n, i);
	v->comment = xstrdup(nearest(votes, n, v->axis, scale->n)->comment);
	common_topics(&v->topics, votes, n);
}
