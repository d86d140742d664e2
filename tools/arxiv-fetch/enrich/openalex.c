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

#define BASE	  "https://api.openalex.org"
#define CHUNK	  100
#define DOI	  "10.48550/arxiv."
/* "https://openalex.org/A5048491430" */
#define ID_PREFIX (sizeof("https://openalex.org/") - 1)

/* An author of one of the batch's papers. */
struct person {
	size_t paper;
	char id[24]; /* "A5048491430" */
	const char *name, *affiliation; /* affiliation may be NULL */
	long h_index, works, cited; /* -1: unknown */
};

struct people {
	struct person *v;
	size_t n, cap;
	cJSON *works; /* the answer in which their names stand */
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

/* Asks for path?filter=values&per_page=100&select=select; *first of the
 * results is in *answer, and NULL if there is none. */
static enum download_result
ask_list(struct enrich_batch *b, const char *path, const char *filter,
    const char *select, cJSON **answer, const cJSON **first)
{
	char *base = url_at(b->d->base_url, BASE, path), *key = secret();
	struct strbuf url = STRBUF_INIT(STRBUF_MAX);
	struct download_request r = {.url_secret = key};
	enum download_result result;

	strbuf_addstr(&url, base);
	url_add(&url, "filter", filter);
	url_add(&url, "per_page", "100");
	url_add(&url, "select", select);
	r.url = url.s;
	result = b->get(b, "lists", &r, answer);
	*first = enrich_first(*answer, "results");
	if (result == DOWNLOAD_OK &&
	    !cJSON_IsArray(json_tree_get(*answer, "results"))) {
		/* An error has none. */
		snprintf(b->why, sizeof(b->why),
		    "the answer has no list of results");
		result = DOWNLOAD_BAD;
	}
	strbuf_release(&url);
	free(key);
	free(base);
	return result;
}

/* Works */

/* The first of the batch with that id; NULL for none, and for no id. */
static struct enriched *
find_paper(struct enrich_batch *b, const char *id)
{
	for (size_t i = 0; i < b->n && *id != '\0'; i++)
		if (strcmp(id, b->v[i].id) == 0)
			return &b->v[i];
	return NULL;
}

static const char *
id_in_doi(const char *doi)
{
	const char *at = doi != NULL ? strstr(doi, DOI) : NULL;

	return at != NULL ? at + sizeof(DOI) - 1 : "";
}

/* An author without a name is left out. */
static void
add_person(struct people *people, size_t paper, const cJSON *authorship)
{
	const cJSON *author = json_tree_get(authorship, "author");
	const cJSON *place = enrich_first(authorship, "institutions");
	const char *name = json_tree_string(author, "display_name");
	const char *id = json_tree_string(author, "id");
	struct person *p;

	if (name == NULL || *name == '\0')
		return;
	people->v =
	    xgrow(people->v, &people->cap, people->n + 1, sizeof(*people->v));
	p = &people->v[people->n++];
	*p = (struct person) {.paper = paper,
	    .name = name,
	    .affiliation = json_tree_string(place, "display_name"),
	    .h_index = -1,
	    .works = -1,
	    .cited = -1};
	if (id != NULL && strlen(id) > ID_PREFIX &&
	    strlen(id) - ID_PREFIX < sizeof(p->id))
		memcpy(p->id, id + ID_PREFIX, strlen(id + ID_PREFIX) + 1);
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
take_work(struct enrich_batch *b, struct people *people, const cJSON *work)
{
	const cJSON *one = enrich_first(work, "authorships");
	const struct enriched *e =
	    find_paper(b, id_in_doi(json_tree_string(work, "doi")));

	if (e == NULL || has_people(people, (size_t)(e - b->v)))
		return;
	for (; one != NULL; one = one->next)
		add_person(people, (size_t)(e - b->v), one);
}

static enum download_result
get_works(struct enrich_batch *b, struct people *people)
{
	struct strbuf filter = STRBUF_INIT(STRBUF_MAX);
	enum download_result result = DOWNLOAD_OK;
	const cJSON *work = NULL;

	for (size_t i = 0; i < b->n; i++)
		if (b->v[i].id[0] != '\0')
			strbuf_addf(&filter, "%s" DOI "%s",
			    filter.len == 0 ? "doi:" : "|", b->v[i].id);
	if (filter.len > 0)
		result = ask_list(b, "/works", filter.s, "id,doi,authorships",
		    &people->works, &work);
	for (; result == DOWNLOAD_OK && work != NULL; work = work->next)
		take_work(b, people, work);
	strbuf_release(&filter);
	return result;
}

/* Authors */

static void
take_author(struct people *people, const cJSON *author)
{
	const cJSON *stats = json_tree_get(author, "summary_stats");
	const char *id = json_tree_string(author, "id");

	if (id == NULL || strlen(id) <= ID_PREFIX)
		return;
	for (size_t i = 0; i < people->n; i++) {
		struct person *p = &people->v[i];

		if (strcmp(p->id, id + ID_PREFIX) != 0)
			continue;
		p->h_index = json_tree_long(stats, "h_index", -1);
		p->works = json_tree_long(author, "works_count", -1);
		p->cited = json_tree_long(author, "cited_by_count", -1);
	}
}

static enum download_result
get_chunk(struct enrich_batch *b, struct people *people, const char *filter)
{
	enum download_result result;
	const cJSON *author;
	cJSON *answer = NULL;

	result = ask_list(b, "/authors", filter,
	    "id,display_name,summary_stats,works_count,cited_by_count", &answer,
	    &author);
	for (; result == DOWNLOAD_OK && author != NULL; author = author->next)
		take_author(people, author);
	cJSON_Delete(answer);
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
	enrich_put_text(j, "name", p->name);
	enrich_put_text(j, "openalex_id", p->id);
	enrich_put_count(j, "h_index", p->h_index);
	enrich_put_text(j, "affiliation", p->affiliation);
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
		struct jsonw j =
		    JSONW_INIT(&b->v[paper].value[ENRICH_AUTHOR_INFO]);

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
		const struct enriched *first = find_paper(b, b->v[i].id);

		if (first != NULL && first != &b->v[i])
			strbuf_addslice(&b->v[i].value[ENRICH_AUTHOR_INFO],
			    strbuf_slice(&first->value[ENRICH_AUTHOR_INFO]));
	}
}

static enum download_result
ask(struct enrich_batch *b)
{
	struct people people = {0};
	enum download_result result = get_works(b, &people);

	if (result == DOWNLOAD_OK)
		result = get_authors(b, &people);
	/* Names and places are worth having without the numbers. */
	fill_in(b, &people);
	fill_in_again(b);
	cJSON_Delete(people.works);
	free(people.v);
	return result;
}

const struct enricher openalex_enricher = {
    "openalex", "openalex.org", 0.2, CHUNK, ask};
