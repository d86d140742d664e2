/* SPDX-License-Identifier: ISC */
#include "features.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/xalloc.h"

/* A word in the title is told apart from the same word elsewhere. */
#define IN_TITLE 0x9e3779b97f4a7c15u

void
features_init(struct features *f)
{
	*f = (struct features) {.nslots = 2048};
	f->slot = xcalloc(f->nslots, sizeof(*f->slot));
	tokens_init(&f->tokens);
}

void
features_release(struct features *f)
{
	free(f->v);
	free(f->slot);
	tokens_release(&f->tokens);
}

/* The slot of index: where it is, or where it would go. */
static uint32_t *
find_slot(struct features *f, uint32_t index)
{
	size_t i = index * 0x9e3779b1u & (f->nslots - 1);

	while (f->slot[i] != 0 && f->v[f->slot[i] - 1].index != index)
		i = (i + 1) & (f->nslots - 1);
	return &f->slot[i];
}

static void
grow(struct features *f)
{
	f->cap = f->cap == 0 ? 1024 : f->cap * 2;
	f->v = xreallocarray(f->v, f->cap, sizeof(*f->v));
	if (f->nslots >= 2 * f->cap)
		return;
	free(f->slot);
	f->nslots = 2 * f->cap;
	f->slot = xcalloc(f->nslots, sizeof(*f->slot));
	for (size_t i = 0; i < f->n; i++)
		*find_slot(f, f->v[i].index) = (uint32_t)i + 1;
}

static void
count(struct features *f, uint64_t hash)
{
	uint32_t index = hash_mix(hash) & (FEATURES_DIM - 1);
	uint32_t *slot;

	if (f->n == f->cap)
		grow(f);
	slot = find_slot(f, index);
	if (*slot == 0) {
		f->v[f->n] = (struct feature) {.index = index};
		*slot = (uint32_t)++f->n;
	}
	f->v[*slot - 1].count++;
}

/* Words, and pairs of neighbours within a sentence. */
static void
count_text(struct features *f, struct slice text, uint64_t where)
{
	const struct token *k;

	tokens_split(&f->tokens, text);
	for (size_t i = 0; i < f->tokens.n; i++) {
		k = &f->tokens.v[i];
		count(f, k->hash ^ where);
		if (!k->gap)
			count(f, hash_pair(k[-1].hash, k->hash) ^ where);
	}
}

void
features_of(struct features *f, struct slice title, struct slice abstract)
{
	memset(f->slot, 0, f->nslots * sizeof(*f->slot));
	f->n = 0;
	count_text(f, title, 0);
	count_text(f, title, IN_TITLE);
	count_text(f, abstract, 0);
}

void
features_of_paper(struct features *f, struct paper *p)
{
	features_of(
	    f, paper_text(p, PAPER_TITLE), paper_text(p, PAPER_ABSTRACT));
}
