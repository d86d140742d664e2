/* SPDX-License-Identifier: ISC */
/* Open addressing: short names, none of which is ever taken out. */
#include "model/str_index.h"

#include <stdlib.h>

#include "common/base/xalloc.h"

/* FNV-1a: nothing secret depends on the order. */
static size_t
hash(struct slice s)
{
	uint64_t h = 14695981039346656037u;
	size_t i;

	for (i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 1099511628211u;
	return (size_t)(h ^ (h >> 32));
}

static struct str_index_slot *
find(const struct str_index *index, struct slice name)
{
	size_t i = hash(name) & (index->nslots - 1);

	while (index->slot[i].used && !slice_same(index->slot[i].name, name))
		i = (i + 1) & (index->nslots - 1);
	return &index->slot[i];
}

bool
str_index_get(
    const struct str_index *index, struct slice name, uint32_t *number)
{
	const struct str_index_slot *slot;

	if (index->nslots == 0)
		return false;
	slot = find(index, name);
	if (slot->used)
		*number = slot->number;
	return slot->used;
}

static void
grow(struct str_index *index)
{
	struct str_index bigger = {.n = index->n};
	size_t i;

	bigger.nslots = index->nslots > 0 ? index->nslots * 2 : 64;
	bigger.slot = xcalloc(bigger.nslots, sizeof(*bigger.slot));
	for (i = 0; i < index->nslots; i++)
		if (index->slot[i].used)
			*find(&bigger, index->slot[i].name) = index->slot[i];
	free(index->slot);
	*index = bigger;
}

void
str_index_add(struct str_index *index, struct slice name, uint32_t number)
{
	if (index->n * 2 >= index->nslots)
		grow(index);
	*find(index, name) = (struct str_index_slot) {name, number, true};
	index->n++;
}

void
str_index_release(struct str_index *index)
{
	free(index->slot);
	*index = (struct str_index) {0};
}
