/* SPDX-License-Identifier: ISC */
#include "filter.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/msg.h"
#include "common/base/strmap.h"
#include "common/base/xalloc.h"
#include "common/json/jq_program.h"

#define PREDICATES_MAX 16
#define FIELDS_MAX     8

typedef const char *(*test_fn)(struct predicates *f, struct paper *p);

struct predicates {
	const struct filter_options *o;
	test_fn tests[PREDICATES_MAX]; /* those that were asked for */
	size_t ntests;

	struct categories categories;
	struct keywords *keywords, *excludes;
	enum paper_key fields[FIELDS_MAX];
	size_t nfields;
	struct people *people;
	struct cites *library;
	struct strmap seen;
	struct jq_program **where;

	/* Of the paper at hand: */
	bool spared; /* by an author, or by what it cites */
	struct people_match people_match;
	struct strlist cites;
	struct keyword_hits hits;
	struct strbuf match;
};

static const char *
test_category(struct predicates *f, struct paper *p)
{
	return categories_match(&f->categories, p, f->o->primary)
	    ? NULL
	    : REASON_CATEGORY;
}

static const char *
test_type(struct predicates *f, struct paper *p)
{
	struct slice type = paper_text(p, PAPER_ANNOUNCE_TYPE);

	if (type.n == 0)
		return NULL;
	for (size_t i = 0; i < f->o->announce.n; i++)
		if (slice_eq(type, f->o->announce.v[i]))
			return NULL;
	return REASON_TYPE;
}

static const char *
test_date(struct predicates *f, struct paper *p)
{
	day_t day;

	if (!paper_day(p, &day))
		return REASON_DATE;
	if ((f->o->since_given && day < f->o->since) ||
	    (f->o->until_given && day > f->o->until))
		return REASON_DATE;
	return NULL;
}

static const char *
test_seen(struct predicates *f, struct paper *p)
{
	return strmap_find(&f->seen, paper_text(p, PAPER_ID), NULL)
	    ? REASON_SEEN
	    : NULL;
}

/* Always among the tests when its result matters to a later one. */
static const char *
test_spared(struct predicates *f, struct paper *p)
{
	bool followed = paper_is_followed(p);
	bool cites = paper_is_spared(p);

	if (f->people != NULL && people_find(f->people, p, &f->people_match))
		followed = true;
	if (f->library != NULL && cites_find(f->library, p, &f->cites))
		cites = true;
	f->spared = followed || cites;
	return f->o->require_author && !followed ? REASON_AUTHOR : NULL;
}

static const char *
test_keyword(struct predicates *f, struct paper *p)
{
	bool found =
	    keywords_find(f->keywords, p, f->fields, f->nfields, &f->hits);

	return found || f->spared ? NULL : REASON_KEYWORD;
}

static const char *
test_exclude(struct predicates *f, struct paper *p)
{
	return keywords_find(f->excludes, p, f->fields, f->nfields, NULL)
	    ? REASON_EXCLUDE
	    : NULL;
}

static const char *
test_h_index(struct predicates *f, struct paper *p)
{
	const struct json_member *info = p->key[PAPER_AUTHOR_INFO];
	struct json_members m = JSON_MEMBERS_INIT;
	struct json_value v;
	bool known = false, enough = f->spared;
	size_t pos = 0;
	long h;

	if (info == NULL || info->value.type != JSON_ARRAY)
		return NULL;
	while (!enough && json_array_next(info->value.raw, &pos, &v)) {
		const struct json_member *found;

		if (v.type != JSON_OBJECT || !json_object(&m, v.raw) ||
		    (found = json_find(&m, "h_index")) == NULL ||
		    !json_long(&found->value, &h))
			continue;
		known = true;
		enough = h >= f->o->min_h_index;
	}
	json_members_release(&m);
	/* An unknown h-index drops no paper. */
	return known && !enough ? REASON_H_INDEX : NULL;
}

static const char *
test_screen(struct predicates *f, struct paper *p)
{
	return !f->spared && paper_is_screened_out(p) ? REASON_SCREEN : NULL;
}

static const char *
test_relevance(struct predicates *f, struct paper *p)
{
	return !f->spared &&
		paper_axis_is_below(p, "relevance", f->o->min_relevance)
	    ? REASON_RELEVANCE
	    : NULL;
}

static const char *
test_novelty(struct predicates *f, struct paper *p)
{
	return !f->spared &&
		paper_axis_is_below(p, "novelty", f->o->min_novelty)
	    ? REASON_NOVELTY
	    : NULL;
}

static const char *
test_where(struct predicates *f, struct paper *p)
{
	const char *why;

	for (size_t i = 0; i < f->o->where.n; i++)
		switch (jq_program_test(f->where[i], p->line, &why)) {
		case JQ_YES:
			break;
		case JQ_NO:
			return REASON_WHERE;
		case JQ_FAILED:
			msg_error_at(
			    p->file, p->lineno, "--where: %s; dropped", why);
			return REASON_WHERE_ERROR;
		}
	return NULL;
}

static bool
wants_category(const struct filter_options *o)
{
	return o->categories.n > 0;
}

static bool
wants_type(const struct filter_options *o)
{
	return o->announce.n > 0;
}

static bool
wants_date(const struct filter_options *o)
{
	return o->since_given || o->until_given;
}

static bool
wants_seen(const struct filter_options *o)
{
	return o->seen.n > 0;
}

static bool
wants_keyword(const struct filter_options *o)
{
	return o->keywords.n > 0 || o->keyword_files.n > 0;
}

