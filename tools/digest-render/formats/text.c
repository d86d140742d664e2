/* SPDX-License-Identifier: ISC */
/* Text for a terminal: wrapped, and on one that can, coloured and linked. */
#include <string.h>

#include "common/base/number.h"
#include "formats/entry.h"
#include "formats/render.h"
#include "text/escape.h"
#include "text/terminal.h"

#define INDENT	      5
/* Longer lines are hard to read, however wide the window. */
#define MEASURE	      100
/* Of more authors than that so many are named. */
#define AUTHORS_MAX   10
#define AUTHORS_NAMED 8
#define DOT	      " \xc2\xb7 "

struct text {
	const struct digest *d;
	struct strbuf *b;
	struct strbuf line; /* a paragraph before it is wrapped */
	struct strbuf on, off;
	size_t width;
	bool color;
};

/* Wraps what t->line holds and empties it.  link may be empty. */
static void
flush_linked(struct text *t, size_t indent, size_t column, enum style style,
    struct slice link)
{
	struct wrap w = {t->b, t->width, indent, column, "", ""};

	if (t->color && (style != STYLE_PLAIN || link.n > 0)) {
		strbuf_reset(&t->on);
		strbuf_reset(&t->off);
		style_on(&t->on, style, link);
		style_off(&t->off, style, link);
		w.on = t->on.s;
		w.off = t->off.s;
	}
	wrap_text(&w, strbuf_slice(&t->line));
	strbuf_reset(&t->line);
}

static void
flush(struct text *t, size_t indent, size_t column, enum style style)
{
	flush_linked(t, indent, column, style, (struct slice) {"", 0});
}

static void
indent(struct text *t)
{
	for (size_t i = 0; i < INDENT; i++)
		strbuf_addch(t->b, ' ');
}

/* A paragraph below a title; nothing if there is nothing to say. */
static void
flush_below(struct text *t, enum style style)
{
	if (t->line.len == 0)
		return;
	indent(t);
	flush(t, INDENT, INDENT, style);
}

static void
add_some(struct text *t, const struct slices *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			strbuf_addstr(&t->line, ", ");
		escape_tty(&t->line, list->v[i]);
	}
}

static void
add_joined(struct text *t, const struct slices *list)
{
	add_some(t, list, list->n);
}

/* A collaboration may have thousands. */
static void
add_authors(struct text *t, const struct slices *list)
{
	if (list->n <= AUTHORS_MAX) {
		add_joined(t, list);
		return;
	}
	add_some(t, list, AUTHORS_NAMED);
	strbuf_addstr(&t->line, " et al. (");
	number_add_count(&t->line, list->n);
	strbuf_addstr(&t->line, " authors)");
}

static void
add_dot(struct text *t)
{
	if (t->line.len > 0)
		strbuf_addstr(&t->line, DOT);
}

static const enum style level_styles[] = {
    [NOTICE_INFO] = STYLE_NOTE,
    [NOTICE_WARNING] = STYLE_WARNING,
    [NOTICE_OUTAGE] = STYLE_OUTAGE,
};

static void
add_notices(struct text *t)
{
	const struct digest_notice *n;

	for (size_t i = 0; i < t->d->nnotices; i++) {
		n = &t->d->notices[i];
		strbuf_addf(&t->line, "%s: ", digest_level_name(n->level));
		escape_tty(&t->line, n->text);
		flush(t, 0, 0, level_styles[n->level]);
	}
	if (t->d->nnotices > 0)
		strbuf_addch(t->b, '\n');
}

static void
add_totals(struct text *t)
{
	entry_totals(&t->line, t->d, DOT);
	flush(t, 0, 0, STYLE_PLAIN);
}

static void
add_usage(struct text *t)
{
	const struct digest_usage *u = &t->d->usage;

	if (!u->known || !u->llm)
		return;
	escape_tty(&t->line, u->model);
	add_dot(t);
	if (u->tokens_known) {
		number_add_count(&t->line, u->prompt);
		strbuf_addstr(&t->line, " prompt + ");
		number_add_count(&t->line, u->completion);
		strbuf_addstr(&t->line, " completion tokens");
	} else {
		strbuf_addstr(&t->line, "tokens not reported");
	}
	add_dot(t);
	entry_cost(&t->line, u, u->cost);
	flush(t, 0, 0, STYLE_PLAIN);
}

static void
add_topics(struct text *t)
{
	for (size_t i = 0; i < t->d->ntopics; i++) {
		strbuf_addstr(&t->line, i == 0 ? "Topics: " : ", ");
		escape_tty(&t->line, t->d->topics[i].label);
		strbuf_addf(&t->line, " %zu", t->d->topics[i].all);
	}
	if (t->d->ntopics > 0)
		flush(t, 0, 0, STYLE_PLAIN);
}

/* id, category, scores, topics on one line. */
static void
add_facts(struct text *t, const struct digest_paper *p)
{
	escape_tty(&t->line, p->id);
	if (p->primary.n > 0) {
		add_dot(t);
		escape_tty(&t->line, p->primary);
	}
	if (p->scored) {
		strbuf_addstr(&t->line, DOT "relevance ");
		number_add_or_dash(&t->line, p->has_relevance, p->relevance);
		strbuf_addstr(&t->line, DOT "novelty ");
		number_add_or_dash(&t->line, p->has_novelty, p->novelty);
	}
	for (size_t i = 0; i < p->naxes; i++) {
		add_dot(t);
		escape_tty(&t->line, p->axes[i].name);
		strbuf_addch(&t->line, ' ');
		number_add(&t->line, p->axes[i].value);
	}
	if (p->topics.n > 0) {
		add_dot(t);
		add_joined(t, &p->topics);
	}
	flush_below(t, STYLE_SCORE);
}

