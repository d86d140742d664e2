/* SPDX-License-Identifier: ISC */
/*
 * --dedup=merge: one record for each id, the newest version, with the
 * categories of all.
 */
#ifndef MERGE_H
#define MERGE_H

#include <stddef.h>

#include "common/paper.h"
#include "common/strlist.h"
#include "idset.h"
#include "keep.h"

struct merged {
	struct held *newest;
	struct strlist categories; /* of all; empty for a single record */
};

struct merge {
	struct idset ids;
	struct merged *v; /* by the number of their id */
	size_t cap;
	struct paper view; /* of a record held */
};

void merge_init(struct merge *m);
void merge_release(struct merge *m);
/* Takes over h, whose line p is a view of.  Returns the older record of the
 * same id, which is now the caller's, or NULL if the id is new. */
struct held *merge_add(struct merge *m, struct held *h, struct paper *p);
/* The i-th paper, i < m->ids.n: now the caller's. */
struct held *merge_take(struct merge *m, size_t i);

#endif
