/* SPDX-License-Identifier: ISC */
#include "model/paper_table.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/hash.h"
#include "common/base/xalloc.h"

size_t
paper_table_find(const struct paper_table *p, const char *id)
{
	size_t at;

	return strmap_find(&p->ids, slice_of(id), &at) ? at : PAPER_TABLE_NONE;
}

size_t
paper_table_add(struct paper_table *p, const struct entry *e, bool *is_new)
{
	size_t at;

	*is_new = strmap_add(&p->ids, slice_of(e->id), &at);
	if (!*is_new) {
		entry_merge(p->v[at], e);
		return at;
	}
	p->v = xgrow(p->v, &p->cap, at + 1, sizeof(struct entry *));
	p->v[at] = entry_clone(e);
	p->n = at + 1;
	return at;
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
	strmap_release(&p->ids);
	*p = (struct paper_table)PAPER_TABLE_INIT;
}

/* What was met lately */

#define SLOTS (2 * RECENT_IDS)

/* With a last stir, since the low bits choose the slot.  0 marks a free one.
 * Checkpoints hold these numbers: they stay as they are. */
uint64_t
recent_ids_hash(const char *key)
{
	uint64_t h = hash_bytes(key, strlen(key));

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
age(struct recent_ids *s)
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
recent_ids_add(struct recent_ids *s, uint64_t hash)
{
	uint64_t *slot;

	if (s->young == NULL || s->n == RECENT_IDS)
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
recent_ids_release(struct recent_ids *s)
{
	free(s->young);
	free(s->old);
	*s = (struct recent_ids) {NULL, NULL, 0};
}
