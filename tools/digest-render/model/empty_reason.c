/* SPDX-License-Identifier: ISC */
/*
 * Why a digest shows no paper: a quiet day, a stale feed, a failed one and a
 * model that never answered each have words of their own, with the counts that
 * prove them.
 */
#include <inttypes.h>

#include "common/base/number.h"
#include "common/base/run_state.h"
#include "model/digest_internal.h"

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
	size_t bad = report_bad_feeds(r);

	if (bad > 0 && report_feeds(r, "stale") == r->nfeeds) {
		strbuf_addstr(b,
		    "arXiv's feeds held no new day: what they "
		    "announce is older.");
	} else if (bad > 0 && bad == r->nfeeds) {
		strbuf_addstr(b,
		    "Nothing could be fetched from arXiv, so nothing is known "
		    "about this day.");
	} else if (bad > 0) {
		strbuf_addstr(b,
		    "Only part of arXiv could be fetched, and it held no "
		    "papers.");
	} else if (report_state(r) == DAY_HOLIDAY) {
		strbuf_addstr(b, "arXiv announced nothing: a holiday.");
	} else if (report_is_outage_only(d, r) && r->out_known && r->out > 0) {
		strbuf_addstr(b,
		    "Too little could be done to show anything: the papers "
		    "come when the day is finished.");
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
		report_name_counts(b, &r->dropped);
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

/* "1 outage, 2 not fetched": the days that have nothing to show by state. */
static void
name_states(struct strbuf *b, const struct digest *d)
{
	size_t count[DAY_UNFETCHED + 1] = {0};
	const char *comma = "";

	for (size_t i = 0; i < d->ndays; i++)
		count[d->days[i].state]++;
	for (int state = DAY_READ + 1; state <= DAY_UNFETCHED; state++) {
		if (count[state] == 0)
			continue;
		strbuf_addf(b, "%s%zu %s", comma, count[state],
		    digest_state_label((enum day_state)state));
		comma = ", ";
	}
}

/* The same of several days. */
static void
none_in_days(const struct digest *d, struct strbuf *b)
{
	size_t at;

	if (d->totals.relevant_known && d->totals.scanned > 0) {
		strbuf_addstr(b, "Nothing relevant: ");
		number_add_plural(b, d->totals.scanned, "paper was looked at",
		    "papers were looked at");
		strbuf_addstr(b, ", and none is shown.");
	} else if (d->totals.relevant_known) {
		strbuf_addstr(b, "arXiv announced no papers.");
	} else {
		strbuf_addstr(b, "Nothing is known about these days.");
	}
	strbuf_addstr(b, " (");
	at = b->len;
	name_states(b, d);
	if (b->len > at)
		strbuf_addch(b, ')');
	else
		strbuf_setlen(b, at - 2);
}

void
word_empty_reason(struct digest *d)
{
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);

	if (d->totals.shown > 0)
		return;
	if (d->totals.read > 0)
		none_relevant(d, &b);
	else if (d->style.view != VIEW_DAY || d->nruns > 1)
		none_in_days(d, &b);
	else if (d->nruns > 0)
		none_came(d, d->runs, &b);
	d->empty_reason = arena_copy(&d->arena, strbuf_slice(&b));
	d->outage = !d->totals.relevant_known;
	strbuf_release(&b);
}

/* A selection of several days may well be empty. */
bool
reports_speak_of_papers(const struct digest *d)
{
	return d->style.view == VIEW_DAY && d->nruns == 1 &&
	    d->runs->out_known && d->runs->out > 0 &&
	    !report_is_outage_only(d, d->runs);
}
