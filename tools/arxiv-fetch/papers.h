/* SPDX-License-Identifier: ISC */
/* Papers by id, in the order they were first met. */
#ifndef PAPERS_H
#define PAPERS_H

#include <stdbool.h>
#include <stddef.h>

#include "entry.h"

struct papers {
	struct entry **v; /* owned */
	size_t n, cap;
	size_t *slots; /* hash table of indices + 1 */
	size_t nslots;
};

#define PAPERS_INIT                 \
	{                           \
		NULL, 0, 0, NULL, 0 \
	}

#define PAPERS_NONE ((size_t)-1)

/* The index of id, or PAPERS_NONE. */
size_t papers_find(const struct papers *p, const char *id);
/* A copy of e joins as a new paper, or e is merged into the one with its id;
 * *is_new tells.  Returns its index. */
size_t papers_add(struct papers *p, const struct entry *e, bool *is_new);
/* All indices in the order of ids, old-style ids in front; to be freed. */
size_t *papers_by_id(const struct papers *p);
void papers_release(struct papers *p);

#endif
