/* SPDX-License-Identifier: ISC */
#include "local/local.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/base/strmap.h"
#include "common/base/xalloc.h"
#include "common/io/line_reader.h"
#include "common/record/paper.h"

/* The ids to look up, and by number what became of each. */
struct wanted {
	struct likes *likes;
	struct strmap ids;
	bool *on; /* still asked for */
	size_t cap;
	const char *mark;
	bool named; /* some stood there by themselves, not in a mark */
};

static void
keep(struct likes *l, struct paper *p, bool starred)
{
	struct slice id = paper_text(p, PAPER_ID);
	struct slice title = paper_text(p, PAPER_TITLE);
	struct slice abstract = paper_text(p, PAPER_ABSTRACT), category;
	struct strbuf scratch = STRBUF_INIT(STRBUF_MAX);
	size_t pos = 0;

	l->v = xgrow(l->v, &l->cap, l->n + 1, sizeof(*l->v));
	l->v[l->n++] = (struct like) {
	    .id = xmemdup0(id.p, id.n),
	    .title = xmemdup0(title.p, title.n),
	    .abstract = xmemdup0(abstract.p, abstract.n),
	    .starred = starred,
	    .picked =
		!starred && paper_has(p, PAPER_SCORE) && !paper_is_local(p),
	};
	while (paper_list_next(p, PAPER_CATEGORIES, &pos, &category, &scratch))
		strlist_take(&l->categories, xmemdup0(category.p, category.n));
	strbuf_release(&scratch);
}

static void
want(struct wanted *w, struct slice id, bool on)
{
	size_t number;

	strmap_add(&w->ids, id, &number);
	w->on = xgrow(w->on, &w->cap, w->ids.n, sizeof(*w->on));
	w->on[number] = on;
}

/* A mark that says nothing of stars ("read") leaves them as they are. */
static void
read_mark(struct wanted *w, struct paper *p, const struct json_value *mark)
{
	static const char *const kinds[] = {"star", "drop", "none"};
	struct slice word = mark->raw;

	if (word.n < 2)
		return;
	word.p++;
	word.n -= 2;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (slice_eq(word, kinds[i]))
			want(w, paper_text(p, PAPER_ID),
			    strcmp(kinds[i], w->mark) == 0);
}

static void
read_like(
    void *arg, struct paper *p, const struct line_reader *in, struct slice line)
{
	const struct json_member *mark;
	struct wanted *w = arg;

	line = slice_trim(line);
	if (line.n == 0)
		return;
	if (*line.p != '{') {
		w->named = true;
		want(w, line, true);
	} else if (!paper_parse(p, line)) {
		msg_warn("%s:%lu: %s", in->name, in->line, p->members.error);
	} else if (paper_has(p, PAPER_TITLE)) {
		keep(w->likes, p, false);
	} else if ((mark = json_find(&p->members, "mark")) != NULL) {
		read_mark(w, p, &mark->value);
	} else if (json_find(&p->members, "note") == NULL) {
		w->named = true;
		want(w, paper_text(p, PAPER_ID), true);
	}
}

/* Finds what is wanted; the first record of an id is taken. */
static void
look_up(
    void *arg, struct paper *p, const struct line_reader *in, struct slice line)
{
	struct wanted *w = arg;
	size_t number;

	(void)in;
	/* Every number that is found has its place in w->on. */
	if (paper_parse(p, line) &&
	    strmap_find(&w->ids, paper_text(p, PAPER_ID), &number) &&
	    w->on[number] && /* NOLINT(clang-analyzer-core.NullDereference) */
	    paper_has(p, PAPER_TITLE)) {
		keep(w->likes, p, true);
		w->on[number] = false;
	}
}

void
likes_each_line(const struct strlist *files, likes_take *take, void *arg)
{
	char *file[] = {NULL, NULL};
	struct line_reader in;
	struct slice line;
	struct paper p;

	paper_init(&p);
	for (size_t i = 0; i < files->n; i++) {
		file[0] = files->v[i];
		line_reader_open(&in, file);
		while (line_reader_next(&in, &line))
			take(arg, &p, &in, line);
		if (in.unread > 0)
			run_exit(EXIT_MISUSE);
		line_reader_close(&in);
	}
	paper_release(&p);
}

static void
check(const struct likes *l, const struct wanted *w, const char *file)
{
	size_t missing = 0;

	for (size_t i = 0; i < w->ids.n; i++)
		missing += w->on[i];
	if (l->n == 0 && w->named && !run_stopping())
		die(EXIT_MISUSE,
		    "%s: no paper to learn from; marks and ids need --earlier "
		    "FILE with their papers",
		    file);
	if (missing > 0)
		msg_warn("%s: %zu paper%s not in the files of --earlier", file,
		    missing, missing == 1 ? " is" : "s are");
}

void
likes_read(struct likes *l, const struct strlist *files, const char *mark,
    const struct strlist *earlier)
{
	struct wanted w = {.likes = l, .ids = STRMAP_INIT, .mark = mark};

	*l = (struct likes) {.v = NULL};
	if (files->n == 0)
		return;
	likes_each_line(files, read_like, &w);
	likes_each_line(earlier, look_up, &w);
	check(l, &w, files->v[0]);
	strmap_release(&w.ids);
	free(w.on);
}

void
likes_release(struct likes *l)
{
	for (size_t i = 0; i < l->n; i++) {
		free(l->v[i].id);
		free(l->v[i].title);
		free(l->v[i].abstract);
	}
	free(l->v);
	strlist_release(&l->categories);
}
