/* SPDX-License-Identifier: ISC */
/* The figures of the reports, in all and by day. */
#include <string.h>

#include "common/base/exitcode.h"
#include "model/digest_internal.h"
#include "model/digest.h"
#include "model/reports.h"

static bool
is_broken(const struct digest_run *r)
{
	size_t i;

	if (r->fetch_exit >= EXIT_TRY_LATER ||
	    r->score_exit >= EXIT_TRY_LATER || slice_eq(r->health, "outage"))
		return true;
	for (i = 0; i < r->nfeeds; i++)
		if (slice_eq(r->feeds[i].status, "failed"))
			return true;
	return false;
}

/* A run's figures belong to the day it announced; where there is but one day
 * of papers, to that. */
static void
give_to_day(struct digest *d, const struct digest_run *r)
{
	struct digest_day *day;
	uint32_t i = 0;

	if (d->ndays != 1 || d->nruns != 1)
		i = day_index(d, r->date);
	day = &d->days[i];
	if (r->arxiv_known) {
		day->arxiv_known = true;
		day->arxiv += r->arxiv;
	}
	if (r->scanned_known) {
		day->scanned_known = true;
		day->scanned += r->scanned;
	}
	day->broken = day->broken || is_broken(r);
	usage_add(d, &day->usage, &r->usage);
}

/* Days without a report count by what came in. */
static uint64_t
sum_days(const struct digest *d)
{
	uint64_t sum = 0;
	size_t i;

	for (i = 0; i < d->ndays; i++)
		sum += d->days[i].scanned_known ? d->days[i].scanned
						: d->days[i].read;
	return sum;
}

/* "gpt-5" where no report says what it cost, from the papers. */
static void
name_models(struct digest *d)
{
	struct digest_usage u = {.known = true};
	size_t i;

	if (d->usage.known)
		return;
	for (i = 0; i < d->papers.n; i++) {
		if (slice_eq(d->papers.v[i]->backend, "lexical"))
			continue;
		u.model = d->papers.v[i]->model;
		usage_add(d, &d->usage, &u);
	}
	d->usage.known = d->usage.tokens_known = d->usage.priced = false;
}

void
sum_reports(struct digest *d)
{
	struct digest_totals *t = &d->totals;
	const struct digest_run *r;
	bool scanned_known = false;
	size_t i;

	for (i = 0; i < d->nruns; i++) {
		r = &d->runs[i];
		if (r->arxiv_known) {
			t->arxiv_known = true;
			t->arxiv += r->arxiv;
		}
		if (r->scanned_known) {
			scanned_known = true;
			t->scanned += r->scanned;
		}
		usage_add(d, &d->usage, &r->usage);
		give_to_day(d, r);
	}
	if (d->style.view != VIEW_DAY)
		t->scanned = sum_days(d);
	else if (!scanned_known)
		t->scanned = t->read;
	name_models(d);
}
