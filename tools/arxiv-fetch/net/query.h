/* SPDX-License-Identifier: ISC */
/* One request to the query interface, and what its answer must look like to
 * be believed. */
#ifndef QUERY_H
#define QUERY_H

#include <stdbool.h>
#include <stdint.h>

#include "entry.h"
#include "fetch.h"
#include "net/download.h"

/* start + max_results may not pass this, or the interface fails. */
#define QUERY_LIMIT 10000

struct query_page {
	struct fetch *f;
	char *url; /* owned */
	long start, size;
	/* Gets each entry, counted. */
	void (*entry)(void *arg, struct entry *e);
	void *arg;
	bool may_be_short; /* a list of ids, some of which may not exist */

	bool asked_again;
	long total; /* of the answer */
	long entries; /* it has */
	char why[WHY_SIZE];
};

/* Asks and hands out the entries. */
enum download_result query_get(struct query_page *p);

#endif
