/* SPDX-License-Identifier: ISC */
#include "screen/screen.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/hash.h"
#include "common/base/run_state.h"
#include "common/base/strmap.h"
#include "common/base/xalloc.h"
#include "common/cli/run.h"
#include "common/words/words.h"

/* A paper that was kept by chance stands for those that were not, but not
 * for too many: it may be a freak. */
#define EXPLORED_MAX 10

/* NULL and whether the reader selected the paper; or a short word for why there
 * is nothing to learn from it. */
static const char *
read_label(const struct options *o, struct paper *p, bool *selected)
{
	if (paper_text(p, PAPER_TITLE).n == 0 ||
	    paper_text(p, PAPER_ABSTRACT).n == 0)
		return "no_text";
	*selected = true;
	if (paper_is_followed(p))
		return NULL;
	if (!paper_has(p, PAPER_SCORE))
		return paper_is_screened_out(p) ? "screened_out" : "unscored";
	if (paper_is_local(p)) {
		*selected = false;
		return o->like.n > 0 ? NULL : "local";
	}
	*selected = !paper_is_below(p, o->min_relevance, o->min_novelty);
	return NULL;
}

/* As how many papers this one counts: a paper that a screen kept by chance
 * stands for those that it did not keep. */
static unsigned
read_times(const struct paper *p)
{
	struct json_value v;
	double explored = 0;

	if (paper_member(p, PAPER_SCREEN, "explore", &v))
		(void)json_double(&v, &explored);
	if (!(explored > 0 && explored < 1))
		return 1;
	return (unsigned)fmin(round(1 / explored), EXPLORED_MAX);
}

/*
 * The newest papers count: interests change, and memory and time are to have a
 * bound.
 */
#define EXAMPLES_MAX   20000
#define EXAMPLES_SLACK 2000

/* The order of reading is not to matter: it is in none of these. */

static int
by_number(uint64_t x, uint64_t y)
{
	return x < y ? -1 : x > y;
}

static int
by_age(const void *a, const void *b)
{
	const struct example *x = a, *y = b;

	if (x->day != y->day)
		return x->day < y->day ? 1 : -1;
	if (x->id != y->id)
		return by_number(x->id, y->id);
	/* What a model said goes before what a local judge did. */
	if (x->local != y->local)
		return x->local ? 1 : -1;
	return by_number(x->record, y->record);
}

static int
by_id(const void *a, const void *b)
{
	const struct example *x = a, *y = b;

	return x->id != y->id ? by_number(x->id, y->id) : by_age(a, b);
}

static int
by_day_and_id(const void *a, const void *b)
{
	const struct example *x = a, *y = b;

	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	return by_number(x->id, y->id);
}

static void
example_release(struct example *e)
{
	free(e->packed);
	free(e->text);
}

static void
drop(struct trainer *t, size_t first, const char *why)
{
	if (first == t->n)
		return;
	run_dropped(why, t->n - first);
	for (size_t i = first; i < t->n; i++)
		example_release(&t->v[i]);
	t->n = first;
}

static void
keep_newest(struct trainer *t)
{
	if (t->n <= EXAMPLES_MAX)
		return;
	qsort(t->v, t->n, sizeof(*t->v), by_age);
	drop(t, EXAMPLES_MAX, "old");
}

/* Of papers that were read twice, the record of the newest day counts. */
static void
keep_each_once(struct trainer *t)
{
	size_t n = 0;

	if (t->n == 0)
		return;
	qsort(t->v, t->n, sizeof(*t->v), by_id);
	for (size_t i = 0; i < t->n; i++) {
		struct example e = t->v[i];

		if (n > 0 && t->v[n - 1].id == e.id) {
			example_release(&e);
			run_dropped("repeated", 1);
		} else {
			t->v[n++] = e;
		}
	}
	t->n = n;
	qsort(t->v, t->n, sizeof(*t->v), by_day_and_id);
}

/* The first of its categories that arXiv has. */
static void
read_category(struct example *e, struct paper *p)
{
	struct strbuf scratch = STRBUF_INIT(STRBUF_MAX);
	struct slice name;
	size_t pos = 0;

	while (paper_list_next(p, PAPER_CATEGORIES, &pos, &name, &scratch)) {
		if (name.n >= sizeof(e->category))
			continue;
		memcpy(e->category, name.p, name.n);
		e->category[name.n] = '\0';
		if (space_knows(e->category))
			break;
		*e->category = '\0';
	}
	strbuf_release(&scratch);
}

