/* SPDX-License-Identifier: ISC */
/* --details: what the daily feeds leave out, from OAI-PMH. */
#include <stdlib.h>

#include "common/base/run_state.h"
#include "common/base/msg.h"
#include "common/base/xalloc.h"
#include "common/cli/run.h"
#include "fetch.h"
#include "model/arxiv.h"
#include "net/oai_list.h"

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
