/* SPDX-License-Identifier: ISC */
/*
 * OpenAlex: the works by their DataCite DOIs, then their authors by their
 * ids, a hundred in a request.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/xalloc.h"
#include "enrich/enrich.h"

#define BASE	"https://api.openalex.org"
#define CHUNK	100
#define DOI	"10.48550/arxiv."
#define ID_BASE "https://openalex.org/"

/* An author of one of the batch's papers. */
struct person {
	size_t paper;
	char id[24]; /* "A5048491430" */
	char *name, *affiliation; /* affiliation may be NULL */
	long h_index, works, cited; /* -1: unknown */
};

struct people {
	struct person *v;
	size_t n;
};

/* Appends "&api_key=..": kept out of what is shown and hashed. */
static char *
secret(void)
{
	const char *key = getenv("OPENALEX_API_KEY");
	struct strbuf b = STRBUF_INIT(1000);
	char *added;

	if (key == NULL || *key == '\0')
		return NULL;
	strbuf_addch(&b, '?'); /* so that "&" comes next */
	url_add(&b, "api_key", key);
	added = xstrdup(b.s + 1);
	strbuf_release(&b);
	return added;
}

/* The answer's "results"; false with why if it has none, as an error has. */
static bool
find_results(struct enrich_batch *b, const struct strbuf *answer,
    struct json_value *list)
{
	struct json_members m = JSON_MEMBERS_INIT;

	list->type = JSON_NONE;
	if (json_object(&m, strbuf_slice(answer)))
		*list = enrich_value(&m, "results");
	json_members_release(&m);
	if (list->type == JSON_ARRAY)
		return true;
	snprintf(b->why, sizeof(b->why), "the answer has no list of results");
	return false;
}

/* Asks for path?filter=values&per_page=100&select=select; *list is in
 * *answer. */
static enum download_result
ask_list(struct enrich_batch *b, const char *path, const char *filter,
    const char *select, struct strbuf *answer, struct json_value *list)
{
	char *base = url_at(b->f->o.base_url, BASE, path), *key = secret();
	struct strbuf url = STRBUF_INIT(STRBUF_MAX);
	struct download_request r = {.url_secret = key};
	enum download_result result;

	strbuf_addstr(&url, base);
	url_add(&url, "filter", filter);
	url_add(&url, "per_page", "100");
	url_add(&url, "select", select);
	r.url = url.s;
	result = b->get(b, "lists", &r, answer);
	if (result == DOWNLOAD_OK && !find_results(b, answer, list))
		result = DOWNLOAD_BAD;
	strbuf_release(&url);
	free(key);
	free(base);
	return result;
}

/* Walks the objects of a list. */
static bool
next_object(
    const struct json_value *list, size_t *pos, struct json_members *one)
{
	struct json_value item;

	while (
	    list->type == JSON_ARRAY && json_array_next(list->raw, pos, &item))
		if (item.type == JSON_OBJECT && json_object(one, item.raw))
			return true;
	return false;
}

/* Works */

/* The first of the batch with that id; NULL for none, and for no id. */
static struct enriched *
find_paper(struct enrich_batch *b, struct slice id)
{
	for (size_t i = 0; i < b->n && id.n > 0; i++)
		if (slice_eq(id, b->v[i].id))
			return &b->v[i];
	return NULL;
}

static struct slice
id_in_doi(struct slice doi)
{
	const char *at = memmem(doi.p, doi.n, DOI, sizeof(DOI) - 1);

	if (at == NULL)
		return (struct slice) {"", 0};
	at += sizeof(DOI) - 1;
	return (struct slice) {at, doi.n - (size_t)(at - doi.p)};
}

static void
take_place(struct person *p, const struct json_members *authorship)
{
	struct json_members m = JSON_MEMBERS_INIT;
	struct json_value list = enrich_value(authorship, "institutions"),
			  first;
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);
	struct slice s = {"", 0};
	size_t pos = 0;

	if (list.type == JSON_ARRAY &&
	    json_array_next(list.raw, &pos, &first) &&
	    first.type == JSON_OBJECT && json_object(&m, first.raw))
		s = enrich_text(&m, "display_name", &b);
	p->affiliation = s.n > 0 ? xmemdup0(s.p, s.n) : NULL;
	strbuf_release(&b);
	json_members_release(&m);
}

