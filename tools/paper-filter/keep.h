/* SPDX-License-Identifier: ISC */
/*
 * Records held back until more is known: the N least of a stream by some
 * order, or all of them sorted.
 */
#ifndef KEEP_H
#define KEEP_H

#include <stddef.h>
#include <stdint.h>

#include "common/slice.h"
#include "jq_program.h"

/* Owns its line and its key. */
struct held {
	char *line;
	size_t n;
	uint64_t number; /* its place in the stream: decides between equals */
	uint64_t rank; /* drawn for --sample */
	struct jq_value *key; /* of --sort-by */
};

struct held *held_new(struct slice line);
struct slice held_line(const struct held *h);
void held_free(struct held *h);

struct keep {
	struct held **v; /* a heap with the last in order on top */
	size_t n, cap;
	size_t limit; /* 0: none */
	int (*cmp)(const struct held *a, const struct held *b);
};

/* Less than 0 if a comes first; no two are equal. */
int held_by_number(const struct held *a, const struct held *b);
int held_by_rank(const struct held *a, const struct held *b);
int held_by_key(const struct held *a, const struct held *b);

/* Takes over h and gives back the one that is out for it (perhaps h itself),
 * or NULL while there is room. */
struct held *keep_add(struct keep *k, struct held *h);
/* Puts them in order: v[0] .. v[n - 1].  Nothing may be added after it. */
void keep_sort(
    struct keep *k, int (*cmp)(const struct held *a, const struct held *b));
/* Frees what is still held. */
void keep_release(struct keep *k);

#endif
