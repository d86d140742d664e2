/* SPDX-License-Identifier: ISC */
/* What an answer lacks: papers of the announcement, which are asked for by
 * their ids, and with --details what the daily feeds leave out of papers. */
#include <stdio.h>
#include <stdlib.h>

#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/base/xalloc.h"
#include "common/cli/run.h"
#include "fetch.h"

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

	if (!strmap_find(&c->batch->ids, slice_of(e->id), &at)) {
		run_dropped("not_announced", 1);
		return;
	}
	if (batch_has(&c->feed->batch, slice_of(e->id))) {
		run_dropped("duplicate", 1);
		return;
	}
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

/* Those of a type at least as strong as that.  Replacements are none of our
 * business: feeds leave some out. */
static void
find_lacking(const struct feed_status *d, const struct batch *batch,
    enum announce weakest, struct strlist *ids)
{
	for (size_t i = 0; i < batch->ids.n; i++) {
		char id[ARXIV_ID_SIZE];

		if (batch->v[i].announce <= weakest &&
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

/* All at once, or as far as it goes. */
static enum download_result
ask_all(
    struct fetch *f, struct completion *c, const struct strlist *ids, char *why)
{
	struct strlist chunk = STRLIST_INIT;
	enum download_result result = DOWNLOAD_OK;

	for (size_t i = 0; i < ids->n && result == DOWNLOAD_OK; i++) {
		strlist_add(&chunk, ids->v[i]);
		if (chunk.n < QUERY_IDS && i + 1 < ids->n)
			continue;
		result = ask(f, c, &chunk, why);
		strlist_release(&chunk);
	}
	return result;
}

void
feed_complete(struct fetch *f, struct feed_status *d, const struct batch *batch,
    day_t day, enum announce needed)
{
	struct completion c = {.feed = d, .batch = batch, .day = day};
	struct strlist ids = STRLIST_INIT, short_of = STRLIST_INIT;
	struct strbuf text = STRBUF_INIT(WHY_SIZE - 1);
	enum download_result result;
	char why[WHY_SIZE] = "";

	find_lacking(d, batch, ANNOUNCE_CROSS, &ids);
	result = ask_all(f, &c, &ids, why);
	find_lacking(d, batch, ANNOUNCE_CROSS, &d->lacks);
	find_lacking(d, batch, needed, &short_of);
	if (short_of.n > 0) {
		d->state = FEED_FAILED;
		strbuf_addstr(&text, "short: ");
	}
	if (d->lacks.n > 0) {
		strbuf_addstr(&text, "it lacks ");
		name_ids(&text, &d->lacks);
		if (result != DOWNLOAD_OK)
			strbuf_addf(&text, ": %s", why);
	} else if (ids.n > 0) {
		strbuf_addstr(&text, "what it lacked came by id: ");
		name_ids(&text, &ids);
	}
	if (text.len > 0)
		snprintf(d->why, sizeof(d->why), "%s", text.s);
	strbuf_release(&text);
	strlist_release(&short_of);
	strlist_release(&ids);
}

/* Details, from OAI-PMH */

struct details {
	struct paper_table *day;
	bool *done; /* by index in day */
	size_t missing;
};

static void
on_details(void *arg, struct entry *e)
{
	struct details *d = arg;
	size_t at = paper_table_find(d->day, e->id);

	if (at == PAPER_TABLE_NONE || d->done[at])
		return;
	entry_complete(d->day->v[at], e);
	d->done[at] = true;
	d->missing--;
}

static day_t
earliest(const struct paper_table *day)
{
	day_t first = NO_DAY;

	for (size_t i = 0; i < day->n; i++) {
		day_t d = day->v[i]->announced;

		if (d != NO_DAY && (first == NO_DAY || d < first))
			first = d;
	}
	return first;
}

static void
report_details(const struct details *d)
{
	struct strbuf b = STRBUF_INIT(200);

	strbuf_addf(&b, "{\"completed\":%zu,\"missing\":%zu}",
	    d->day->n - d->missing, d->missing);
	run_report_set("details", strbuf_slice(&b));
	strbuf_release(&b);
}

void
details_add(struct fetch *f, struct paper_table *day)
{
	struct details d = {.day = day, .missing = day->n};
	struct strbuf set = STRBUF_INIT(200);
	enum download_result result = DOWNLOAD_OK;
	struct oai_list l;

	if (earliest(day) == NO_DAY)
		return;
	d.done = xcalloc(day->n, sizeof(*d.done));
	category_set(&set, &f->o.categories);
	oai_list_init(&l, &f->net, set.s, earliest(day), NO_DAY);
	l.uncounted = true;
	l.record = on_details;
	l.arg = &d;
	while (result == DOWNLOAD_OK && !l.done && d.missing > 0)
		result = oai_list_next(&l);
	if (result != DOWNLOAD_OK && result != DOWNLOAD_STOPPED) {
		msg_error("details: %s", l.why);
		fetch_raise_status(f, EXIT_SOME_FAILED);
	} else if (d.missing > 0) {
		msg_warn("details of %zu papers were not found", d.missing);
	}
	report_details(&d);
	oai_list_release(&l);
	strbuf_release(&set);
	free(d.done);
}
