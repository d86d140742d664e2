/* SPDX-License-Identifier: ISC */
/* Semantic Scholar: one request for up to 500 papers. */
#include <stdio.h>
#include <stdlib.h>

#include "common/base/xalloc.h"
#include "enrich/enrich.h"

#define BASE "https://api.semanticscholar.org"
#define PATH                                                          \
	"/graph/v1/paper/batch?fields=authors.authorId,authors.name," \
	"authors.hIndex,authors.affiliations,authors.paperCount,"     \
	"authors.citationCount"

static char *
make_body(const struct enrich_batch *b, size_t *asked)
{
	struct strbuf body = STRBUF_INIT(STRBUF_MAX);
	struct jsonw j = JSONW_INIT(&body);

	*asked = 0;
	jsonw_open(&j, '{');
	jsonw_key(&j, "ids");
	jsonw_open(&j, '[');
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

/* An author without a name is none. */
static void
put_author(struct jsonw *j, const struct json_members *m)
{
	struct json_value list = enrich_value(m, "affiliations"), first;
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);
	struct slice s = enrich_text(m, "name", &b);
	size_t pos = 0;

	if (s.n == 0) {
		strbuf_release(&b);
		return;
	}
	jsonw_open(j, '{');
	jsonw_key(j, "name");
	jsonw_slice(j, s);
	s = enrich_text(m, "authorId", &b);
	if (s.n > 0) {
		jsonw_key(j, "s2_id");
		jsonw_slice(j, s);
	}
	enrich_put_count(j, "h_index", enrich_count(m, "hIndex"));
	if (list.type == JSON_ARRAY &&
	    json_array_next(list.raw, &pos, &first) &&
	    first.type == JSON_STRING) {
		strbuf_reset(&b);
		jsonw_key(j, "affiliation");
		jsonw_slice(j, json_text(&first, &b));
	}
	enrich_put_count(j, "paper_count", enrich_count(m, "paperCount"));
	enrich_put_count(j, "citation_count", enrich_count(m, "citationCount"));
	jsonw_close(j, '}');
	strbuf_release(&b);
}

static void
fill_in(struct enriched *e, const struct json_value *paper)
{
	struct json_members m = JSON_MEMBERS_INIT, author = JSON_MEMBERS_INIT;
	struct jsonw j = JSONW_INIT(&e->info);
	struct json_value list, item;
	size_t pos = 0;

	if (paper->type == JSON_OBJECT && json_object(&m, paper->raw) &&
	    (list = enrich_value(&m, "authors")).type == JSON_ARRAY) {
		jsonw_open(&j, '[');
		while (json_array_next(list.raw, &pos, &item))
			if (item.type == JSON_OBJECT &&
			    json_object(&author, item.raw))
				put_author(&j, &author);
		jsonw_close(&j, ']');
	}
	json_members_release(&m);
	json_members_release(&author);
}

/* The next paper from i on that was asked about. */
static size_t
skip_unasked(const struct enrich_batch *b, size_t i)
{
	while (i < b->n && b->v[i].id[0] == '\0')
		i++;
	return i;
}

/* The answer is in the order of the ids, with null for an unknown one, so it
 * is only of use if it has as many. */
static bool
take_answer(struct enrich_batch *b, struct slice answer)
{
	struct json_value paper;
	size_t pos = 0, i;

	if (answer.n == 0 || *answer.p != '[')
		return false;
	for (i = skip_unasked(b, 0); i < b->n; i = skip_unasked(b, i + 1)) {
		if (!json_array_next(answer, &pos, &paper))
			return false;
		fill_in(&b->v[i], &paper);
	}
	return !json_array_next(answer, &pos, &paper);
}

static enum download_result
ask(struct enrich_batch *b)
{
	const char *key = getenv("S2_API_KEY");
	char *url = url_at(b->f->o.base_url, BASE, PATH), *header = NULL, *body;
	struct strbuf answer;
	struct download_request r = {.url = url};
	enum download_result result = DOWNLOAD_OK;
	size_t asked;

	if (key != NULL && *key != '\0')
		header = xasprintf("x-api-key: %s", key);
	body = make_body(b, &asked);
	r.header = header;
	r.body = body;
	strbuf_init(&answer, 0);
	if (asked > 0)
		result = b->get(b, "papers", &r, &answer);
	if (asked > 0 && result == DOWNLOAD_OK &&
	    !take_answer(b, strbuf_slice(&answer))) {
		snprintf(b->why, sizeof(b->why),
		    "the answer is not the list that was asked for");
		result = DOWNLOAD_BAD;
	}
	strbuf_release(&answer);
	free(body);
	free(header);
	free(url);
	return result;
}

const struct enricher s2_enricher = {
    "s2", "semanticscholar.org", 1.0, 500, ask};
