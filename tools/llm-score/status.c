/* SPDX-License-Identifier: ISC */
#include "status.h"

#include "common/io/progress.h"

void
status_line(struct strbuf *b, const struct engine *e, double seconds)
{
	const struct tally *t = &e->tally;
	size_t to_go = e->window.n;
	uint64_t asked = t->scored + t->unscored - t->cached_scores;

	strbuf_addf(b, "%llu scored", (unsigned long long)t->scored);
	if (t->screened_out > 0)
		strbuf_addf(
		    b, ", %llu put aside", (unsigned long long)t->screened_out);
	if (t->unscored > 0)
		strbuf_addf(b, ", %llu without a score",
		    (unsigned long long)t->unscored);
	strbuf_addf(b, ", %zu%s to go, %zu in flight", to_go,
	    e->ended ? "" : " or more", e->in_flight);
	if (e->cost.priced)
		strbuf_addf(b, ", $%.4f", cost_total(&e->cost));
	/* The first answers tell how fast the others will come. */
	if (asked > 0 && to_go > 0 && e->stop == NULL) {
		strbuf_addstr(b, ", about ");
		progress_duration(b, seconds * (double)to_go / (double)asked);
		strbuf_addstr(b, " left");
	}
}

void
status_show(const struct engine *e)
{
	double now = e->transport.clock(e->transport.arg);
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);

	if (!progress_due(now))
		return;
	status_line(&b, e, now - e->started);
	progress_show(strbuf_slice(&b));
	strbuf_release(&b);
}
