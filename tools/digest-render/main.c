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
#include "model/digest.h"
#include "options.h"

static void
read_papers(struct digest *d, struct line_reader *in)
{
	struct paper p;

	paper_init(&p);
	while (paper_read(in, &p))
		digest_add(d, &p);
	line_reader_close(in);
	paper_release(&p);
	d->totals.bad = run_counts.failed;
}

/*
 * Opens the papers and the reports.  Our tools have made theirs by the time
 * that the first paper comes out of the pipe, or nothing will; others may make
 * it when they end.
 */
static void
open_files(struct render_options *o, struct line_reader *papers,
    struct line_reader *reports)
{
	line_reader_open(papers, o->files);
	*reports = (struct line_reader) {.fd = -1};
	if (o->reports.n == 0)
		return;
	operands_await_stdin(&papers->files);
	o->report_files = strlist_vector(&o->reports);
	line_reader_open(reports, o->report_files);
	operands_await_missing(&reports->files);
}

static void
give_up_rights(const struct render_options *o, const struct line_reader *papers,
    const struct line_reader *reports)
{
	const struct confine_place places[] = {
	    {o->style.split, CONFINE_WRITE}, {.path = NULL}};

	confine(&(struct confinement) {
	    .places = o->style.split != NULL ? places : NULL,
	    .waiting = {&papers->files, &reports->files},
	});
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
	struct line_reader papers, reports;
	struct output out;
	int status = EXIT_OK;

	run_start("digest-render");
	render_options_parse(&o, argc, argv);
	output_open(&out, o.common.output, o.common.line_buffered);
	open_files(&o, &papers, &reports);
	give_up_rights(&o, &papers, &reports);
	render_options_settle(&o, &out);
	d = digest_new(&o.style);
	read_papers(d, &papers);
	/* The tools before us in the pipe have now written theirs. */
	if (o.reports.n > 0)
		report_read(d, &reports);
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
