/* SPDX-License-Identifier: ISC */
#include "papers.h"

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
slot_of(const struct papers *p, const char *id)
{
	size_t i = hash_of(id) & (p->nslots - 1);

	while (p->slots[i] != 0 && strcmp(p->v[p->slots[i] - 1]->id, id) != 0)
		i = (i + 1) & (p->nslots - 1);
	return &p->slots[i];
}

static void
rehash(struct papers *p)
{
	free(p->slots);
	p->slots = xcalloc(p->nslots, sizeof(*p->slots));
	for (size_t i = 0; i < p->n; i++)
		*slot_of(p, p->v[i]->id) = i + 1;
}

size_t
papers_find(const struct papers *p, const char *id)
{
	return p->nslots == 0 ? PAPERS_NONE : *slot_of(p, id) - 1;
}

size_t
papers_add(struct papers *p, const struct entry *e, bool *is_new)
{
	size_t at = papers_find(p, e->id);

	*is_new = at == PAPERS_NONE;
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
	const struct papers *p = arg;
	const char *x = p->v[*(const size_t *)a]->id;
	const char *y = p->v[*(const size_t *)b]->id;

	if (is_old_style(x) != is_old_style(y))
		return is_old_style(x) ? -1 : 1;
	return strcmp(x, y);
}

size_t *
papers_by_id(const struct papers *p)
{
	size_t *order = xreallocarray(NULL, p->n + 1, sizeof(*order));

	for (size_t i = 0; i < p->n; i++)
		order[i] = i;
	qsort_r(order, p->n, sizeof(*order), by_id, (void *)p);
	return order;
}

void
papers_release(struct papers *p)
{
	for (size_t i = 0; i < p->n; i++)
		entry_free(p->v[i]);
	free(p->v);
	free(p->slots);
	*p = (struct papers)PAPERS_INIT;
}
