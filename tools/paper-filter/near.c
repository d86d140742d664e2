/* SPDX-License-Identifier: ISC */
/* How near each paper is to those of --near, by what their words mean. */
#include "filter.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/base/xalloc.h"
#include "common/words/words.h"

/* A paper to compare with. */
struct target {
	char *id, *title, *abstract; /* owned; title NULL: not found yet */
	char *told; /* owned: what nearest_tell says of it */
};

struct near {
	struct target *targets;
	size_t n, cap;
	struct strlist categories; /* of all of them */
	struct space space;
	struct nearest nearest;
	struct strbuf value, line;
	struct paper view; /* of the line with near in it */
};

static struct target *
add_target(struct near *a, struct slice id)
{
	a->targets = xgrow(a->targets, &a->cap, a->n + 1, sizeof(*a->targets));
	a->targets[a->n] = (struct target) {.id = xmemdup0(id.p, id.n)};
	return &a->targets[a->n++];
}

static void
fill(struct near *a, struct target *t, struct paper *p)
{
	struct slice title = paper_text(p, PAPER_TITLE);
	struct slice abstract = paper_text(p, PAPER_ABSTRACT), category;
	struct strbuf scratch = STRBUF_INIT(STRBUF_MAX);
	size_t pos = 0;

	nearest_tell(&scratch, p);
	t->told = strbuf_detach(&scratch);
	t->title = xmemdup0(title.p, title.n);
	t->abstract = xmemdup0(abstract.p, abstract.n);
	while (paper_list_next(p, PAPER_CATEGORIES, &pos, &category, &scratch))
		strlist_take(&a->categories, xmemdup0(category.p, category.n));
	strbuf_release(&scratch);
}

/* A line of a file of --near: a paper, or the id of one.  False: enough. */
static bool
read_target(struct near *a, struct paper *p, struct slice line)
{
	struct target *t;

	line = slice_trim(line);
	if (line.n == 0)
		return true;
	if (*line.p != '{') {
		add_target(a, line);
	} else if (paper_parse(p, line)) {
		t = add_target(a, paper_text(p, PAPER_ID));
		if (paper_has(p, PAPER_TITLE))
			fill(a, t, p);
	}
	return true;
}

static const struct target *
missing(const struct near *a)
{
	for (size_t i = 0; i < a->n; i++)
		if (a->targets[i].title == NULL)
			return &a->targets[i];
	return NULL;
}

/* A line of the input: one of the papers that are looked for? */
static bool
find_target(struct near *a, struct paper *p, struct slice line)
{
	struct slice id;

	if (!paper_parse(p, line) || !paper_has(p, PAPER_TITLE))
		return true;
	id = paper_text(p, PAPER_ID);
	for (size_t i = 0; i < a->n; i++)
		if (a->targets[i].title == NULL &&
		    slice_eq(id, a->targets[i].id))
			fill(a, &a->targets[i], p);
	return missing(a) != NULL;
}

static void
read_lines(struct near *a, char *const *files,
    bool (*take)(struct near *, struct paper *, struct slice))
{
	struct line_reader in;
	struct slice line;
	struct paper p;

	paper_init(&p);
	line_reader_open(&in, files);
	while (line_reader_next(&in, &line) && take(a, &p, line))
		continue;
	line_reader_close(&in);
	paper_release(&p);
}

/* An id, or the name of a file. */
static void
read_operand(struct near *a, char *name)
{
	char *const files[] = {name, NULL};

	if (access(name, R_OK) == 0)
		read_lines(a, files, read_target);
	else
		add_target(a, slice_of(name));
}

static bool
write_all(int fd, const char *p, size_t n)
{
	while (n > 0) {
		ssize_t done = write(fd, p, n);

		if (done == -1 && errno == EINTR)
			continue;
		if (done <= 0)
			return false;
		p += done;
		n -= (size_t)done;
	}
	return true;
}

