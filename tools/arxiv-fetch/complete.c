/* SPDX-License-Identifier: ISC */
/* Papers of an announcement that an answer lacks, asked for by their ids. */
#include <stdio.h>
#include <stdlib.h>

#include "common/base/msg.h"
#include "fetch.h"
#include "net/feed_page.h"

/* Ids named in a message; the report has them all. */
#define NAMED 5

struct completion {
	struct feed_status *feed;
	const struct batch *batch; /* what it should have */
	day_t day;
};

static void
on_entry(void *arg, struct entry *e)
{
	struct completion *c = arg;
	size_t at;

	if (!strmap_find(&c->batch->ids, slice_of(e->id), &at) ||
	    batch_has(&c->feed->batch, slice_of(e->id)))
		return;
	e->announce = c->batch->v[at].announce;
	e->announced = c->day;
	c->feed->entries++;
	feed_status_add(c->feed, e);
}

static enum download_result
ask(struct fetch *f, struct completion *c, const struct strlist *ids, char *why)
{
	struct query_page p = {.url = query_ids_url(f->o.base_url, ids),
	    .size = QUERY_IDS,
	    .may_be_short = true,
	    .entry = on_entry,
	    .arg = c};
	enum download_result result;

	download_doing(&f->net, "%s, by id", c->feed->category);
	result = query_page_get(&f->net, &p);
	snprintf(why, WHY_SIZE, "%s", p.why);
	free(p.url);
	return result;
}

/* New and cross-listed ones, that is: feeds leave some replacements out. */
static void
find_lacking(
    const struct feed_status *d, const struct batch *batch, struct strlist *ids)
{
	for (size_t i = 0; i < batch->ids.n; i++) {
		char id[ARXIV_ID_SIZE];

		if (batch->v[i].announce <= ANNOUNCE_CROSS &&
		    !batch_has(&d->batch, strmap_get(&batch->ids, i)))
			strlist_add(ids, batch_id(batch, i, id));
	}
}

static void
name_ids(struct strbuf *b, const struct strlist *ids)
{
	for (size_t i = 0; i < ids->n && i < NAMED; i++)
		strbuf_addf(b, "%s%s", i > 0 ? ", " : "", ids->v[i]);
	if (ids->n > NAMED)
		strbuf_addf(b, " and %zu more", ids->n - NAMED);
}

void
feed_complete(struct fetch *f, struct feed_status *d, const struct batch *batch,
    day_t day)
{
	struct completion c = {.feed = d, .batch = batch, .day = day};
	struct strlist ids = STRLIST_INIT, chunk = STRLIST_INIT;
	enum download_result result = DOWNLOAD_OK;
	struct strbuf names = STRBUF_INIT(WHY_SIZE);
	char why[WHY_SIZE] = "";

	find_lacking(d, batch, &ids);
	for (size_t i = 0; i < ids.n && result == DOWNLOAD_OK; i++) {
		strlist_add(&chunk, ids.v[i]);
		if (chunk.n < QUERY_IDS && i + 1 < ids.n)
			continue;
		result = ask(f, &c, &chunk, why);
		strlist_release(&chunk);
	}
	find_lacking(d, batch, &d->lacks);
	if (d->lacks.n > 0) {
		name_ids(&names, &d->lacks);
		d->state = FEED_FAILED;
		snprintf(d->why, sizeof(d->why),
		    "short: %zu papers are missing: %s%s%s", d->lacks.n,
		    names.s, result != DOWNLOAD_OK ? ": " : "",
		    result != DOWNLOAD_OK ? why : "");
	} else if (ids.n > 0) {
		name_ids(&names, &ids);
		snprintf(d->why, sizeof(d->why),
		    "%zu papers that were missing came by their ids: %s", ids.n,
		    names.s);
	}
	strbuf_release(&names);
	strlist_release(&chunk);
	strlist_release(&ids);
}
