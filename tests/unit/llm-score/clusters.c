/* SPDX-License-Identifier: ISC */
#include "../tap.h"
#include "draft/draft.h"

#define N 60

static vector x[N];
static size_t of[N];

/* Paper i near to the axis: the farther, the larger spread is. */
static void
put(size_t i, size_t axis, double spread)
{
	memset(x[i], 0, sizeof(x[i]));
	x[i][axis] = 1;
	x[i][20 + i % 40] = spread;
	vector_unit(x[i]);
}

static void
test_kinds(void)
{
	struct clusters c, again;
	size_t of_again[N], same = 0;

	/* Thirty, twenty and ten, one of each kind after the other. */
	for (size_t i = 0; i < N; i++)
		put(i, i % 6 < 3 ? 0 : i % 6 < 5 ? 1 : 2, 0.2);
	clusters_find(&c, (const vector *)x, N, of);
	is_int(c.n, 3, "three kinds are three clusters");
	is_int(c.papers[0], 30, "the largest is the first");
	is_int(c.papers[1], 20, "then the next one");
	is_int(c.papers[2], 10, "the smallest is the last");
	is_int(of[0], 0, "a paper's number is its cluster's place");
	is_int(of[5], 2, "that of a rare kind, too");
	ok(vector_dot(c.centre[1], x[3]) > 0.9, "a centre is near to its own");
	clusters_find(&again, (const vector *)x, N, of_again);
	for (size_t i = 0; i < N; i++)
		same += of[i] == of_again[i];
	is_int(same, N, "the same papers give the same clusters");
}

static void
test_few(void)
{
	struct clusters c;

	put(0, 0, 0);
	put(1, 0, 0);
	clusters_find(&c, (const vector *)x, 1, of);
	is_int(c.n, 1, "one paper is one cluster");
	is_int(of[0], 0, "it is in it");
	clusters_find(&c, (const vector *)x, 2, of);
	is_int(c.papers[0], 2, "two that are the same are together");
}

static void
test_same(void)
{
	struct clusters c;
	size_t sum = 0;

	for (size_t i = 0; i < N; i++)
		put(i, 3, 0);
	clusters_find(&c, (const vector *)x, N, of);
	ok(c.n <= CLUSTERS_MAX, "no more clusters than may be");
	for (size_t k = 0; k < c.n; k++)
		sum += c.papers[k];
	is_int(sum, N, "papers that are all the same are all counted");
	is_int(c.papers[0], N, "in one place");
}

int
main(void)
{
	test_kinds();
	test_few();
	test_same();
	return done_testing();
}
