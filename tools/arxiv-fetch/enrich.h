/* SPDX-License-Identifier: ISC */
/*
 * --enrich: a filter that adds what others know of a paper's authors.  Papers
 * are gathered into batches, each is asked about in as few requests as the
 * service allows, and each line goes on whatever the answer is.
 */
#ifndef ENRICH_H
#define ENRICH_H

#include <stddef.h>

#include "arxiv_id.h"
#include "common/json.h"
#include "common/strbuf.h"
#include "fetch.h"
#include "get.h"

/* A paper waiting for its batch to be answered. */
struct enriched {
	char *line;
	size_t len;
	char id[ARXIV_ID_SIZE];
	struct strbuf info; /* the JSON for author_info; empty: unknown */
};

struct enrich_batch {
	struct fetch *f;
	struct enriched *v;
	size_t n;
	char why[GET_WHY_SIZE];
};

/* One service. */
struct enricher {
	const char *name;
	const char *site; /* whose pace it is */
	double pace; /* seconds between requests */
	size_t batch; /* papers in one */
	/* Fills in info; not GET_OK: why says what happened, and what was
	 * filled in before holds. */
	enum get_result (*ask)(struct enrich_batch *b);
};

extern const struct enricher s2_enricher, openalex_enricher;

/* For the services: an answer in JSON, whole, in b.  GET_OK only for an
 * object or an array. */
enum get_result enrich_get(struct enrich_batch *b, const char *source,
    struct get_request *r, struct strbuf *answer);
/* The text of a string member; empty if it is none.  Lives in scratch or in
 * the answer. */
struct slice enrich_text(
    const struct json_members *m, const char *key, struct strbuf *scratch);
/* The member as a number of at least 0, -1 if it is none. */
long enrich_count(const struct json_members *m, const char *key);
/* The value of the key, or one of type JSON_NONE. */
struct json_value enrich_value(const struct json_members *m, const char *key);

#endif
