/* SPDX-License-Identifier: ISC */
/* --parse: saved answers as files. */
#include <unistd.h>

#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/cli/run.h"
#include "fetch.h"
#include "formats/feed.h"

struct parse {
	struct fetch *f;
	struct input in; /* the file in hand */
	struct paper_table papers; /* with --merge */
};

static void
on_entry(void *arg, struct entry *e)
{
	struct parse *p = arg;
	bool is_new;

	if (!p->f->o.merge) {
		fetch_emit(p->f, e);
		p->in.stop = fetch_is_full(p->f);
		return;
	}
	paper_table_add(&p->papers, e, &is_new);
	if (!is_new)
		run_dropped("duplicate", 1);
}

static void
parse_file(struct parse *p, const char *path)
{
	const struct feed_sink sink = {on_entry, p, false};
	struct input *in = &p->in;
	struct feed_info info;

	feed_info_init(&info);
	if (!input_open(in, path)) {
		msg_error("%s: %s", in->name, in->why);
		fetch_raise_status(p->f, EXIT_SOME_FAILED);
	} else if (!feed_read(in, &sink, &info) && !in->stop &&
	    !run_stopping()) {
		msg_error_at(in->name, info.error_line, "%s", info.error);
		fetch_raise_status(p->f, EXIT_SOME_FAILED);
	}
	input_close(in);
	feed_info_release(&info);
}

void
cmd_parse(struct fetch *f)
{
	struct parse p = {.f = f, .papers = PAPER_TABLE_INIT};
	char *const *files = f->o.files;

	if (files[0] == NULL && isatty(STDIN_FILENO))
		usage_error("no FILE, and stdin is a terminal");
	if (files[0] == NULL)
		parse_file(&p, "-");
	for (; *files != NULL && !run_stopping() && !fetch_is_full(f); files++)
		parse_file(&p, *files);
	fetch_emit_all(f, &p.papers);
	paper_table_release(&p.papers);
}