static bool
wants_exclude(const struct filter_options *o)
{
	return o->excludes.n > 0 || o->exclude_files.n > 0;
}

static bool
wants_h_index(const struct filter_options *o)
{
	return o->min_h_index > 0;
}

static bool
wants_relevance(const struct filter_options *o)
{
	return o->relevance_given;
}

static bool
wants_novelty(const struct filter_options *o)
{
	return o->novelty_given;
}

static bool
wants_screen(const struct filter_options *o)
{
	return wants_relevance(o) || wants_novelty(o);
}

static bool
wants_spared(const struct filter_options *o)
{
	return o->authors.n > 0 || o->require_author || o->cites.n > 0 ||
	    wants_keyword(o) || wants_h_index(o) || wants_screen(o);
}

static bool
wants_where(const struct filter_options *o)
{
	return o->where.n > 0;
}

/* In the order in which reasons are looked for: cheap before dear, and who and
 * what spares a paper before what it is spared. */
static const struct {
	bool (*wanted)(const struct filter_options *o);
	test_fn test;
} table[] = {
    {wants_category, test_category},
    {wants_type, test_type},
    {wants_date, test_date},
    {wants_seen, test_seen},
    {wants_spared, test_spared},
    {wants_keyword, test_keyword},
    {wants_exclude, test_exclude},
    {wants_h_index, test_h_index},
    {wants_screen, test_screen},
    {wants_relevance, test_relevance},
    {wants_novelty, test_novelty},
    {wants_where, test_where},
};

static void
set_fields(struct predicates *f)
{
	const struct strlist *names = &f->o->fields;
	enum paper_key key;

	if (names->n == 0) {
		f->fields[f->nfields++] = PAPER_TITLE;
		f->fields[f->nfields++] = PAPER_ABSTRACT;
	}
	for (size_t i = 0; i < names->n; i++) {
		if (keyword_field(names->v[i], &key) && f->nfields < FIELDS_MAX)
			f->fields[f->nfields++] = key;
	}
}

static void
load_seen(struct predicates *f)
{
	const struct filter_options *o = f->o;
	day_t since = INT64_MIN;

	/* A window of one day: what was delivered today. */
	if (o->seen_days_given)
		since = day_of(now()) - o->seen_days + 1;
	for (size_t i = 0; i < o->seen.n; i++)
		seen_file_load(&f->seen, o->seen.v[i], since);
}

/* Lists that a paper must be found by, and by which none can be. */
static void
tell_empty(const struct predicates *f)
{
	const struct filter_options *o = f->o;

	if (f->keywords != NULL && keywords_are_none(f->keywords))
		msg_warn("%s has no keyword, so none is found in any paper",
		    o->keyword_files.v[0]);
	if (o->require_author && f->people != NULL &&
	    people_are_none(f->people))
		msg_warn("%s names nobody: only papers in which an earlier "
			 "run found somebody pass",
		    o->authors.v[0]);
}

struct predicates *
predicates_new(const struct filter_options *o)
{
	struct predicates *f = xcalloc(1, sizeof(*f));

	f->o = o;
	strbuf_init(&f->match, STRBUF_MAX);
	categories_init(&f->categories, &o->categories);
	set_fields(f);
	if (wants_keyword(o))
		f->keywords =
		    keywords_new("--keyword", &o->keywords, &o->keyword_files);
	if (wants_exclude(o))
		f->excludes =
		    keywords_new("--exclude", &o->excludes, &o->exclude_files);
	f->where = xcalloc(o->where.n + 1, sizeof(struct jq_program *));
	for (size_t i = 0; i < o->where.n; i++)
		f->where[i] = jq_program_new(
		    "where", o->where.v[i], &o->args, &o->argjsons);
	if (o->authors.n > 0)
		f->people = people_new(&o->authors);
	if (o->cites.n > 0)
		f->library = cites_new(&o->cites);
	load_seen(f);
	tell_empty(f);
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (table[i].wanted(o))
			f->tests[f->ntests++] = table[i].test;
	return f;
}

void
predicates_free(struct predicates *f)
{
	categories_release(&f->categories);
	keywords_free(f->keywords);
	keywords_free(f->excludes);
	people_free(f->people);
	cites_free(f->library);
	strmap_release(&f->seen);
	for (size_t i = 0; i < f->o->where.n; i++)
		jq_program_free(f->where[i]);
	free(f->where);
	strlist_release(&f->people_match.names);
	strlist_release(&f->people_match.unsure);
	strlist_release(&f->cites);
	free(f->hits.v);
	strbuf_release(&f->match);
	free(f);
}

const char *
predicates_reason(struct predicates *f, struct paper *p, struct slice *match)
{
	const char *reason = NULL;

	f->spared = false;
	f->hits.n = 0;
	strlist_release(&f->people_match.names);
	strlist_release(&f->people_match.unsure);
	strlist_release(&f->cites);
	*match = (struct slice) {"", 0};
	for (size_t i = 0; i < f->ntests && reason == NULL; i++)
		reason = f->tests[i](f, p);
	/* Inverted, what fails a test passes; what matched did not let it. */
	if (f->o->invert)
		return reason == NULL ? REASON_INVERT : NULL;
	if (reason != NULL)
		return reason;
	strbuf_reset(&f->match);
	if (match_write(&f->match, p, &f->people_match, &f->hits, &f->cites))
		*match = strbuf_slice(&f->match);
	return NULL;
}
