/* SPDX-License-Identifier: ISC */
/*
 * Between --enrich and the services it asks: papers are gathered into batches,
 * and each is asked about in as few requests as the service allows.
 */
#ifndef ENRICH_H
#define ENRICH_H

#include <stddef.h>

#include <stdbool.h>

#include "common/base/strbuf.h"
#include "common/base/strlist.h"
#include "common/json/json_tree.h"
#include "common/json/json_write.h"
#include "common/record/arxiv_id.h"
#include "net/net.h"

/* What a service may tell of a paper, in the order in which it is written. */
enum enrich_key {
	ENRICH_AUTHOR_INFO,
	ENRICH_REFERENCES,
	ENRICH_AFFILIATIONS,
	ENRICH_CODE,
	ENRICH_FIGURE,
	ENRICH_NKEYS
};

/* A paper waiting for its batch to be answered. */
struct enriched {
	char *line;
	size_t len;
	char id[ARXIV_ID_SIZE]; /* "": nobody knows of it */
	bool unasked; /* nobody wants to know */
	bool has_references; /* and needs no others */
	struct strlist code; /* links it has */
	struct strbuf value[ENRICH_NKEYS]; /* JSON; empty: unknown */
};

struct enrich_batch;
/* *answer is to be deleted.  Not DOWNLOAD_OK: it is NULL, and b->why says what
 * happened. */
typedef enum download_result enrich_getter(struct enrich_batch *b,
    const char *source, const struct download_request *r, cJSON **answer);

struct enrich_batch {
	struct downloader *d;
	enrich_getter *get; /* what asks, or what a test has instead */
	struct enriched *v;
	size_t n;
	char why[WHY_SIZE];
};

/* One service. */
struct enricher {
	const char *name;
	const char *site; /* whose pace it is */
	double pace; /* seconds between requests */
	size_t batch; /* papers in one; of 1, a bad answer is that paper's */
	/* Fills in values; not DOWNLOAD_OK: why says what happened, and what was
	 * filled in before holds. */
	enum download_result (*ask)(struct enrich_batch *b);
};

extern const struct enricher html_enricher, s2_enricher, openalex_enricher;

/* The first of a list, or NULL. */
static inline const cJSON *
enrich_first(const cJSON *o, const char *key)
{
	const cJSON *list = json_tree_get(o, key);

	return cJSON_IsArray(list) ? list->child : NULL;
}

/* Adds a member, unless n is below 0. */
static inline void
enrich_put_count(struct jsonw *j, const char *key, long n)
{
	if (n < 0)
		return;
	jsonw_key(j, key);
	jsonw_int(j, n);
}

/* Adds a member, unless s is NULL or empty. */
static inline void
enrich_put_text(struct jsonw *j, const char *key, const char *s)
{
	if (s == NULL || *s == '\0')
		return;
	jsonw_key(j, key);
	jsonw_str(j, s);
}

#endif
