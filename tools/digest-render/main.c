/* SPDX-License-Identifier: ISC */
/*
 * digest-render: reads scored papers and what the run reports tell, and
 * prints one document a person can read.
 */
#include <inttypes.h>

#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/cli/confine.h"
#include "common/cli/run.h"
#include "options.h"
#include "model/reports.h"

static void
read_papers(struct digest *d, char *const *files)
{
	struct line_reader in;
	struct paper p;

	paper_init(&p);
	line_reader_open(&in, files);
	while (paper_read(&in, &p))
		digest_add(d, &p);
	line_reader_close(&in);
	paper_release(&p);
	d->totals.bad = run_counts.failed;
}

/* Where the records went, for who wonders what is not shown. */
static void
account(const struct digest_totals *t)
{
	msg_verbose("%" PRIu64 " papers read: %" PRIu64 " relevant (%" PRIu64
		    " shown), %" PRIu64 " below the cutoffs, %" PRIu64
		    " screened out, %" PRIu64 " not scored, %" PRIu64
		    " seen twice",
	    t->read, t->relevant, t->shown, t->below, t->screened, t->unscored,
	    t->duplicate);
}

int
main(int argc, char *argv[])
{
	struct render_options o;
	struct digest *d;
	struct output out;
	int status = EXIT_OK;

	run_start("digest-render");
	render_options_parse(&o, argc, argv);
	output_open(&out, o.common.output, o.common.line_buffered);
	if (o.style.split != NULL)
		confine_to_folder(o.style.split, o.common.output);
	else
		confine_to_filter();
	render_options_settle(&o, &out);
	d = digest_new(&o.style);
	read_papers(d, o.files);
	/* The tools before us in the pipe have now written theirs. */
	for (size_t i = 0; i < o.reports.n; i++)
		report_read(d, o.reports.v[i]);
	/* What a signal cut short is no document. */
	if (run_stopping())
		return run_finish(&out, EXIT_SOME_FAILED, false);
	d->unreadable = msg_failures() - d->totals.bad;
	if (!digest_is_explained(d))
		die(EXIT_SOME_FAILED,
		    "no paper came in and no report says why: nothing is "
		    "printed; look at the tools before this one");
	digest_finish(d);
	account(&d->totals);
	o.renderer->render(d, &out);
	if (d->totals.shown == 0 && o.common.exit_nothing)
		status = EXIT_SOME_FAILED;
	digest_free(d);
	render_options_release(&o);
	return run_finish(&out, status, true);
}
