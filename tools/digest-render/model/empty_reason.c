/* SPDX-License-Identifier: ISC */
/*
 * Why a digest shows no paper.  A quiet day, a stale feed, a failed one and a
 * model that never answered each have words of their own, with the counts
 * that prove them.
 */
#include <inttypes.h>

#include "common/base/exitcode.h"
#include "common/base/number.h"
#include "model/digest_internal.h"
#include "model/digest.h"
#include "model/reports.h"

/* Papers came, none is shown. */
static void
none_relevant(const struct digest *d, struct strbuf *b)
{
	const struct digest_totals *t = &d->totals;
	const struct digest_builder *builder = d->builder;

	if (t->unscored == t->read) {
		strbuf_addstr(b, "Nobody knows what is relevant: ");
		number_add_plural(b, t->read, "paper", "papers");
		strbuf_addstr(b, " came in, and none could be scored.");
		return;
	}
	strbuf_addstr(b, "Nothing relevant: of ");
	number_add_plural(b, t->read, "paper", "papers");
	strbuf_addf(
	    b, " looked at, %" PRIu64 " stayed below relevance ", t->below);
	number_add(b, d->style.min_relevance);
	strbuf_addstr(b, " or novelty ");
	number_add(b, d->style.min_novelty);
	if (t->screened > 0) {
		strbuf_addstr(b, ", ");
		number_add_plural(b, t->screened, "was screened out first",
		    "were screened out first");
	}
	if (t->unscored > 0)
		strbuf_addf(
		    b, ", %" PRIu64 " could not be scored", t->unscored);
	strbuf_addch(b, '.');
	if (!builder->closest)
		return;
	strbuf_addstr(b, " The closest, with relevance ");
	number_add_or_dash(
	    b, builder->closest_has_relevance, builder->closest_relevance);
	strbuf_addstr(b, " and novelty ");
	number_add_or_dash(
	    b, builder->closest_has_novelty, builder->closest_novelty);
	strbuf_addstr(b, ": ");
	strbuf_addslice(b, builder->closest_title);
}

/* No paper came: the last run says why. */
static void
none_came(const struct digest *d, const struct digest_run *r, struct strbuf *b)
{
	size_t failed = count_feeds(r, "failed");

	if (r->fetched && r->nfeeds > 0 && failed == r->nfeeds) {
		strbuf_addstr(b,
		    "Nothing could be fetched from arXiv, so nothing is known "
		    "about this day.");
	} else if (failed > 0) {
		strbuf_addstr(b,
		    "Only part of arXiv could be fetched, and it held no "
		    "papers.");
	} else if (count_feeds(r, "stale") > 0) {
		strbuf_addstr(b,
		    "arXiv's feeds held no new day: what they "
		    "announce is older.");
	} else if (r->nfeeds > 0 && count_feeds(r, "holiday") == r->nfeeds) {
		strbuf_addstr(b, "arXiv announced nothing: a holiday.");
	} else if (d->totals.scanned > 0) {
		strbuf_addstr(b, "Nothing relevant: ");
		number_add_plural(b, d->totals.scanned, "paper was looked at",
		    "papers were looked at");
		strbuf_addstr(b, ", and none is shown.");
	} else if (r->filtered && r->filter_in > 0) {
		strbuf_addstr(b, "None of ");
		number_add_plural(
		    b, r->filter_in, "fetched paper", "fetched papers");
		strbuf_addstr(b, " passed the filters");
		name_counts(b, &r->dropped);
		strbuf_addch(b, '.');
	} else if (r->fetched && r->fetch_exit >= EXIT_TRY_LATER) {
		strbuf_addstr(
		    b, "Fetching failed, so nothing is known about this day.");
	} else if (r->arxiv_known && r->arxiv > 0) {
		strbuf_addf(b,
		    "None of the %" PRIu64
		    " entries of arXiv's feeds is of the kinds asked for.",
		    r->arxiv);
	} else {
		strbuf_addstr(b, "arXiv announced no papers.");
	}
}

void
word_empty_reason(struct digest *d)
{
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);

	if (d->totals.shown > 0)
		return;
	if (d->totals.read > 0)
		none_relevant(d, &b);
	else if (d->nruns > 0)
		none_came(d, &d->runs[d->nruns - 1], &b);
	d->empty_reason = arena_copy(&d->arena, strbuf_slice(&b));
	strbuf_release(&b);
}

/* A selection of several days may well be empty. */
bool
reports_speak_of_papers(const struct digest *d)
{
	return d->style.view == VIEW_DAY && d->nruns == 1 &&
	    d->runs->out_known && d->runs->out > 0;
}
