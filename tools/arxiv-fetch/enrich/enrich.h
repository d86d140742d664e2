/* SPDX-License-Identifier: ISC */
/*
 * --enrich: a filter that adds what others know of a paper's authors.  Papers
 * are gathered into batches, each is asked about in as few requests as the
 * service allows, and each line goes on whatever the answer is.
 */
#ifndef ENRICH_H
#define ENRICH_H

#include <stddef.h>

#include "common/base/strbuf.h"
#include "common/json/json_read.h"
#include "common/json/json_write.h"
#include "fetch.h"
#include "model/arxiv.h"
#include "net/download.h"

/* A paper waiting for its batch to be answered. */
struct enriched {
	char *line;
	size_t len;
	char id[ARXIV_ID_SIZE];
	struct strbuf info; /* the JSON for author_info; empty: unknown */
};

struct enrich_batch;
/* An answer in JSON, whole, in *answer, which is begun anew.  Not DOWNLOAD_OK:
 * b->why says what happened. */
typedef enum download_result enrich_getter(struct enrich_batch *b,
    const char *source, struct download_request *r, struct strbuf *answer);

struct enrich_batch {
	struct fetch *f;
	enrich_getter *get; /* enrich_get, or what a test has instead */
	struct enriched *v;
	size_t n;
	char why[WHY_SIZE];
};

/* One service. */
struct enricher {
	const char *name;
	const char *site; /* whose pace it is */
	double pace; /* seconds between requests */
	size_t batch; /* papers in one */
	/* Fills in info; not DOWNLOAD_OK: why says what happened, and what was
	 * filled in before holds. */
	enum download_result (*ask)(struct enrich_batch *b);
};

extern const struct enricher s2_enricher, openalex_enricher;

enrich_getter enrich_get;
/* The text of a string member; empty if it is none.  Lives in scratch or in
 * the answer. */
struct slice enrich_text(
    const struct json_members *m, const char *key, struct strbuf *scratch);
/* The member as a number of at least 0, -1 if it is none. */
long enrich_count(const struct json_members *m, const char *key);
/* Adds a member, unless n is below 0. */
void enrich_put_count(struct jsonw *j, const char *key, long n);
/* The value of the key, or one of type JSON_NONE. */
struct json_value enrich_value(const struct json_members *m, const char *key);

#endif