/* An author without a name is none. */
static void
add_person(struct people *people, size_t paper, const struct json_members *m)
{
	struct json_members author = JSON_MEMBERS_INIT;
	struct json_value v = enrich_value(m, "author");
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);
	const size_t base = sizeof(ID_BASE) - 1;
	struct person *p;
	struct slice s = {"", 0};

	if (v.type == JSON_OBJECT && json_object(&author, v.raw))
		s = enrich_text(&author, "display_name", &b);
	if (s.n > 0) {
		people->v =
		    xreallocarray(people->v, people->n + 1, sizeof(*people->v));
		p = &people->v[people->n++];
		*p = (struct person) {
		    .paper = paper, .h_index = -1, .works = -1, .cited = -1};
		p->name = xmemdup0(s.p, s.n);
		s = enrich_text(&author, "id", &b);
		if (s.n > base && s.n - base < sizeof(p->id))
			memcpy(p->id, s.p + base, s.n - base);
		take_place(p, m);
	}
	strbuf_release(&b);
	json_members_release(&author);
}

/* A work may be listed twice. */
static bool
has_people(const struct people *people, size_t paper)
{
	for (size_t i = 0; i < people->n; i++)
		if (people->v[i].paper == paper)
			return true;
	return false;
}

static void
take_work(
    struct enrich_batch *b, struct people *people, struct json_members *work)
{
	struct json_members one = JSON_MEMBERS_INIT;
	struct json_value list = enrich_value(work, "authorships");
	struct strbuf scratch = STRBUF_INIT(STRBUF_MAX);
	struct enriched *e;
	size_t pos = 0;

	e = find_paper(b, id_in_doi(enrich_text(work, "doi", &scratch)));
	if (e != NULL && !has_people(people, (size_t)(e - b->v)))
		while (next_object(&list, &pos, &one))
			add_person(people, (size_t)(e - b->v), &one);
	strbuf_release(&scratch);
	json_members_release(&one);
}

static enum download_result
get_works(struct enrich_batch *b, struct people *people)
{
	struct json_members work = JSON_MEMBERS_INIT;
	struct strbuf filter = STRBUF_INIT(STRBUF_MAX), answer;
	struct json_value list = {.type = JSON_NONE};
	enum download_result result = DOWNLOAD_OK;
	size_t pos = 0;

	for (size_t i = 0; i < b->n; i++)
		if (b->v[i].id[0] != '\0')
			strbuf_addf(&filter, "%s" DOI "%s",
			    filter.len == 0 ? "doi:" : "|", b->v[i].id);
	strbuf_init(&answer, 0);
	if (filter.len > 0)
		result = ask_list(b, "/works", filter.s, "id,doi,authorships",
		    &answer, &list);
	if (result == DOWNLOAD_OK)
		while (next_object(&list, &pos, &work))
			take_work(b, people, &work);
	strbuf_release(&answer);
	strbuf_release(&filter);
	json_members_release(&work);
	return result;
}

/* Authors */

static void
take_author(struct people *people, struct json_members *author)
{
	struct json_members stats = JSON_MEMBERS_INIT;
	struct json_value v = enrich_value(author, "summary_stats");
	struct strbuf scratch = STRBUF_INIT(STRBUF_MAX);
	struct slice id = enrich_text(author, "id", &scratch);
	long h = -1;

	if (v.type == JSON_OBJECT && json_object(&stats, v.raw))
		h = enrich_count(&stats, "h_index");
	if (id.n > sizeof(ID_BASE) - 1) {
		id.p += sizeof(ID_BASE) - 1;
		id.n -= sizeof(ID_BASE) - 1;
	}
	for (size_t i = 0; i < people->n; i++)
		if (slice_eq(id, people->v[i].id)) {
			people->v[i].h_index = h;
			people->v[i].works =
			    enrich_count(author, "works_count");
			people->v[i].cited =
			    enrich_count(author, "cited_by_count");
		}
	strbuf_release(&scratch);
	json_members_release(&stats);
}

