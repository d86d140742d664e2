/* SPDX-License-Identifier: ISC */
#include <stdlib.h>

#include "common/base/xalloc.h"
#include "keep.h"

int
held_by_number(const struct held *a, const struct held *b)
{
	return (a->number > b->number) - (a->number < b->number);
}

int
held_by_rank(const struct held *a, const struct held *b)
{
	if (a->rank != b->rank)
		return a->rank < b->rank ? -1 : 1;
	return held_by_number(a, b);
}

int
held_by_key(const struct held *a, const struct held *b)
{
	int c = jq_value_cmp(a->key, b->key);

	return c != 0 ? c : held_by_number(a, b);
}

static void
swap(struct held *a, struct held *b)
{
	struct held t = *a;

	*a = *b;
	*b = t;
}

static void
sift_up(struct keep *k, size_t i)
{
	while (i > 0 && k->cmp(&k->v[i], &k->v[(i - 1) / 2]) > 0) {
		swap(&k->v[i], &k->v[(i - 1) / 2]);
		i = (i - 1) / 2;
	}
}

static void
sift_down(struct keep *k, size_t i)
{
	size_t child;

	while ((child = 2 * i + 1) < k->n) {
		if (child + 1 < k->n &&
		    k->cmp(&k->v[child + 1], &k->v[child]) > 0)
			child++;
		if (k->cmp(&k->v[i], &k->v[child]) > 0)
			break;
		swap(&k->v[i], &k->v[child]);
		i = child;
	}
}

static bool
is_full(const struct keep *k)
{
	return k->limit != 0 && k->n == k->limit;
}

bool
keep_admits(const struct keep *k, const struct held *h)
{
	return !is_full(k) || k->cmp(h, &k->v[0]) < 0;
}

bool
keep_add(struct keep *k, struct held h, struct held *out)
{
	if (is_full(k)) {
		*out = k->v[0];
		k->v[0] = h;
		sift_down(k, 0);
		return true;
	}
	k->v = xgrow(k->v, &k->cap, k->n + 1, sizeof(*k->v));
	k->v[k->n++] = h;
	/* Without a limit nobody asks for the top. */
	if (k->limit != 0)
		sift_up(k, k->n - 1);
	return false;
}

static int (*sort_cmp)(const struct held *a, const struct held *b);

static int
compare(const void *a, const void *b)
{
	return sort_cmp(a, b);
}

void
keep_sort(
    struct keep *k, int (*cmp)(const struct held *a, const struct held *b))
{
	sort_cmp = cmp;
	if (k->n > 0)
		qsort(k->v, k->n, sizeof(*k->v), compare);
}

void
keep_release(struct keep *k)
{
	for (size_t i = 0; i < k->n; i++)
		jq_value_free(k->v[i].key);
	free(k->v);
	k->v = NULL;
	k->n = k->cap = 0;
}
