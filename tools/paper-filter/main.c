/* SPDX-License-Identifier: ISC */
/*
 * Reads papers, lets those pass that the reader asked for, and states one
 * reason for each of the others.
 */
#include "common/cli/confine.h"
#include "common/cli/run.h"
#include "filter.h"

int
main(int argc, char **argv)
{
	struct filter_options o = {0};
	struct near *near;
	struct predicates *predicates;
	struct emit *emit;
	struct reorder *reorder;
	struct line_reader in;
	struct paper p, *q;
	struct slice match;
	const char *reason;
	int first, status;

	run_start("paper-filter");
	first = filter_options_parse(&o, argc, argv);
	near = near_new(&o, argv + first);
	predicates = predicates_new(&o);
	emit = emit_new(&o);
	reorder = reorder_new(&o, emit);
	line_reader_open(&in, argv + first);
	paper_init(&p);
	confine_to_filter(&in.files);
	while (paper_read(&in, &p)) {
		q = near != NULL ? near_add(near, &p) : &p;
		reason = predicates_reason(predicates, q, &match);
		if (reason != NULL)
			emit_reject(emit, q, reason);
		else
			reorder_add(reorder, q, match);
	}
	reorder_finish(reorder);
	reorder_free(reorder);
	predicates_free(predicates);
	near_free(near);
	paper_release(&p);
	line_reader_close(&in);
	status = emit_finish(emit);
	filter_options_release(&o);
	return status;
}
