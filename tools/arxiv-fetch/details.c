/* SPDX-License-Identifier: ISC */
#include "details.h"

#include <stdlib.h>

#include "common/base/exitcode.h"
#include "common/base/msg.h"
#include "common/base/xalloc.h"
#include "common/cli/run.h"
#include "category.h"
#include "oai_list.h"

struct details {
	struct papers *day;
	bool *done; /* by index in day */
	size_t missing;
};

static void
on_record(void *arg, struct entry *e)
{
	struct details *d = arg;
	size_t at = papers_find(d->day, e->id);

	if (at == PAPERS_NONE || d->done[at])
		return;
	entry_complete(d->day->v[at], e);
	d->done[at] = true;
	d->missing--;
}

static day_t
earliest(const struct papers *day)
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
report(const struct details *d)
{
	struct strbuf b = STRBUF_INIT(200);

	strbuf_addf(&b, "{\"completed\":%zu,\"missing\":%zu}",
	    d->day->n - d->missing, d->missing);
	run_report_set("details", strbuf_slice(&b));
	strbuf_release(&b);
}

void
details_add(struct fetch *f, struct papers *day)
{
	struct details d = {.day = day, .missing = day->n};
	struct strbuf set = STRBUF_INIT(200);
	enum get_result result = GET_OK;
	struct oai_list l;

	if (earliest(day) == NO_DAY)
		return;
	d.done = xcalloc(day->n, sizeof(*d.done));
	category_set(&set, &f->categories);
	oai_list_init(&l, f, set.s, earliest(day), NO_DAY);
	l.uncounted = true;
	l.record = on_record;
	l.arg = &d;
	while (result == GET_OK && !l.done && d.missing > 0)
		result = oai_list_next(&l);
	if (result != GET_OK && result != GET_STOPPED) {
		msg_error("details: %s", l.why);
		fetch_status(f, EXIT_SOME_FAILED);
	} else if (d.missing > 0) {
		msg_warn("details of %zu papers were not found", d.missing);
	}
	report(&d);
	oai_list_release(&l);
	strbuf_release(&set);
	free(d.done);
}
