/* SPDX-License-Identifier: ISC */
/*
 * Strings numbered from 0 in the order in which they came, each once: a set,
 * or an index into an array that grows with it.  Made for millions of ids:
 * about 30 bytes for each.
 */
#ifndef STRMAP_H
#define STRMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/slice.h"

struct strmap {
	char *text; /* the strings one after the other */
	size_t len, cap;
	uint32_t *ends; /* by number: where in text a string ends */
	size_t n; /* strings */
	/* Open addressing: number + 1 in the low bits, and above them some of
	 * the hash, which spares most looks at other strings; 0 where free. */
	uint32_t *slots;
	size_t nslots; /* a power of two */
};

#define STRMAP_INIT                          \
	{                                    \
		NULL, 0, 0, NULL, 0, NULL, 0 \
	}

/* Copies s into the map; true if it was not there before.  *number (unless
 * NULL) is its number either way. */
bool strmap_add(struct strmap *m, struct slice s, size_t *number);
/* True, and *number (unless NULL) set, if s is there. */
bool strmap_find(const struct strmap *m, struct slice s, size_t *number);
/* The string of a number < n; valid until the next strmap_add. */
struct slice strmap_get(const struct strmap *m, size_t number);
void strmap_release(struct strmap *m);

#endif