static enum download_result
get_chunk(struct enrich_batch *b, struct people *people, const char *filter)
{
	struct json_members one = JSON_MEMBERS_INIT;
	struct strbuf answer;
	struct json_value list;
	enum download_result result;
	size_t pos = 0;

	result = ask_list(b, "/authors", filter,
	    "id,display_name,summary_stats,works_count,cited_by_count", &answer,
	    &list);
	if (result == DOWNLOAD_OK)
		while (next_object(&list, &pos, &one))
			take_author(people, &one);
	strbuf_release(&answer);
	json_members_release(&one);
	return result;
}

static bool
met_before(const struct people *people, size_t i)
{
	for (size_t j = 0; j < i; j++)
		if (strcmp(people->v[j].id, people->v[i].id) == 0)
			return true;
	return false;
}

static enum download_result
get_authors(struct enrich_batch *b, struct people *people)
{
	struct strbuf filter = STRBUF_INIT(STRBUF_MAX);
	enum download_result result = DOWNLOAD_OK;
	size_t in_chunk = 0;

	for (size_t i = 0; i <= people->n && result == DOWNLOAD_OK; i++) {
		if (in_chunk == CHUNK || (i == people->n && in_chunk > 0)) {
			result = get_chunk(b, people, filter.s);
			strbuf_reset(&filter);
			in_chunk = 0;
		}
		if (i == people->n || people->v[i].id[0] == '\0' ||
		    met_before(people, i))
			continue;
		strbuf_addf(&filter, "%s%s", in_chunk == 0 ? "id:" : "|",
		    people->v[i].id);
		in_chunk++;
	}
	strbuf_release(&filter);
	return result;
}

/* Writing */

static void
put_person(struct jsonw *j, const struct person *p)
{
	jsonw_open(j, '{');
	jsonw_key(j, "name");
	jsonw_str(j, p->name);
	if (p->id[0] != '\0') {
		jsonw_key(j, "openalex_id");
		jsonw_str(j, p->id);
	}
	enrich_put_count(j, "h_index", p->h_index);
	if (p->affiliation != NULL) {
		jsonw_key(j, "affiliation");
		jsonw_str(j, p->affiliation);
	}
	enrich_put_count(j, "paper_count", p->works);
	enrich_put_count(j, "citation_count", p->cited);
	jsonw_close(j, '}');
}

/* The people of a paper stand together. */
static void
fill_in(struct enrich_batch *b, const struct people *people)
{
	for (size_t i = 0; i < people->n;) {
		size_t paper = people->v[i].paper;
		struct jsonw j = JSONW_INIT(&b->v[paper].info);

		jsonw_open(&j, '[');
		for (; i < people->n && people->v[i].paper == paper; i++)
			put_person(&j, &people->v[i]);
		jsonw_close(&j, ']');
	}
}

/* The answer names a work once, the input may name a paper more often. */
static void
fill_in_again(struct enrich_batch *b)
{
	for (size_t i = 0; i < b->n; i++) {
		const struct enriched *first =
		    find_paper(b, slice_of(b->v[i].id));

		if (first != NULL && first != &b->v[i])
			strbuf_add(
			    &b->v[i].info, first->info.s, first->info.len);
	}
}

static enum download_result
ask(struct enrich_batch *b)
{
	struct people people = {NULL, 0};
	enum download_result result = get_works(b, &people);

	if (result == DOWNLOAD_OK)
		result = get_authors(b, &people);
	/* Names and places are worth having without the numbers. */
	fill_in(b, &people);
	fill_in_again(b);
	for (size_t i = 0; i < people.n; i++) {
		free(people.v[i].name);
		free(people.v[i].affiliation);
	}
	free(people.v);
	return result;
}

const struct enricher openalex_enricher = {
    "openalex", "openalex.org", 0.2, CHUNK, ask};
