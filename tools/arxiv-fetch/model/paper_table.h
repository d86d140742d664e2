/* SPDX-License-Identifier: ISC */
/*
 * Papers by id, in the order they were first met; and, in bounded memory, the
 * ids that were met lately: a set of hashes in two generations, of which the
 * older is forgotten when the younger is full, so that the last RECENT_IDS
 * keys at least are known.
 */
#ifndef PAPER_TABLE_H
#define PAPER_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/strmap.h"
#include "model/entry.h"

struct paper_table {
	struct entry **v; /* owned */
	size_t n, cap;
	struct strmap ids; /* number them as v does */
};

#define PAPER_TABLE_INIT           \
	{                          \
		.ids = STRMAP_INIT \
	}

#define PAPER_TABLE_NONE ((size_t)-1)

/* The index of id, or PAPER_TABLE_NONE. */
size_t paper_table_find(const struct paper_table *p, const char *id);
/* A copy of e joins as a new paper, or e is merged into the one with its id;
 * *is_new tells.  Returns its index. */
size_t
paper_table_add(struct paper_table *p, const struct entry *e, bool *is_new);
/* All indices in the order of ids, old-style ids in front; to be freed. */
size_t *paper_table_by_id(const struct paper_table *p);
void paper_table_release(struct paper_table *p);

#define RECENT_IDS ((size_t)128 << 10)

struct recent_ids {
	uint64_t *young, *old; /* tables of 2 * RECENT_IDS; NULL while unused */
	size_t n; /* in young */
};

uint64_t recent_ids_hash(const char *key);
/* Adds the hash; true if it was there. */
bool recent_ids_add(struct recent_ids *s, uint64_t hash);
void recent_ids_release(struct recent_ids *s);

#endif
