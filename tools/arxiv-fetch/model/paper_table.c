/* SPDX-License-Identifier: ISC */
#include "model/paper_table.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/xalloc.h"

/* FNV-1a; collisions only cost time, and ids are arXiv's to choose. */
static size_t
hash_of(const char *id)
{
	uint64_t h = 0xcbf29ce484222325u;

	for (; *id != '\0'; id++)
		h = (h ^ (unsigned char)*id) * 0x100000001b3u;
	return (size_t)(h ^ h >> 32);
}

/* The slot of id, or the free one where it belongs. */
static size_t *
slot_of(const struct paper_table *p, const char *id)
{
	size_t i = hash_of(id) & (p->nslots - 1);

	while (p->slots[i] != 0 && strcmp(p->v[p->slots[i] - 1]->id, id) != 0)
		i = (i + 1) & (p->nslots - 1);
	return &p->slots[i];
}

static void
rehash(struct paper_table *p)
{
	free(p->slots);
	p->slots = xcalloc(p->nslots, sizeof(*p->slots));
	for (size_t i = 0; i < p->n; i++)
		*slot_of(p, p->v[i]->id) = i + 1;
}

size_t
paper_table_find(const struct paper_table *p, const char *id)
{
	return p->nslots == 0 ? PAPER_TABLE_NONE : *slot_of(p, id) - 1;
}

size_t
paper_table_add(struct paper_table *p, const struct entry *e, bool *is_new)
{
	size_t at = paper_table_find(p, e->id);

	*is_new = at == PAPER_TABLE_NONE;
	if (!*is_new) {
		entry_merge(p->v[at], e);
		return at;
	}
	if (p->n == p->cap) {
		p->cap = p->cap > 0 ? p->cap * 2 : 256;
		p->v = xreallocarray(p->v, p->cap, sizeof(struct entry *));
	}
	p->v[p->n++] = entry_clone(e);
	if (p->n * 2 > p->nslots) {
		p->nslots = p->nslots > 0 ? p->nslots * 2 : 1024;
		rehash(p);
	} else {
		*slot_of(p, e->id) = p->n;
	}
	return p->n - 1;
}

static bool
is_old_style(const char *id)
{
	return strchr(id, '/') != NULL;
}

static int
by_id(const void *a, const void *b, void *arg)
{
	const struct paper_table *p = arg;
	const char *x = p->v[*(const size_t *)a]->id;
	const char *y = p->v[*(const size_t *)b]->id;

	if (is_old_style(x) != is_old_style(y))
		return is_old_style(x) ? -1 : 1;
	return strcmp(x, y);
}

size_t *
paper_table_by_id(const struct paper_table *p)
{
	size_t *order = xreallocarray(NULL, p->n + 1, sizeof(*order));

	for (size_t i = 0; i < p->n; i++)
		order[i] = i;
	qsort_r(order, p->n, sizeof(*order), by_id, (void *)p);
	return order;
}

void
paper_table_release(struct paper_table *p)
{
	for (size_t i = 0; i < p->n; i++)
		entry_free(p->v[i]);
	free(p->v);
	free(p->slots);
	*p = (struct paper_table)PAPER_TABLE_INIT;
}

/* What was met lately */

#define RECENT_SLOTS (2 * RECENT_IDS)

/* FNV-1a with a last stir, since the low bits choose the slot.  0 marks a
 * free slot. */
uint64_t
recent_ids_hash(const char *key)
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
recent_slot_of(uint64_t *table, uint64_t hash)
{
	size_t i = hash % RECENT_SLOTS;

	while (table[i] != 0 && table[i] != hash)
		i = (i + 1) % RECENT_SLOTS;
	return &table[i];
}

static void
age(struct recent_ids *s)
{
	uint64_t *table = s->old;

	if (table == NULL)
		table = xcalloc(RECENT_SLOTS, sizeof(*table));
	else
		memset(table, 0, RECENT_SLOTS * sizeof(*table));
	s->old = s->young;
	s->young = table;
	s->n = 0;
}

bool
recent_ids_add(struct recent_ids *s, uint64_t hash)
{
	uint64_t *slot;

	if (s->young == NULL || s->n == RECENT_IDS)
		age(s);
	if (s->old != NULL && *recent_slot_of(s->old, hash) == hash)
		return true;
	slot = recent_slot_of(s->young, hash);
	if (*slot == hash)
		return true;
	*slot = hash;
	s->n++;
	return false;
}

void
recent_ids_release(struct recent_ids *s)
{
	free(s->young);
	free(s->old);
	*s = (struct recent_ids) {NULL, NULL, 0};
}
