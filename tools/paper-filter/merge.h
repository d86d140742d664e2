/* SPDX-License-Identifier: ISC */
/*
 * --dedup=merge: one record for each id, the newest version, with the
 * categories of all.
 */
#ifndef MERGE_H
#define MERGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/strlist.h"
#include "common/base/strmap.h"
#include "common/record/paper.h"
#include "filter.h"

struct merged {
	uint64_t at; /* of the newest version's line */
	uint32_t n;
	uint32_t shared; /* index + 1 in categories; 0 for a single record */
};

struct merge {
	struct spool *spool; /* where lines are held; the caller's */
	struct strmap ids;
	struct merged *v; /* by the number of their id */
	size_t cap;
	struct strlist *categories; /* of all records of an id */
	size_t ncategories;
	struct paper view; /* of a record held */
	struct strbuf held, line;
};

void merge_init(struct merge *m, struct spool *spool);
void merge_release(struct merge *m);
/*
 * Adds a line, which p is a view of.  False if its id is new; else *older is
 * the older line of the two, which goes: line itself, or one that is valid
 * until the next call.
 */
bool merge_add(
    struct merge *m, struct slice line, struct paper *p, struct slice *older);
/* The line of the i-th paper, i < m->ids.n; valid until the next call. */
struct slice merge_get(struct merge *m, size_t i);

#endif
