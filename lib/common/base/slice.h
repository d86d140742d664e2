/* SPDX-License-Identifier: ISC */
/*
 * A borrowed run of bytes: not NUL-terminated, may hold NULs, and lives as
 * long as what it was cut from.  An empty one need not point anywhere.
 */
#ifndef SLICE_H
#define SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct slice {
	const char *p;
	size_t n;
};

#define SLICE_LIT(s) ((struct slice) {(s), sizeof(s) - 1})

static inline struct slice
slice_of(const char *s)
{
	return (struct slice) {s, strlen(s)};
}

static inline bool
slice_eq(struct slice a, const char *s)
{
	size_t n = strlen(s);

	return a.n == n && (n == 0 || memcmp(a.p, s, n) == 0);
}

static inline bool
slice_same(struct slice a, struct slice b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

/* Byte order, a prefix before what it begins. */
static inline int
slice_cmp(struct slice a, struct slice b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int c = n > 0 ? memcmp(a.p, b.p, n) : 0;

	return c != 0 ? c : (a.n > b.n) - (a.n < b.n);
}

#endif