/* What is to be read twice must be a file: stdin becomes one. */
static void
keep_stdin(void)
{
	struct spool s;
	char buf[65536];
	ssize_t n;

	spool_open(&s);
	if (s.fd == -1)
		die(EXIT_SOME_FAILED, "--near: no temporary file for stdin");
	while (!run_stopping() &&
	    (n = read(STDIN_FILENO, buf, sizeof(buf))) != 0) {
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1 || !write_all(s.fd, buf, (size_t)n))
			die(EXIT_SOME_FAILED, "--near: %s", strerror(errno));
	}
	dup2(s.fd, STDIN_FILENO);
	spool_close(&s);
	lseek(STDIN_FILENO, 0, SEEK_SET);
}

/* Looks in the input for what --near names by id only. */
static void
find_targets(struct near *a, char *const *files)
{
	bool reads_stdin = *files == NULL;

	if (missing(a) == NULL)
		return;
	for (size_t i = 0; files[i] != NULL; i++)
		reads_stdin |= strcmp(files[i], "-") == 0;
	if (reads_stdin && !isatty(STDIN_FILENO))
		keep_stdin();
	read_lines(a, files, find_target);
	if (reads_stdin)
		lseek(STDIN_FILENO, 0, SEEK_SET);
	/* A run that is to stop ends as any other does. */
	if (missing(a) != NULL && !run_stopping())
		die(EXIT_MISUSE,
		    "--near %s: neither a file, nor the id of a paper in the "
		    "input; name a file with the paper",
		    missing(a)->id);
}

static void
compare_with(struct near *a, const struct target *t)
{
	vector x = {0};

	space_add_paper(
	    &a->space, slice_of(t->title), slice_of(t->abstract), x);
	nearest_add(&a->nearest, slice_of(t->id), slice_of(t->told), x);
}

struct near *
near_new(const struct filter_options *o, char *const *files)
{
	const struct strlist none = STRLIST_INIT;
	struct near *a;

	if (o->near.n == 0)
		return NULL;
	a = xcalloc(1, sizeof(*a));
	strbuf_init(&a->value, STRBUF_MAX);
	strbuf_init(&a->line, STRBUF_MAX);
	paper_init(&a->view);
	for (size_t i = 0; i < o->near.n; i++)
		read_operand(a, o->near.v[i]);
	if (a->n == 0 && !run_stopping())
		die(EXIT_MISUSE, "%s: no paper to compare with", o->near.v[0]);
	find_targets(a, files);
	space_open(&a->space, &none, &a->categories);
	for (size_t i = 0; i < a->n && missing(a) == NULL; i++)
		compare_with(a, &a->targets[i]);
	return a;
}

struct paper *
near_add(struct near *a, struct paper *p)
{
	struct paper_change change = {PAPER_NEAR, {NULL, 0}};
	vector x = {0};

	space_add_paper(&a->space, paper_text(p, PAPER_TITLE),
	    paper_text(p, PAPER_ABSTRACT), x);
	strbuf_reset(&a->value);
	nearest_write(&a->nearest, paper_text(p, PAPER_ID), x, &a->value);
	change.value = strbuf_slice(&a->value);
	strbuf_reset(&a->line);
	paper_splice(&a->line, p, &change, 1);
	paper_parse(&a->view, strbuf_slice(&a->line));
	a->view.file = p->file;
	a->view.lineno = p->lineno;
	return &a->view;
}

void
near_free(struct near *a)
{
	if (a == NULL)
		return;
	for (size_t i = 0; i < a->n; i++) {
		free(a->targets[i].id);
		free(a->targets[i].title);
		free(a->targets[i].abstract);
		free(a->targets[i].told);
	}
	free(a->targets);
	strlist_release(&a->categories);
	space_close(&a->space);
	nearest_release(&a->nearest);
	strbuf_release(&a->value);
	strbuf_release(&a->line);
	paper_release(&a->view);
	free(a);
}
