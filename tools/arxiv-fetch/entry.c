/* SPDX-License-Identifier: ISC */
#include "entry.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/xalloc.h"
#include "common/json/json_write.h"
#include "common/record/paper.h"
#include "category.h"
#include "code_links.h"

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
	copy->nversions = 0;
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
	/* Doubling sizes: 1, 2, 4, .. */
	if ((e->nversions & (e->nversions - 1)) == 0)
		e->versions = xreallocarray(e->versions,
		    e->nversions > 0 ? e->nversions * 2 : 1,
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

/* Writing the record */

static void
put_str(struct jsonw *j, enum paper_key key, const char *s)
{
	jsonw_key(j, paper_key_name(key));
	jsonw_str(j, s);
}

static void
put_text(struct jsonw *j, enum paper_key key, const struct strbuf *text)
{
	if (text->len == 0)
		return;
	jsonw_key(j, paper_key_name(key));
	jsonw_slice(j, strbuf_slice(text));
}

static void
put_list(struct jsonw *j, enum paper_key key, const struct strlist *l)
{
	if (l->n == 0)
		return;
	jsonw_key(j, paper_key_name(key));
	jsonw_open(j, '[');
	for (size_t i = 0; i < l->n; i++)
		jsonw_str(j, l->v[i]);
	jsonw_close(j, ']');
}

static void
put_moment(struct jsonw *j, enum paper_key key, moment_t t)
{
	char text[MOMENT_LEN];

	if (t != NO_MOMENT)
		put_str(j, key, moment_format(t, text));
}

static void
put_url(struct jsonw *j, enum paper_key key, const char *page, const char *id)
{
	char url[sizeof("https://arxiv.org/abs/") + ARXIV_ID_SIZE];
	struct strbuf b = STRBUF_INIT(sizeof(url));

	strbuf_addf(&b, "https://arxiv.org/%s/%s", page, id);
	put_str(j, key, b.s);
	strbuf_release(&b);
}

static void
put_announcement(struct jsonw *j, const struct entry *e)
{
	char day[DATE_LEN];

	if (e->announce != ANNOUNCE_NONE)
		put_str(j, PAPER_ANNOUNCE_TYPE, announce_name(e->announce));
	if (e->announced != NO_DAY)
		put_str(j, PAPER_ANNOUNCED, day_format(e->announced, day));
}

static void
put_code(struct jsonw *j, const struct entry *e)
{
	struct strlist links = STRLIST_INIT;

	code_links_find(&links, strbuf_slice(&e->text[ENTRY_ABSTRACT]));
	code_links_find(&links, strbuf_slice(&e->text[ENTRY_COMMENT]));
	put_list(j, PAPER_CODE, &links);
	strlist_release(&links);
}

void
entry_record(struct strbuf *b, const struct entry *e)
{
	static const struct {
		enum entry_text text;
		enum paper_key key;
	} details[] = {
	    {ENTRY_COMMENT, PAPER_COMMENT},
	    {ENTRY_JOURNAL_REF, PAPER_JOURNAL_REF},
	    {ENTRY_DOI, PAPER_DOI},
	    {ENTRY_LICENSE, PAPER_LICENSE},
	    {ENTRY_REPORT_NO, PAPER_REPORT_NO},
	    {ENTRY_MSC_CLASS, PAPER_MSC_CLASS},
	    {ENTRY_ACM_CLASS, PAPER_ACM_CLASS},
	};
	struct jsonw j = JSONW_INIT(b);

	jsonw_open(&j, '{');
	put_str(&j, PAPER_ID, e->id);
	if (e->version > 0) {
		jsonw_key(&j, paper_key_name(PAPER_VERSION));
		jsonw_int(&j, e->version);
	}
	put_text(&j, PAPER_TITLE, &e->text[ENTRY_TITLE]);
	put_text(&j, PAPER_ABSTRACT, &e->text[ENTRY_ABSTRACT]);
	put_list(&j, PAPER_AUTHORS, &e->authors);
	put_list(&j, PAPER_CATEGORIES, &e->categories);
	if (e->categories.n > 0)
		put_str(&j, PAPER_PRIMARY_CATEGORY, e->categories.v[0]);
	put_announcement(&j, e);
	put_moment(&j, PAPER_PUBLISHED, e->published);
	put_moment(&j, PAPER_UPDATED, e->updated);
	for (size_t i = 0; i < sizeof(details) / sizeof(details[0]); i++)
		put_text(&j, details[i].key, &e->text[details[i].text]);
	put_url(&j, PAPER_URL, "abs", e->id);
	put_url(&j, PAPER_PDF, "pdf", e->id);
	put_code(&j, e);
	put_str(&j, PAPER_SOURCE, e->source);
	jsonw_close(&j, '}');
}
