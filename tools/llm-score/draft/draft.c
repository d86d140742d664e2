/* SPDX-License-Identifier: ISC */
/* A file of topics out of a library, for its reader to edit. */
#include <stdlib.h>
#include <string.h>

#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/base/strbuf.h"
#include "common/base/xalloc.h"
#include "common/cli/confine.h"
#include "common/cli/run.h"
#include "common/io/path.h"
#include "common/words/words.h"
#include "draft/draft.h"
#include "score.h"

/* Phrases of a draft in all, and of a topic at least and at most. */
#define PHRASES	      56
#define PHRASES_LEAST 5
#define PHRASES_MOST  14
#define COLUMNS	      78
/* A topic is named after one of so many of its best phrases, unless the best one
 * is far better. */
#define NAME_AMONG    4
#define NAME_SHARE    0.5

static const char *
plural(size_t n)
{
	return n == 1 ? "" : "s";
}

/* To whoever drafts, and for the report. */
static void
tell(const struct library *l)
{
	const struct {
		size_t n;
		const char *reason, *why;
	} left[] = {
	    {l->untitled, "no_title", "without a title"},
	    {l->repeated, "repeated", "that stood there already"},
	    {l->beyond, "beyond", "beyond the first 10,000"},
	    {l->unknown, "unknown", "in words that are not known"},
	};

	for (size_t i = 0; i < sizeof(left) / sizeof(*left); i++) {
		if (left[i].n == 0)
			continue;
		msg_warn("left out %zu paper%s %s", left[i].n,
		    plural(left[i].n), left[i].why);
		run_dropped(left[i].reason, left[i].n);
	}
	if (l->n > 0)
		run_dropped("draft", l->n);
}

/* How many phrases a topic gets, by its share of the papers. */
static size_t
room_of(const struct clusters *c, size_t k, size_t papers)
{
	size_t n = PHRASES * c->papers[k] / papers;

	return n < PHRASES_LEAST ? PHRASES_LEAST
	    : n > PHRASES_MOST	 ? PHRASES_MOST
				 : n;
}

/* Lines that end where their words do, and go on below where they began. */
static void
write_list(
    struct strbuf *b, const struct phrases *f, size_t n, size_t k, size_t room)
{
	static const char begin[] = "   - Relevant:", next[] = "\n    ";
	struct strbuf one = STRBUF_INIT(STRBUF_MAX);
	size_t column = strlen(begin);

	strbuf_addstr(b, begin);
	for (size_t i = 0, said = 0; i < n && said < room; i++) {
		if (f->v[i].cluster != k)
			continue;
		if (said++ > 0) {
			strbuf_addch(b, ',');
			column++;
		}
		strbuf_reset(&one);
		forms_write(&f->forms, slice_of(f->v[i].text), &one);
		if (column + 2 + one.len > COLUMNS) {
			strbuf_addstr(b, next);
			column = strlen(next) - 1;
		}
		strbuf_addch(b, ' ');
		strbuf_addslice(b, strbuf_slice(&one));
		column += 1 + one.len;
	}
	strbuf_addch(b, '\n');
	strbuf_release(&one);
}

/* The best of the first phrases for a heading, put in front: of several words,
 * which are more like a name. */
static size_t
choose_name(const struct phrases *f, size_t n, size_t k)
{
	size_t first = n, best = n, seen = 0;

	for (size_t i = 0; i < n && seen < NAME_AMONG; i++) {
		if (f->v[i].cluster != k)
			continue;
		seen++;
		if (first == n)
			first = i;
		if (best == n && f->v[i].blanks > 0 &&
		    f->v[i].score >= NAME_SHARE * f->v[first].score)
			best = i;
	}
	return best < n ? best : first;
}

/* Named phrases are in no list: they are wanted once. */
static void
write_name(struct strbuf *b, struct phrases *f, size_t i, size_t number)
{
	struct strbuf name = STRBUF_INIT(STRBUF_MAX);
	char *id;

	forms_write(&f->forms, slice_of(f->v[i].text), &name);
	id = topics_id_from(strbuf_slice(&name));
	if (name.s[0] >= 'a' && name.s[0] <= 'z')
		name.s[0] -= 'a' - 'A';
	strbuf_addf(b, "\n%zu. %s {#%s}\n", number, name.s, id);
	f->v[i].cluster = CLUSTERS_MAX;
	free(id);
	strbuf_release(&name);
}

static void
write_topics(struct strbuf *b, struct phrases *f, size_t n,
    const struct clusters *c, size_t papers)
{
	size_t number = 0;

	strbuf_addstr(b, "# What I read\n");
	for (size_t k = 0; k < c->n; k++) {
		size_t name = choose_name(f, n, k);

		if (name == n)
			continue;
		write_name(b, f, name, ++number);
		write_list(b, f, n, k, room_of(c, k, papers));
		strbuf_addstr(b, "   - Irrelevant:\n");
	}
}

static int
draft(struct library *l, const struct strlist *categories, struct strbuf *b)
{
	size_t *of = xcalloc(l->n + 1, sizeof(*of)), n;
	struct clusters c;
	struct phrases f;
	struct space s;

	library_place(l, &s, categories);
	if (l->n > 0) {
		clusters_find(&c, (const vector *)l->x, l->n, of);
		phrases_collect(&f, l, of);
		n = phrases_rank(&f, &c, &s);
		if (n > 0)
			write_topics(b, &f, n, &c, l->n);
		phrases_release(&f);
	}
	space_close(&s);
	free(of);
	return b->len > 0 ? EXIT_OK : EXIT_SOME_FAILED;
}

static const char *
why_none(const struct library *l)
{
	if (l->n > 0)
		return "no phrase tells what these papers are about; more "
		       "papers, or their abstracts, may";
	if (l->unknown > 0)
		return "the papers' words are not known; --category may name "
		       "the field, and English titles help";
	return "there is no paper with a title; ids alone say nothing";
}

int
draft_topics(struct session *s)
{
	struct library l = {.titles = STRMAP_INIT};
	struct strlist categories = STRLIST_INIT;
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);
	struct paper p;
	char *vectors;
	int status = EXIT_SOME_FAILED;

	options_categories(s->options, &categories);
	vectors = data_file("vectors");
	confine(&(struct confinement) {
	    .places =
		(const struct confine_place[]) {
		    {vectors != NULL ? vectors : "", CONFINE_READ},
		    {NULL, 0},
		},
	    .waiting = {&s->in.files},
	});
	free(vectors);
	paper_init(&p);
	while (paper_read(&s->in, &p))
		library_add(&l, &p);
	paper_release(&p);
	/* Of a part of the papers nobody wants one. */
	if (!run_stopping())
		status = draft(&l, &categories, &b);
	tell(&l);
	output_write(&s->out, b.s, b.len);
	if (b.len == 0 && !run_stopping())
		msg_error("no topics: %s", why_none(&l));
	strbuf_release(&b);
	strlist_release(&categories);
	library_release(&l);
	return status;
}
