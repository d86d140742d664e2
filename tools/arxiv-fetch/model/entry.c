/* SPDX-License-Identifier: ISC */
#include "model/entry.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/xalloc.h"
#include "common/json/json_write.h"
#include "common/record/paper.h"
#include "model/arxiv.h"

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

struct entry *
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

void
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
	char *copy;

	if (!category_is_name(name))
		return;
	copy = xmemdup0(name.p, name.n);
	if (strlist_has(&e->categories, copy))
		free(copy);
	else
		strlist_take(&e->categories, copy);
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
entry_set_primary(struct entry *e, struct slice name)
{
	struct strlist *l = &e->categories;

	entry_add_category(e, name);
	for (size_t i = 1; i < l->n; i++) {
		char *found = l->v[i];

		if (!slice_eq(name, found))
			continue;
		memmove(l->v + 1, l->v, i * sizeof(*l->v));
		l->v[0] = found;
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