static void
add_paper(struct text *t, const struct digest_paper *p)
{
	size_t at = t->b->len;

	if (t->d->title.n > 0)
		strbuf_addf(t->b, "%3zu. ", p->number);
	else
		indent(t);
	escape_tty(&t->line, p->title);
	flush_linked(t, INDENT, t->b->len - at, STYLE_TITLE, p->url);
	add_authors(t, &p->authors);
	flush_below(t, STYLE_DIM);
	if (p->match_authors.n > 0) {
		strbuf_addstr(&t->line, "Author match: ");
		add_joined(t, &p->match_authors);
		flush_below(t, STYLE_WARNING);
	}
	add_facts(t, p);
	/* Without links a person needs the address. */
	if (!t->color) {
		escape_tty(&t->line, p->url);
		flush_below(t, STYLE_PLAIN);
	}
	escape_tty(&t->line, p->comment);
	flush_below(t, STYLE_HEADING);
	strbuf_addch(t->b, '\n');
	if (t->d->style.abstracts == ABSTRACTS_YES)
		escape_tty(&t->line, p->abstract);
	if (t->line.len > 0) {
		flush_below(t, STYLE_PLAIN);
		strbuf_addch(t->b, '\n');
	}
}

static void
add_group(struct text *t, const struct digest_group *g, struct output *out)
{
	if (g->label.n > 0) {
		escape_tty(&t->line, g->label);
		strbuf_addch(&t->line, ' ');
		entry_group_size(&t->line, g);
		flush(t, 0, 0, STYLE_HEADING);
		strbuf_addch(t->b, '\n');
	}
	for (size_t i = 0; i < g->papers.n; i++) {
		/* Before it: the end of the document is mended below. */
		if (out != NULL)
			render_spill(out);
		add_paper(t, g->papers.v[i]);
	}
}

static void
add_unscored(struct text *t)
{
	const struct digest_unscored *u;

	if (t->d->nunscored == 0)
		return;
	strbuf_addf(
	    &t->line, "Papers that could not be scored (%zu)", t->d->nunscored);
	flush(t, 0, 0, STYLE_HEADING);
	for (size_t i = 0; i < t->d->nunscored; i++) {
		u = &t->d->unscored[i];
		strbuf_addstr(t->b, "  ");
		escape_tty(&t->line, u->id);
		strbuf_addch(&t->line, ' ');
		escape_tty(&t->line, u->title);
		strbuf_addstr(&t->line, ": ");
		escape_tty(&t->line, u->code);
		if (u->detail.n > 0) {
			strbuf_addstr(&t->line, ", ");
			escape_tty(&t->line, u->detail);
		}
		flush(t, 4, 2, STYLE_PLAIN);
	}
	strbuf_addch(t->b, '\n');
}

static void
add_prompt_part(struct text *t, const char *title, struct slice text)
{
	const char *end;
	struct slice line;
	size_t at = 0;

	strbuf_addstr(&t->line, title);
	flush(t, 0, 0, STYLE_HEADING);
	do {
		line.p = text.p + at;
		end = memchr(line.p, '\n', text.n - at);
		line.n = end != NULL ? (size_t)(end - line.p) : text.n - at;
		at += line.n + 1;
		escape_tty(&t->line, line);
		strbuf_addstr(t->b, t->line.len > 0 ? "  " : "");
		flush(t, 2, 2, STYLE_PLAIN);
	} while (end != NULL);
	strbuf_addch(t->b, '\n');
}

static void
add_prompt(struct text *t)
{
	if (!t->d->style.prompt)
		return;
	if (t->d->prompt_system.n > 0)
		add_prompt_part(t, "System prompt", t->d->prompt_system);
	if (t->d->prompt_user.n > 0)
		add_prompt_part(t, "User prompt", t->d->prompt_user);
}

static void
add_head(struct text *t)
{
	escape_tty(&t->line, t->d->heading);
	flush(t, 0, 0, STYLE_HEADING);
	strbuf_addch(t->b, '\n');
	add_notices(t);
	add_totals(t);
	add_usage(t);
	add_topics(t);
	strbuf_addch(t->b, '\n');
}

void
text_document(const struct digest *d, struct strbuf *b, struct output *out,
    size_t width, bool color)
{
	struct text t = {.d = d,
	    .b = b,
	    .color = color,
	    .width = width < MEASURE ? width : MEASURE};

	strbuf_init(&t.line, STRBUF_MAX);
	strbuf_init(&t.on, STRBUF_MAX);
	strbuf_init(&t.off, STRBUF_MAX);
	if (d->title.n > 0)
		add_head(&t);
	if (d->empty_reason.n > 0) {
		escape_tty(&t.line, d->empty_reason);
		flush(&t, 0, 0, STYLE_PLAIN);
		strbuf_addch(b, '\n');
	}
	for (size_t i = 0; i < d->ngroups; i++)
		add_group(&t, &d->groups[i], out);
	add_unscored(&t);
	add_prompt(&t);
	/* The last block needs no blank line after it. */
	if (b->len > 1 && b->s[b->len - 2] == '\n')
		strbuf_setlen(b, b->len - 1);
	strbuf_release(&t.line);
	strbuf_release(&t.on);
	strbuf_release(&t.off);
}

void
render_text(const struct digest *d, struct output *out)
{
	text_document(
	    d, &out->buf, out, (size_t)d->style.width, d->style.color);
}