/* Keeps a text for later, as much of it as is looked at. */
static size_t
keep_text(struct strbuf *b, struct slice text)
{
	size_t n = text.n < TOKENS_TEXT_MAX ? text.n : TOKENS_TEXT_MAX;

	strbuf_add(b, text.p, n);
	return n;
}

static struct example *
add_example(struct trainer *t, struct paper *p)
{
	struct strbuf text = STRBUF_INIT(STRBUF_MAX);
	struct example *e;

	if (t->n == EXAMPLES_MAX + EXAMPLES_SLACK)
		keep_newest(t);
	t->v = xgrow(t->v, &t->cap, t->n + 1, sizeof(*t->v));
	features_of_paper(&t->features, p);
	e = &t->v[t->n++];
	*e = (struct example) {
	    .id = word_hash(paper_text(p, PAPER_ID)),
	    .record = hash_bytes(p->line.p, p->line.n),
	    .n = (uint32_t)t->features.n,
	};
	e->title = keep_text(&text, paper_text(p, PAPER_TITLE));
	e->abstract = keep_text(&text, paper_text(p, PAPER_ABSTRACT));
	e->text = strbuf_detach(&text);
	read_category(e, p);
	e->packed = xreallocarray(NULL, e->n + 1, sizeof(*e->packed));
	for (size_t i = 0; i < e->n; i++)
		e->packed[i] = example_pack(&t->features.v[i]);
	return e;
}

void
examples_read_scored(struct trainer *t, struct paper *p)
{
	struct example *e;
	const char *why;
	bool selected;

	why = read_label(t->options, p, &selected);
	if (why != NULL) {
		run_dropped(why, 1);
		return;
	}
	e = add_example(t, p);
	e->selected = selected;
	e->local = paper_is_local(p) || !paper_has(p, PAPER_SCORE);
	e->times = read_times(p);
	if (!paper_day(p, &e->day))
		e->day = 0;
}

/* True if the line is of marks; one that says nothing of stars is left out. */
static bool
read_mark(struct trainer *t, struct paper *p)
{
	static const char *const kinds[] = {
	    [MARK_NONE] = "\"none\"",
	    [MARK_STAR] = "\"star\"",
	    [MARK_DROP] = "\"drop\"",
	};
	const struct json_member *mark = json_find(&p->members, "mark");

	if (mark == NULL)
		return json_find(&p->members, "note") != NULL &&
		    !paper_has(p, PAPER_TITLE);
	for (unsigned i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		if (!slice_eq(mark->value.raw, kinds[i]))
			continue;
		t->marks = xgrow(
		    t->marks, &t->marks_cap, t->nmarks + 1, sizeof(*t->marks));
		t->marks[t->nmarks] = (struct mark) {
		    .id = word_hash(paper_text(p, PAPER_ID)),
		    .seq = t->nmarks,
		    .kind = i,
		};
		t->nmarks++;
	}
	return true;
}

void
examples_read_liked(struct trainer *t, struct paper *p)
{
	struct example *e;

	if (read_mark(t, p)) {
		run_dropped("mark", 1);
		return;
	}
	if (paper_text(p, PAPER_TITLE).n == 0) {
		run_dropped("no_text", 1);
		return;
	}
	e = add_example(t, p);
	e->selected = true;
	e->day = EXAMPLE_NO_DAY;
	t->likes++;
}

/* Marks */

static int
by_id_and_age(const void *a, const void *b)
{
	const struct mark *x = a, *y = b;

	if (x->id != y->id)
		return x->id < y->id ? -1 : 1;
	return x->seq < y->seq ? -1 : 1;
}

static int
find_mark(const void *key, const void *element)
{
	const uint64_t *id = key;
	const struct mark *m = element;

	return *id < m->id ? -1 : *id > m->id;
}

/* The last mark of each paper is left. */
static void
settle_marks(struct trainer *t)
{
	size_t n = 0;

	if (t->nmarks > 0)
		qsort(t->marks, t->nmarks, sizeof(*t->marks), by_id_and_age);
	for (size_t i = 0; i < t->nmarks; i++) {
		if (n > 0 && t->marks[n - 1].id == t->marks[i].id)
			n--;
		t->marks[n++] = t->marks[i];
	}
	t->nmarks = n;
}

