/* SPDX-License-Identifier: ISC */
#include "seen.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/xalloc.h"

#define SLOTS (2 * SEEN_SIZE)

/* FNV-1a with a last stir, since the low bits choose the slot.  0 marks a
 * free slot. */
uint64_t
seen_hash(const char *key)
{
	uint64_t h = 0xcbf29ce484222325u;

	for (; *key != '\0'; key++)
		h = (h ^ (unsigned char)*key) * 0x100000001b3u;
	h = (h ^ (h >> 33)) * 0xff51afd7ed558ccdu;
	h ^= h >> 33;
	return h != 0 ? h : 1;
}

/* The slot of hash, or the free one where it belongs. */
static uint64_t *
slot_of(uint64_t *table, uint64_t hash)
{
	size_t i = hash % SLOTS;

	while (table[i] != 0 && table[i] != hash)
		i = (i + 1) % SLOTS;
	return &table[i];
}

static void
age(struct seen *s)
{
	uint64_t *table = s->old;

	if (table == NULL)
		table = xcalloc(SLOTS, sizeof(*table));
	else
		memset(table, 0, SLOTS * sizeof(*table));
	s->old = s->young;
	s->young = table;
	s->n = 0;
}

bool
seen_add(struct seen *s, uint64_t hash)
{
	uint64_t *slot;

	if (s->young == NULL || s->n == SEEN_SIZE)
		age(s);
	if (s->old != NULL && *slot_of(s->old, hash) == hash)
		return true;
	slot = slot_of(s->young, hash);
	if (*slot == hash)
		return true;
	*slot = hash;
	s->n++;
	return false;
}

void
seen_release(struct seen *s)
{
	free(s->young);
	free(s->old);
	*s = (struct seen) {NULL, NULL, 0};
}
