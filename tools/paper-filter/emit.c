/* SPDX-License-Identifier: ISC */
#include "filter.h"

#include <stdio.h>
#include <stdlib.h>

#include "common/base/run_state.h"
#include "common/base/xalloc.h"
#include "common/cli/run.h"
#include "common/json/json_write.h"

struct emit {
	const struct filter_options *o;
	struct output out, rejects;
	struct strbuf line; /* of a reject */
	struct strbuf marks; /* ids for --mark-seen */
	int marks_fd;
	uint64_t passed;
};

struct emit *
emit_new(const struct filter_options *o)
{
	struct emit *e = xcalloc(1, sizeof(*e));

	e->o = o;
	strbuf_init(&e->line, STRBUF_MAX);
	strbuf_init(&e->marks, STRBUF_MAX);
	output_open(&e->out, o->common.output, o->common.line_buffered);
	if (o->rejects != NULL)
		output_open(&e->rejects, o->rejects, o->common.line_buffered);
	if (o->mark_seen != NULL)
		e->marks_fd = seen_file_open(o->mark_seen);
	return e;
}

void
emit_pass(struct emit *e, struct paper *p, struct slice match)
{
	struct paper_change changes[2];
	size_t n = 0;

	e->passed++;
	if (e->o->mark_seen != NULL)
		seen_file_note(&e->marks, paper_text(p, PAPER_ID));
	if (e->o->count) {
		run_counts.out++;
		return;
	}
	/* What passes now is rejected no longer. */
	if (p->key[PAPER_REJECTED] != NULL)
		changes[n++] =
		    (struct paper_change) {PAPER_REJECTED, {NULL, 0}};
	if (match.n > 0)
		changes[n++] = (struct paper_change) {PAPER_MATCH, match};
	if (n == 0)
		paper_pass(&e->out, p);
	else
		paper_write(&e->out, p, changes, n);
}

void
emit_reject(struct emit *e, struct paper *p, const char *reason)
{
	struct strbuf json = STRBUF_INIT(STRBUF_MAX);
	struct paper_change change = {PAPER_REJECTED, {NULL, 0}};

	run_dropped(reason, 1);
	if (e->o->rejects == NULL)
		return;
	json_quote(&json, slice_of(reason));
	change.value = strbuf_slice(&json);
	strbuf_reset(&e->line);
	paper_splice(&e->line, p, &change, 1);
	strbuf_addch(&e->line, '\n');
	/* Not output_record: rejects are not counted as written. */
	output_write(&e->rejects, e->line.s, e->line.len);
	if (e->o->common.line_buffered)
		output_flush(&e->rejects);
	strbuf_release(&json);
}

static void
write_count(struct emit *e)
{
	char text[32];
	int n = snprintf(
	    text, sizeof(text), "%llu\n", (unsigned long long)e->passed);

	output_write(&e->out, text, (size_t)n);
}

/*
 * A paper counts as delivered only when the output with it has arrived: on
 * stdout when it was flushed, in a file when that is in place.
 */
static bool
mark_delivered(struct emit *e, bool *finished)
{
	*finished = e->out.path != NULL;
	if (*finished ? !output_finish(&e->out, true) : !output_flush(&e->out))
		return false;
	return seen_file_append(
	    e->marks_fd, e->o->mark_seen, &e->marks, day_of(now()));
}

int
emit_finish(struct emit *e)
{
	bool finished = false;
	int status = EXIT_OK;

	if (e->o->count)
		write_count(e);
	if (e->o->rejects != NULL &&
	    !output_finish(&e->rejects, !run_stopping()))
		status = EXIT_SOME_FAILED;
	if (e->o->mark_seen != NULL && status == EXIT_OK && !run_stopping() &&
	    !mark_delivered(e, &finished))
		status = EXIT_SOME_FAILED;
	if (status == EXIT_OK && e->o->common.exit_nothing && e->passed == 0)
		status = EXIT_SOME_FAILED;
	status = run_finish(finished ? NULL : &e->out, status, true);
	strbuf_release(&e->line);
	strbuf_release(&e->marks);
	free(e);
	return status;
}