/* What a reader said goes before what a judge did. */
static void
apply_marks(struct trainer *t)
{
	settle_marks(t);
	t->marks_alone = true;
	for (size_t i = 0; i < t->n; i++) {
		struct example *e = &t->v[i];
		const struct mark *m = t->nmarks == 0
		    ? NULL
		    : bsearch(&e->id, t->marks, t->nmarks, sizeof(*t->marks),
			  find_mark);

		t->marks_alone &= e->local || e->day == EXAMPLE_NO_DAY;
		if (m == NULL || m->kind == MARK_NONE)
			continue;
		e->selected = m->kind == MARK_STAR;
		e->local = false;
		t->stars += e->selected;
		t->drops += !e->selected;
	}
}

/*
 * What only a local judge looked at, and nobody marked, says nothing.  Where
 * nobody else judged, it is what the reader did not star.
 */
static void
drop_local(struct trainer *t)
{
	size_t n = 0;

	if (t->marks_alone)
		return;
	for (size_t i = 0; i < t->n; i++)
		if (t->v[i].local && !t->v[i].selected)
			example_release(&t->v[i]);
		else
			t->v[n++] = t->v[i];
	if (n < t->n)
		run_dropped("local", t->n - n);
	t->n = n;
}

void
examples_settle(struct trainer *t)
{
	keep_newest(t);
	keep_each_once(t);
	apply_marks(t);
	drop_local(t);
}

/* Meanings */

/* Unless it is no name, which a line of text may not hold. */
static void
add_category(struct screen_model *w, struct slice name)
{
	size_t n = strlen(w->categories);

	for (size_t i = 0; i < name.n; i++)
		if (!isalnum((unsigned char)name.p[i]) && name.p[i] != '.' &&
		    name.p[i] != '-')
			return;
	if (name.n == 0 || n + name.n + 2 > sizeof(w->categories))
		return;
	snprintf(w->categories + n, sizeof(w->categories) - n, "%s%.*s",
	    n > 0 ? "," : "", (int)name.n, name.p);
}

/* The category that most papers have, of several the first by name; or "". */
static const char *
usual_category(const struct trainer *t)
{
	size_t *papers = xcalloc(t->n + 1, sizeof(*papers)), most = 0, k;
	struct strmap names = STRMAP_INIT;
	const char *usual = "", *name;

	for (size_t i = 0; i < t->n; i++) {
		(void)strmap_add(&names, slice_of(t->v[i].category), &k);
		papers[k]++;
	}
	for (size_t i = 0; i < t->n; i++) {
		name = t->v[i].category;
		if (*name == '\0' || !strmap_find(&names, slice_of(name), &k))
			continue;
		if (papers[k] > most ||
		    (papers[k] == most && strcmp(name, usual) < 0)) {
			most = papers[k];
			usual = name;
		}
	}
	strmap_release(&names);
	free(papers);
	return usual;
}

/* What words mean to a reader of --category, else of the usual one. */
static void
choose_space(struct trainer *t)
{
	struct screen_model *w = &t->model;
	const char *s = t->options->categories;
	size_t n;

	for (; s != NULL && *s != '\0'; s += n + (s[n] != '\0')) {
		n = strcspn(s, ", ");
		add_category(w, (struct slice) {s, n});
	}
	if (s == NULL)
		add_category(w, slice_of(usual_category(t)));
	if (*w->categories == '\0')
		add_category(w, SLICE_LIT("cs"));
}

void
examples_find_meanings(struct trainer *t)
{
	struct space *s;

	choose_space(t);
	s = screen_model_space(&t->model);
	t->model.vectors = s->vectors.checksum;
	for (size_t i = 0; i < t->n; i++) {
		struct example *e = &t->v[i];
		vector x = {0};

		space_add_paper(s, (struct slice) {e->text, e->title},
		    (struct slice) {e->text + e->title, e->abstract}, x);
		for (size_t k = 0; k < VECTORS_DIM; k++)
			e->meaning[k] = (float)x[k];
		free(e->text);
		e->text = NULL;
	}
	space_close(s);
	free(s);
}

void
examples_release(struct trainer *t)
{
	for (size_t i = 0; i < t->n; i++)
		example_release(&t->v[i]);
	free(t->v);
	free(t->marks);
}
