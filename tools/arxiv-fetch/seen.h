/* SPDX-License-Identifier: ISC */
/*
 * What was met lately, in bounded memory: a set of hashes in two generations.
 * The older is forgotten when the younger is full, so the last SEEN_SIZE keys
 * at least are known.
 */
#ifndef SEEN_H
#define SEEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SEEN_SIZE ((size_t)128 << 10)

struct seen {
	uint64_t *young, *old; /* tables of 2 * SEEN_SIZE; NULL while unused */
	size_t n; /* in young */
};

uint64_t seen_hash(const char *key);
/* Adds the hash; true if it was there. */
bool seen_add(struct seen *s, uint64_t hash);
void seen_release(struct seen *s);

#endif
