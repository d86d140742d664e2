/* SPDX-License-Identifier: ISC */
/* Open addressing: short names, none of which is ever taken out. */
#include "names.h"

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

static struct name_slot *
find(const struct names *names, struct slice name)
{
	size_t i = hash(name) & (names->nslots - 1);

	while (names->slot[i].used && !slice_same(names->slot[i].name, name))
		i = (i + 1) & (names->nslots - 1);
	return &names->slot[i];
}

bool
names_get(const struct names *names, struct slice name, uint32_t *number)
{
	const struct name_slot *slot;

	if (names->nslots == 0)
		return false;
	slot = find(names, name);
	if (slot->used)
		*number = slot->number;
	return slot->used;
}

static void
grow(struct names *names)
{
	struct names bigger = {.n = names->n};
	size_t i;

	bigger.nslots = names->nslots > 0 ? names->nslots * 2 : 64;
	bigger.slot = xcalloc(bigger.nslots, sizeof(*bigger.slot));
	for (i = 0; i < names->nslots; i++)
		if (names->slot[i].used)
			*find(&bigger, names->slot[i].name) = names->slot[i];
	free(names->slot);
	*names = bigger;
}

void
names_add(struct names *names, struct slice name, uint32_t number)
{
	if (names->n * 2 >= names->nslots)
		grow(names);
	*find(names, name) = (struct name_slot) {name, number, true};
	names->n++;
}

void
names_release(struct names *names)
{
	free(names->slot);
	*names = (struct names) {0};
}
