/* SPDX-License-Identifier: ISC */
#include "model/model.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/hash.h"
#include "common/base/xalloc.h"
#include "common/json/json_write.h"
#include "common/record/paper.h"

static const char *const announce_names[] = {
    "new", "cross", "replace", "replace-cross"};

void
entry_init(struct entry *e)
{
	memset(e, 0, sizeof(*e));
	for (int i = 0; i < ENTRY_NTEXTS; i++)
		strbuf_init(&e->text[i], ENTRY_TEXT_MAX);
	entry_reset(e);
}

void
entry_reset(struct entry *e)
{
	e->id[0] = '\0';
	e->version = 0;
	for (int i = 0; i < ENTRY_NTEXTS; i++)
		strbuf_reset(&e->text[i]);
	strlist_release(&e->authors);
	strlist_release(&e->categories);
	e->announce = ANNOUNCE_NONE;
	e->announced = e->datestamp = NO_DAY;
	e->published = e->updated = NO_MOMENT;
	e->source = NULL;
	e->nversions = 0;
	e->deleted = false;
}

void
entry_release(struct entry *e)
{
	entry_reset(e);
	for (int i = 0; i < ENTRY_NTEXTS; i++)
		strbuf_release(&e->text[i]);
	free(e->versions);
	e->versions = NULL;
	e->versions_cap = 0;
}

static void
copy_list(struct strlist *to, const struct strlist *from)
{
	for (size_t i = 0; i < from->n; i++)
		strlist_add(to, from->v[i]);
}

static void
copy_text(struct strbuf *to, const struct strbuf *from)
{
	if (from->len > 0)
		strbuf_addslice(to, strbuf_slice(from));
}

/* A copy that takes no more memory than it needs. */
static struct entry *
entry_clone(const struct entry *e)
{
	struct entry *copy = xmalloc(sizeof(*copy));

	*copy = *e;
	copy->authors = copy->categories = (struct strlist)STRLIST_INIT;
	copy->versions = NULL;
	for (int i = 0; i < ENTRY_NTEXTS; i++) {
		strbuf_init(&copy->text[i], ENTRY_TEXT_MAX);
		copy_text(&copy->text[i], &e->text[i]);
	}
	copy_list(&copy->authors, &e->authors);
	copy_list(&copy->categories, &e->categories);
	copy->nversions = copy->versions_cap = 0;
	for (size_t i = 0; i < e->nversions; i++)
		entry_add_version(copy, e->versions[i]);
	return copy;
}

static void
entry_free(struct entry *e)
{
	if (e == NULL)
		return;
	entry_release(e);
	free(e);
}

void
entry_set_text(struct entry *e, enum entry_text which, struct slice text)
{
	struct strbuf *b = &e->text[which];

	strbuf_reset(b);
	strbuf_addslice(b, text);
	strbuf_fold_space(b);
}

void
entry_add_category(struct entry *e, struct slice name)
{
	if (category_is_name(name))
		strlist_add_new(&e->categories, name);
}

void
entry_add_categories(struct entry *e, struct slice names)
{
	struct slice word = {names.p, 0};

	for (size_t i = 0; i <= names.n; i++) {
		if (i < names.n && !ascii_space(names.p[i])) {
			word.n++;
			continue;
		}
		entry_add_category(e, word);
		word = (struct slice) {names.p + i + 1, 0};
	}
}

void
entry_put_category(struct entry *e, struct slice name, size_t place)
{
	struct strlist *l = &e->categories;

	entry_add_category(e, name);
	for (size_t i = place + 1; i < l->n; i++) {
		char *found = l->v[i];

		if (!slice_eq(name, found))
			continue;
		memmove(l->v + place + 1, l->v + place,
		    (i - place) * sizeof(*l->v));
		l->v[place] = found;
		return;
	}
}

void
entry_add_version(struct entry *e, moment_t when)
{
	e->versions = xgrow(e->versions, &e->versions_cap, e->nversions + 1,
	    sizeof(*e->versions));
	e->versions[e->nversions++] = when;
}

const char *
entry_problem(const struct entry *e)
{
	if (e->id[0] == '\0')
		return "no arXiv id";
	for (int i = 0; i < ENTRY_NTEXTS; i++)
		if (e->text[i].overflow)
			return "a text of more than 256 KiB";
	return NULL;
}

void
entry_complete(struct entry *e, const struct entry *other)
{
	for (int i = 0; i < ENTRY_NTEXTS; i++)
		if (e->text[i].len == 0)
			copy_text(&e->text[i], &other->text[i]);
	if (e->authors.n == 0)
		copy_list(&e->authors, &other->authors);
	if (e->announced == NO_DAY)
		e->announced = other->announced;
	if (e->published == NO_MOMENT)
		e->published = other->published;
	if (e->updated == NO_MOMENT)
		e->updated = other->updated;
	if (e->version == 0)
		e->version = other->version;
}

void
entry_merge(struct entry *e, const struct entry *other)
{
	if (other->announce < e->announce)
		e->announce = other->announce;
	if (other->version > e->version && e->version > 0) {
		e->version = other->version;
		for (int i = 0; i < ENTRY_NTEXTS; i++)
			if (other->text[i].len > 0)
				entry_set_text(e, (enum entry_text)i,
				    strbuf_slice(&other->text[i]));
		if (other->updated != NO_MOMENT)
			e->updated = other->updated;
	}
	for (size_t i = 0; i < other->categories.n; i++)
		entry_add_category(e, slice_of(other->categories.v[i]));
	entry_complete(e, other);
}

const char *
announce_name(enum announce a)
{
	return a < ANNOUNCE_NONE ? announce_names[a] : NULL;
}

bool
announce_parse(struct slice name, enum announce *out)
{
	for (int i = 0; i < ANNOUNCE_NONE; i++)
		if (slice_eq(name, announce_names[i])) {
			*out = (enum announce)i;
			return true;
		}
	return false;
}

/* Tables of papers */

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

/* qsort(3) hands nothing on. */
static const struct paper_table *sorted;

static int
by_id(const void *a, const void *b)
{
	const char *x = sorted->v[*(const size_t *)a]->id;
	const char *y = sorted->v[*(const size_t *)b]->id;

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
	sorted = p;
	qsort(order, p->n, sizeof(*order), by_id);
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
recent_ids_has(const struct recent_ids *s, uint64_t hash)
{
	return (s->young != NULL && *slot_of(s->young, hash) == hash) ||
	    (s->old != NULL && *slot_of(s->old, hash) == hash);
}

bool
recent_ids_add(struct recent_ids *s, uint64_t hash)
{
	if (recent_ids_has(s, hash))
		return true;
	if (s->young == NULL || s->n == RECENT_IDS)
		age(s);
	*slot_of(s->young, hash) = hash;
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
