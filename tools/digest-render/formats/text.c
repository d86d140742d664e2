/* SPDX-License-Identifier: ISC */
/* Text for a terminal: wrapped, and on one that can, coloured and linked. */
#include <string.h>

#include "common/base/number.h"
#include "formats/render.h"
#include "text/escape.h"
#include "text/terminal.h"

#define INDENT	5
/* Longer lines are hard to read, however wide the window. */
#define MEASURE 100
#define DOT	" \xc2\xb7 "

struct text {
	const struct digest *d;
	struct strbuf *b;
	struct strbuf line; /* a paragraph before it is wrapped */
	struct strbuf on, off;
	size_t width;
	bool color;
	size_t max; /* bytes of a mail, which has less of each paper; or 0 */
	size_t left_out; /* papers without room */
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

/* False, and what stands there since whole is gone, if it is too much. */
static bool
has_room(struct text *t, size_t whole)
{
	if (t->max == 0 || t->b->len <= t->max)
		return true;
	strbuf_setlen(t->b, whole);
	return false;
}

static void
add_joined(struct text *t, const struct slices *list)
{
	for (size_t i = 0; i < list->n; i++) {
		if (i > 0)
			strbuf_addstr(&t->line, ", ");
		escape_tty(&t->line, list->v[i]);
	}
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
	size_t whole;

	for (size_t i = 0; i < t->d->nnotices; i++) {
		n = &t->d->notices[i];
		whole = t->b->len;
		strbuf_addf(&t->line, "%s: ", digest_level_name(n->level));
		escape_tty(&t->line, n->text);
		flush(t, 0, 0, level_styles[n->level]);
		if (!has_room(t, whole))
			break;
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
	if (t->d->ntopics == 0)
		return;
	entry_topics(&t->line, t->d, escape_tty);
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
	if (t->max > 0)
		entry_scores(&t->line, p);
	flush_linked(t, INDENT, t->b->len - at, STYLE_TITLE, p->url);
	if (t->max == 0)
		entry_authors(&t->line, &p->authors, escape_tty);
	flush_below(t, STYLE_DIM);
	if (p->match_authors.n > 0) {
		strbuf_addstr(&t->line, "Author match: ");
		add_joined(t, &p->match_authors);
		flush_below(t, STYLE_WARNING);
	}
	entry_cites(&t->line, p, escape_tty);
	flush_below(t, STYLE_WARNING);
	for (size_t i = 0; i < p->nnear && t->max == 0; i++) {
		strbuf_addstr(&t->line, i == 0 ? "Near: " : "; ");
		escape_tty(&t->line, p->near[i].title);
		entry_near(&t->line, &p->near[i], escape_tty);
	}
	flush_below(t, STYLE_DIM);
	if (t->max == 0)
		add_facts(t, p);
	/* Without links a person needs the address. */
	if (!t->color) {
		escape_tty(&t->line, p->url);
		flush_below(t, STYLE_PLAIN);
	}
	escape_tty(&t->line, p->comment);
	flush_below(t, STYLE_HEADING);
	strbuf_addch(t->b, '\n');
	if (t->max == 0 && t->d->style.abstracts == ABSTRACTS_YES)
		escape_tty(&t->line, p->abstract);
	if (t->line.len > 0) {
		flush_below(t, STYLE_PLAIN);
		strbuf_addch(t->b, '\n');
	}
}

static void
add_group(struct text *t, const struct digest_group *g, struct output *out)
{
	size_t whole = t->b->len;

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
		if (!has_room(t, whole)) {
			t->left_out += g->papers.n - i;
			return;
		}
		whole = t->b->len;
	}
}

static void
add_unscored(struct text *t)
{
	const struct digest_unscored *u;
	size_t whole;

	if (t->d->nunscored == 0)
		return;
	strbuf_addf(
	    &t->line, "Papers that could not be scored (%zu)", t->d->nunscored);
	flush(t, 0, 0, STYLE_HEADING);
	for (size_t i = 0; i < t->d->nunscored; i++) {
		u = &t->d->unscored[i];
		whole = t->b->len;
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
		if (!has_room(t, whole)) {
			t->left_out += t->d->nunscored - i;
			break;
		}
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

/* In a mail: where the rest is. */
static void
add_left_out(struct text *t)
{
	const struct digest_link *page = &t->d->style.up;

	if (t->left_out > 0) {
		strbuf_addstr(&t->line, "\u2026 and ");
		number_add_count(&t->line, t->left_out);
		strbuf_addstr(
		    &t->line, page->present ? " more on the page" : " more");
		flush(t, 0, 0, STYLE_PLAIN);
	}
	if (page->present) {
		escape_tty(&t->line, page->label);
		strbuf_addstr(&t->line, ": ");
		escape_tty(&t->line, page->url);
		flush(t, 0, 0, STYLE_PLAIN);
	}
}

/* out, if there is one, is flushed as it fills. */
static void
add_document(struct text *t, struct output *out)
{
	strbuf_init(&t->line, STRBUF_MAX);
	strbuf_init(&t->on, STRBUF_MAX);
	strbuf_init(&t->off, STRBUF_MAX);
	if (t->d->title.n > 0)
		add_head(t);
	if (t->d->empty_reason.n > 0) {
		escape_tty(&t->line, t->d->empty_reason);
		flush(t, 0, 0, STYLE_PLAIN);
		strbuf_addch(t->b, '\n');
	}
	for (size_t i = 0; i < t->d->ngroups; i++)
		add_group(t, &t->d->groups[i], out);
	add_unscored(t);
	if (t->max > 0)
		add_left_out(t);
	else
		add_prompt(t);
	/* The last block needs no blank line after it. */
	if (t->b->len > 1 && t->b->s[t->b->len - 2] == '\n')
		strbuf_setlen(t->b, t->b->len - 1);
	strbuf_release(&t->line);
	strbuf_release(&t->on);
	strbuf_release(&t->off);
}

void
text_brief(const struct digest *d, struct strbuf *b, size_t width, size_t max)
{
	struct text t = {.d = d,
	    .b = b,
	    .width = width,
	    .max = max,
	    .left_out = d->left_out};

	add_document(&t, NULL);
}

void
render_text(const struct digest *d, struct output *out)
{
	size_t width = (size_t)d->style.width;
	struct text t = {.d = d,
	    .b = &out->buf,
	    .color = d->style.color,
	    .width = width < MEASURE ? width : MEASURE};

	add_document(&t, out);
}
