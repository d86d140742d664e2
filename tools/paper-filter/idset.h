/* SPDX-License-Identifier: ISC */
/*
 * A set of ids, made for millions of them: about 30 bytes for each.  They are
 * numbered from 0 in the order in which they came.
 */
#ifndef IDSET_H
#define IDSET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/slice.h"

struct idset {
	/* The ids one after the other, each behind its length. */
	char *ids;
	size_t len, cap;
	uint32_t *offsets; /* by number, into ids */
	size_t n;
	/* Open addressing: number + 1 in the low bits, and above them some of
	 * the hash, which spares most looks at other ids; 0 where free. */
	uint32_t *slots;
	size_t nslots; /* a power of two */
};

#define IDSET_INIT                           \
	{                                    \
		NULL, 0, 0, NULL, 0, NULL, 0 \
	}

/* True if id was not in the set before; *number (unless NULL) is its number.
 * Ids longer than 255 bytes, which no archive has, are told apart by their
 * first 255. */
bool idset_add(struct idset *s, struct slice id, size_t *number);
bool idset_has(const struct idset *s, struct slice id);
void idset_release(struct idset *s);

/* A well-mixed hash of the bytes. */
uint64_t idset_hash(struct slice id, uint64_t seed);

#endif
