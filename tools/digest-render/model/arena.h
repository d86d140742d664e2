/* SPDX-License-Identifier: ISC */
/*
 * Memory that is given back at once, as that of a digest is: handed out in
 * order, never given back one by one.
 */
#ifndef ARENA_H
#define ARENA_H

#include <stddef.h>

#include "common/base/slice.h"

struct arena {
	struct arena_chunk *chunks;
	char *next;
	size_t left;
};

/* The first n bytes, where a guess at what will be needed is better than the
 * usual first chunk, which is that of a large document. */
void arena_begin(struct arena *a, size_t n);
void arena_release(struct arena *a);
/* n bytes, aligned for pointers and doubles, not cleared. */
void *arena_alloc(struct arena *a, size_t n);
/* A copy of the bytes; a NUL stands behind them. */
struct slice arena_copy(struct arena *a, struct slice s);
/* Text made here; a NUL stands behind it, too. */
struct slice arena_textf(struct arena *a, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

#endif
