/* SPDX-License-Identifier: ISC */
/* Which ids came already: open addressing, at most half full. */
#include "builder.h"

#include <stdlib.h>

#include "common/xalloc.h"

/* FNV-1a: short keys, and nothing secret depends on the order. */
static size_t
hash(struct slice s)
{
	uint64_t h = 14695981039346656037u;
	size_t i;

	for (i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 1099511628211u;
	return (size_t)(h ^ (h >> 32));
}

static struct digest_paper **
find_slot(const struct id_set *set, struct slice id)
{
	size_t i = hash(id) & (set->nslots - 1);

	while (set->slot[i] != NULL && !slice_same(set->slot[i]->id, id))
		i = (i + 1) & (set->nslots - 1);
	return &set->slot[i];
}

struct digest_paper *
id_set_find(const struct id_set *set, struct slice id)
{
	return set->nslots > 0 ? *find_slot(set, id) : NULL;
}

static void
grow(struct id_set *set)
{
	struct id_set bigger = {0};
	size_t i;

	bigger.nslots = set->nslots > 0 ? set->nslots * 2 : 1024;
	bigger.slot = xcalloc(bigger.nslots, sizeof(*bigger.slot));
	for (i = 0; i < set->nslots; i++)
		if (set->slot[i] != NULL)
			*find_slot(&bigger, set->slot[i]->id) = set->slot[i];
	bigger.n = set->n;
	free(set->slot);
	*set = bigger;
}

void
id_set_add(struct id_set *set, struct digest_paper *p)
{
	if (set->n * 2 >= set->nslots)
		grow(set);
	*find_slot(set, p->id) = p;
	set->n++;
}
