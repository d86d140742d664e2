/* SPDX-License-Identifier: ISC */
#include "draft/draft.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "common/base/hash.h"
#include "common/base/xalloc.h"

/* More papers than that make no better centres. */
#define SAMPLE	     1500
#define BEGINNINGS   6
#define ROUNDS	     25

/* A reader wants to see so many topics at least, if papers are enough. */
#define TOPICS_LEAST 3
/* Fewer papers for each would be a topic a paper. */
#define PAPERS_EACH  3
/* Centres that are more alike are one topic, and so is what is next to one that
 * has a smaller share of the papers. */
#define ALIKE	     0.60
#define SHARE_LEAST  0.04

/* The centre that x is nearest to. */
static size_t
nearest(const struct clusters *c, const vector x, double *cosine)
{
	size_t best = 0;

	*cosine = -2;
	for (size_t k = 0; k < c->n; k++) {
		double d = vector_dot(c->centre[k], x);

		if (d > *cosine) {
			*cosine = d;
			best = k;
		}
	}
	return best;
}

/* Puts each to its nearest centre, every step-th only; returns how near they are
 * in all. */
static double
assign(struct clusters *c, const vector *x, size_t n, size_t step, size_t *of)
{
	double sum = 0, cosine;

	memset(c->papers, 0, sizeof(c->papers));
	for (size_t i = 0; i < n; i += step) {
		of[i] = nearest(c, x[i], &cosine);
		c->papers[of[i]]++;
		sum += cosine;
	}
	return sum;
}

static void
set_centres(struct clusters *c, const vector *x, size_t n, size_t step,
    const size_t *of)
{
	vector sum[CLUSTERS_MAX] = {{0}};

	for (size_t i = 0; i < n; i += step)
		vector_add(sum[of[i]], x[i], 1);
	for (size_t k = 0; k < c->n; k++) {
		vector_unit(sum[k]);
		/* One without papers stays where it was. */
		if (c->papers[k] > 0)
			memcpy(c->centre[k], sum[k], sizeof(sum[k]));
	}
}

/*
 * Begins with one paper, and then takes those that are far from what it has,
 * the farther the likelier (k-means++).
 */
static void
begin(struct clusters *c, size_t k, const vector *x, size_t n, size_t step,
    uint64_t *random)
{
	size_t samples = (n + step - 1) / step, i;
	double sum, cosine, wanted;

	c->n = 1;
	i = hash_next(random) % samples * step;
	memcpy(c->centre[0], x[i], sizeof(x[i]));
	for (; c->n < k; c->n++) {
		sum = 0;
		for (i = 0; i < n; i += step) {
			(void)nearest(c, x[i], &cosine);
			sum += fmax(1 - cosine, 0);
		}
		wanted = sum * (double)(hash_next(random) >> 11) * 0x1p-53;
		for (i = 0; i + step < n; i += step) {
			(void)nearest(c, x[i], &cosine);
			if ((wanted -= fmax(1 - cosine, 0)) < 0)
				break;
		}
		memcpy(c->centre[c->n], x[i], sizeof(x[i]));
	}
}

static double
settle(struct clusters *c, const vector *x, size_t n, size_t step, size_t *of)
{
	double near = -HUGE_VAL, before;

	for (int i = 0; i < ROUNDS; i++) {
		before = near;
		near = assign(c, x, n, step, of);
		if (near <= before)
			break;
		set_centres(c, x, n, step, of);
	}
	return near;
}

/* Joins b to a, and puts the last in its place. */
static void
join(struct clusters *c, size_t a, size_t b)
{
	vector sum = {0};

	vector_add(sum, c->centre[a], (double)c->papers[a]);
	vector_add(sum, c->centre[b], (double)c->papers[b]);
	vector_unit(sum);
	memcpy(c->centre[a], sum, sizeof(sum));
	c->papers[a] += c->papers[b];
	c->n--;
	memcpy(c->centre[b], c->centre[c->n], sizeof(sum));
	c->papers[b] = c->papers[c->n];
}

/* The two that are most alike, of which one is *b unless that is c->n: how
 * alike. */
static double
most_alike(const struct clusters *c, size_t *a, size_t *b)
{
	size_t one = *b;
	double best = -2;

	for (size_t i = 0; i < c->n; i++)
		for (size_t k = 0; k < c->n; k++) {
			double d = vector_dot(c->centre[i], c->centre[k]);

			if (i == k || (one < c->n && k != one) || d <= best)
				continue;
			best = d;
			*a = i;
			*b = k;
		}
	return best;
}

static size_t
smallest(const struct clusters *c)
{
	size_t least = 0;

	for (size_t k = 1; k < c->n; k++)
		if (c->papers[k] < c->papers[least])
			least = k;
	return least;
}

/* Of n papers, in steps. */
static void
join_what_is_one(struct clusters *c, size_t n)
{
	size_t a = 0, b;
	bool small;

	while (c->n > TOPICS_LEAST) {
		b = smallest(c);
		small = c->papers[b] < PAPERS_EACH ||
		    (double)c->papers[b] < SHARE_LEAST * (double)n;
		if (!small)
			b = c->n;
		if (most_alike(c, &a, &b) < ALIKE && !small)
			break;
		join(c, a, b);
	}
}

static void
sort_by_size(struct clusters *c)
{
	struct clusters sorted = {.n = c->n};

	for (size_t i = 0; i < sorted.n; i++) {
		size_t most = 0;

		for (size_t k = 1; k < c->n; k++)
			if (c->papers[k] > c->papers[most])
				most = k;
		memcpy(
		    sorted.centre[i], c->centre[most], sizeof(c->centre[most]));
		sorted.papers[i] = c->papers[most];
		c->papers[most] = 0;
	}
	*c = sorted;
}

void
clusters_find(struct clusters *c, const vector *x, size_t n, size_t *of)
{
	size_t step = (n + SAMPLE - 1) / SAMPLE, k = n / PAPERS_EACH;
	struct clusters one;
	double best = -HUGE_VAL, near;
	uint64_t random = 0;

	k = k > CLUSTERS_MAX ? CLUSTERS_MAX : k < 1 ? 1 : k;
	for (int i = 0; i < BEGINNINGS; i++) {
		begin(&one, k, x, n, step, &random);
		near = settle(&one, x, n, step, of);
		if (near > best) {
			best = near;
			*c = one;
		}
	}
	join_what_is_one(c, (n + step - 1) / step);
	assign(c, x, n, 1, of);
	sort_by_size(c);
	assign(c, x, n, 1, of);
}
