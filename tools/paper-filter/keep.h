/* SPDX-License-Identifier: ISC */
/*
 * Records held back until more is known: the N first of a stream in some
 * order, or all of them sorted.
 */
#ifndef KEEP_H
#define KEEP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "jq_program.h"

/* Its line is in a spool. */
struct held {
	uint64_t at;
	size_t n;
	uint64_t number; /* its place in the stream: decides between equals */
	uint64_t rank; /* drawn for --sample */
	struct jq_value *key; /* of --sort-by; owned */
};

struct keep {
	struct held *v; /* a heap with the last in order on top */
	size_t n, cap;
	size_t limit; /* 0: none */
	int (*cmp)(const struct held *a, const struct held *b);
};

/* Less than 0 if a comes first; no two are equal. */
int held_by_number(const struct held *a, const struct held *b);
int held_by_rank(const struct held *a, const struct held *b);
int held_by_key(const struct held *a, const struct held *b);

/* True if h would be kept, as things stand. */
bool keep_admits(const struct keep *k, const struct held *h);
/* Takes over h, which is admitted.  True if *out, now the caller's, had to go
 * for it. */
bool keep_add(struct keep *k, struct held h, struct held *out);
/* Puts them in order: v[0] .. v[n - 1].  Nothing may be added after it. */
void keep_sort(
    struct keep *k, int (*cmp)(const struct held *a, const struct held *b));
/* Frees what is still held. */
void keep_release(struct keep *k);

#endif
