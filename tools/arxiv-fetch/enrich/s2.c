/* SPDX-License-Identifier: ISC */
/* Semantic Scholar: one request for up to 100 papers, whose references come
 * with them: an answer has 10 MB at most. */
#include <stdio.h>
#include <stdlib.h>

#include "common/base/msg.h"
#include "common/base/utf8.h"
#include "common/base/xalloc.h"
#include "enrich/enrich.h"

#define BASE "https://api.semanticscholar.org"
#define PATH                                                          \
	"/graph/v1/paper/batch?fields=authors.authorId,authors.name," \
	"authors.hIndex,authors.affiliations,authors.paperCount,"     \
	"authors.citationCount,references.externalIds,"               \
	"references.title,references.year,references.authors"

#define NAMES_MAX	 1000
#define REFERENCES_MAX	 10000
#define REFERENCES_BYTES ((size_t)2 << 20)

static char *
make_body(const struct enrich_batch *b, size_t *asked)
{
	struct strbuf body = STRBUF_INIT(STRBUF_MAX);
	struct jsonw j = JSONW_INIT(&body);

	*asked = 0;
	jsonw_open(&j, '{');
	jsonw_open(jsonw_key(&j, "ids"), '[');
	for (size_t i = 0; i < b->n; i++) {
		char *id = xasprintf("ARXIV:%s", b->v[i].id);

		if (b->v[i].id[0] != '\0') {
			jsonw_str(&j, id);
			++*asked;
		}
		free(id);
	}
	jsonw_close(&j, ']');
	jsonw_close(&j, '}');
	return strbuf_detach(&body);
}

/* An author without a name is left out. */
static void
put_author(struct jsonw *j, const cJSON *author)
{
	const cJSON *place = enrich_first(author, "affiliations");
	const char *name = json_tree_string(author, "name");

	if (name == NULL || *name == '\0')
		return;
	jsonw_open(j, '{');
	enrich_put_text(j, "name", name);
	enrich_put_text(j, "s2_id", json_tree_string(author, "authorId"));
	enrich_put_count(j, "h_index", json_tree_long(author, "hIndex", -1));
	enrich_put_text(j, "affiliation", cJSON_GetStringValue(place));
	enrich_put_count(
	    j, "paper_count", json_tree_long(author, "paperCount", -1));
	enrich_put_count(
	    j, "citation_count", json_tree_long(author, "citationCount", -1));
	jsonw_close(j, '}');
}

/* "Jane Doe, R. Roe" */
static void
put_names(struct jsonw *j, const cJSON *work)
{
	const cJSON *author = enrich_first(work, "authors");
	struct strbuf b = STRBUF_INIT(NAMES_MAX);

	for (; author != NULL; author = author->next) {
		const char *name = json_tree_string(author, "name");

		if (name != NULL && *name != '\0')
			strbuf_addf(&b, "%s%s", b.len > 0 ? ", " : "", name);
	}
	strbuf_setlen(&b, utf8_cut(b.s, b.len, b.len));
	enrich_put_text(j, "authors", b.s);
	strbuf_release(&b);
}

static void
put_reference(struct jsonw *j, const cJSON *work)
{
	const cJSON *ids = json_tree_get(work, "externalIds");
	const char *arxiv = json_tree_string(ids, "ArXiv");
	const char *doi = json_tree_string(ids, "DOI");
	long year = json_tree_long(work, "year", -1), version;
	char id[ARXIV_ID_SIZE];

	jsonw_open(j, '{');
	if (arxiv != NULL && arxiv_id_parse(slice_of(arxiv), id, &version))
		enrich_put_text(j, "arxiv", id);
	if (doi != NULL) {
		char *small = xstrdup(doi);

		for (char *p = small; *p != '\0'; p++)
			*p = *p >= 'A' && *p <= 'Z' ? *p - 'A' + 'a' : *p;
		enrich_put_text(j, "doi", small);
		free(small);
	}
	enrich_put_text(j, "title", json_tree_string(work, "title"));
	put_names(j, work);
	enrich_put_count(j, "year", year);
	jsonw_close(j, '}');
}

/* What the paper's own page said of them is better. */
static void
fill_in_references(struct enriched *e, const cJSON *paper)
{
	const cJSON *work = enrich_first(paper, "references");
	struct jsonw j = JSONW_INIT(&e->value[ENRICH_REFERENCES]);
	size_t n = 0;

	if (work == NULL || e->has_references)
		return;
	jsonw_open(&j, '[');
	for (; work != NULL && n < REFERENCES_MAX &&
	     e->value[ENRICH_REFERENCES].len < REFERENCES_BYTES;
	     work = work->next, n++)
		put_reference(&j, work);
	jsonw_close(&j, ']');
	if (work != NULL)
		msg_warn("%s: references beyond the first %zu are left out",
		    e->id, n);
}

static void
fill_in(struct enriched *e, const cJSON *paper)
{
	const cJSON *author = enrich_first(paper, "authors");
	struct jsonw j = JSONW_INIT(&e->value[ENRICH_AUTHOR_INFO]);

	fill_in_references(e, paper);
	if (!cJSON_IsArray(json_tree_get(paper, "authors")))
		return;
	jsonw_open(&j, '[');
	for (; author != NULL; author = author->next)
		put_author(&j, author);
	jsonw_close(&j, ']');
}

/* The answer is in the order of the ids, with null for an unknown one, so it
 * is only of use if it has as many. */
static bool
take_answer(struct enrich_batch *b, size_t asked, const cJSON *answer)
{
	const cJSON *paper;

	if (!cJSON_IsArray(answer) ||
	    (size_t)cJSON_GetArraySize(answer) != asked)
		return false;
	paper = answer->child;
	for (size_t i = 0; i < b->n; i++)
		if (b->v[i].id[0] != '\0') {
			fill_in(&b->v[i], paper);
			paper = paper->next;
		}
	return true;
}

static enum download_result
ask(struct enrich_batch *b)
{
	const char *key = getenv("S2_API_KEY");
	char *url = url_at(b->d->base_url, BASE, PATH), *header = NULL, *body;
	cJSON *answer = NULL;
	struct download_request r = {.url = url};
	enum download_result result = DOWNLOAD_OK;
	size_t asked;

	if (key != NULL && *key != '\0')
		header = xasprintf("x-api-key: %s", key);
	body = make_body(b, &asked);
	r.header = header;
	r.body = body;
	if (asked > 0)
		result = b->get(b, "papers", &r, &answer);
	if (asked > 0 && result == DOWNLOAD_OK &&
	    !take_answer(b, asked, answer)) {
		snprintf(b->why, sizeof(b->why),
		    "the answer is not the list that was asked for");
		result = DOWNLOAD_BAD;
	}
	cJSON_Delete(answer);
	free(body);
	free(header);
	free(url);
	return result;
}

const struct enricher s2_enricher = {
    "s2", "semanticscholar.org", 1.0, 100, ask};
