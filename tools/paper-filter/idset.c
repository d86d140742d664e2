/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "common/base/exitcode.h"
#include "common/base/msg.h"
#include "common/base/xalloc.h"
#include "idset.h"

#define ID_MAX	    255
#define NUMBER_BITS 24
#define NUMBER_MASK ((UINT32_C(1) << NUMBER_BITS) - 1)

uint64_t
idset_hash(struct slice id, uint64_t seed)
{
	uint64_t h = 0xcbf29ce484222325u ^ (seed * 0x9e3779b97f4a7c15u);

	for (size_t i = 0; i < id.n; i++)
		h = (h ^ (unsigned char)id.p[i]) * 0x100000001b3u;
	/* The finish of splitmix64: FNV alone leaves its high bits poor. */
	h ^= h >> 30;
	h *= 0xbf58476d1ce4e5b9u;
	h ^= h >> 27;
	h *= 0x94d049bb133111ebu;
	return h ^ h >> 31;
}

static struct slice
clip(struct slice id)
{
	if (id.n > ID_MAX)
		id.n = ID_MAX;
	return id;
}

static struct slice
stored(const struct idset *s, size_t number)
{
	const char *p = s->ids + s->offsets[number];

	return (struct slice) {p + 1, (unsigned char)p[0]};
}

static uint32_t
tag(uint64_t hash)
{
	return (uint32_t)(hash >> 32) & ~NUMBER_MASK;
}

/* The slot that holds id, or the free one where it belongs. */
static size_t
find(const struct idset *s, struct slice id, uint64_t hash)
{
	size_t i = hash & (s->nslots - 1);

	while (s->slots[i] != 0) {
		uint32_t number = s->slots[i] & NUMBER_MASK;

		if ((s->slots[i] & ~NUMBER_MASK) == tag(hash) &&
		    slice_same(stored(s, number - 1), id))
			break;
		i = (i + 1) & (s->nslots - 1);
	}
	return i;
}

/* Twice the slots, and room for the offsets that they can number. */
static void
rehash(struct idset *s)
{
	size_t n = s->nslots == 0 ? 1024 : s->nslots * 2;

	free(s->slots);
	s->slots = xcalloc(n, sizeof(*s->slots));
	s->nslots = n;
	s->offsets = xreallocarray(s->offsets, n / 4 * 3, sizeof(*s->offsets));
	for (size_t i = 0; i < s->n; i++) {
		struct slice id = stored(s, i);
		uint64_t hash = idset_hash(id, 0);

		s->slots[find(s, id, hash)] = ((uint32_t)i + 1) | tag(hash);
	}
}

static void
append(struct idset *s, struct slice id)
{
	if (s->n + 1 >= NUMBER_MASK || s->len + 1 + id.n >= UINT32_MAX)
		die(EXIT_SOME_FAILED, "more ids than can be held: %zu", s->n);
	if (s->len + 1 + id.n > s->cap) {
		s->cap = s->cap == 0 ? 8192 : s->cap + s->cap / 2;
		s->ids = xrealloc(s->ids, s->cap);
	}
	s->offsets[s->n++] = (uint32_t)s->len;
	s->ids[s->len] = (char)(unsigned char)id.n;
	memcpy(s->ids + s->len + 1, id.p, id.n);
	s->len += 1 + id.n;
}

bool
idset_add(struct idset *s, struct slice id, size_t *number)
{
	uint64_t hash;
	bool is_new;
	size_t i;

	id = clip(id);
	hash = idset_hash(id, 0);
	if (s->n >= s->nslots / 4 * 3)
		rehash(s);
	i = find(s, id, hash);
	is_new = s->slots[i] == 0;
	if (is_new) {
		append(s, id);
		s->slots[i] = (uint32_t)s->n | tag(hash);
	}
	if (number != NULL)
		*number = (s->slots[i] & NUMBER_MASK) - 1;
	return is_new;
}

bool
idset_has(const struct idset *s, struct slice id)
{
	id = clip(id);
	return s->nslots != 0 && s->slots[find(s, id, idset_hash(id, 0))] != 0;
}

void
idset_release(struct idset *s)
{
	free(s->ids);
	free(s->offsets);
	free(s->slots);
	*s = (struct idset)IDSET_INIT;
}
