/* SPDX-License-Identifier: ISC */
/* --parse: saved answers as files. */
#include <stdio.h>

#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/cli/run.h"
#include "fetch.h"

struct parse {
	struct fetch *f;
	struct input in; /* the file in hand */
	bool several; /* files, so that feeds may share papers */
	struct paper_table papers; /* those that are merged */
	uint64_t total; /* papers, each once where they are merged */
	long kept; /* of papers: those of a type to be written */
};

/* A daily feed has what was announced in its category, and papers are in
 * several; of other answers memory would grow with the file. */
static bool
is_merged(const struct parse *p, const struct entry *e)
{
	return p->f->o.merge || (p->several && e->announce != ANNOUNCE_NONE);
}

static void
merge(struct parse *p, struct entry *e)
{
	const struct fetch_options *o = &p->f->o;
	bool is_new;

	paper_table_add(&p->papers, e, &is_new);
	if (!is_new) {
		run_dropped("duplicate", 1);
		return;
	}
	p->total++;
	p->kept += (o->wanted & 1u << e->announce) != 0 ||
	    e->announce == ANNOUNCE_NONE;
	p->in.stop = !o->merge && o->max >= 0 && p->kept >= o->max;
}

static void
on_entry(void *arg, struct entry *e)
{
	struct parse *p = arg;

	if (is_merged(p, e)) {
		merge(p, e);
		return;
	}
	p->total++;
	fetch_emit(p->f, e);
	p->in.stop = fetch_is_full(p->f);
}

/* False if there was none left. */
static bool
parse_file(struct parse *p)
{
	const struct feed_sink sink = {on_entry, p, false};
	struct input *in = &p->in;
	struct feed_info info;

	if (!input_open_next(in, &p->f->files) && !in->failed)
		return false;
	feed_info_init(&info);
	if (in->failed) {
		msg_error("%s: %s", in->name, in->why);
		fetch_raise_status(p->f, EXIT_SOME_FAILED);
	} else if (!feed_read(in, &sink, &info) && !in->stop &&
	    !run_stopping()) {
		msg_error_at(in->name, info.error_line, "%s", info.error);
		fetch_raise_status(p->f, EXIT_SOME_FAILED);
	}
	input_close(in);
	feed_info_release(&info);
	return true;
}

static void
report_total(uint64_t total)
{
	char text[24];

	snprintf(text, sizeof(text), "%llu", (unsigned long long)total);
	run_report_set("arxiv_total", slice_of(text));
}

void
cmd_parse(struct fetch *f)
{
	struct parse p = {.f = f, .papers = PAPER_TABLE_INIT};
	char *const *files = f->o.files;

	p.several = files[0] != NULL && files[1] != NULL;
	while (!run_stopping() && !fetch_is_full(f) && !p.in.stop)
		if (!parse_file(&p))
			break;
	fetch_emit_all(f, &p.papers);
	report_total(p.total);
	paper_table_release(&p.papers);
}
