/* SPDX-License-Identifier: ISC */
/*
 * A line a paper.  On a terminal it has a head and is for eyes; otherwise each
 * line ends with a tab and the id, for cut(1), xargs(1) and fzf(1), and there
 * is no line that is no paper.
 */
#include <string.h>

#include "common/base/number.h"
#include "formats/render.h"
#include "text/escape.h"
#include "text/terminal.h"

#define DOT	   " \xc2\xb7 "
#define ELLIPSIS   "\xe2\x80\xa6"
/* Widths of the document below which a column has no room, .. */
#define AUTHORS_AT 60
#define COMMENT_AT 120
/* .. and from which on names are cut less. */
#define WIDE	   100
#define TITLE_MIN  10
#define TAB	   8

static const struct slice nowhere = {"", 0};

/* Columns on the terminal; 0 where the list has no such column. */
struct widths {
	size_t number, day, score, title, authors, topic, comment, id;
};

struct list {
	const struct digest *d;
	struct strbuf *b;
	struct strbuf cell; /* the text of one column before it is cut */
	struct widths w;
	bool terminal, color;
	bool novelty; /* some paper has one */
	bool years; /* the days lie in more than one */
};

/* ------------------------------------------------------ what columns hold */

static void
put_number(struct list *l, const struct digest_paper *p)
{
	strbuf_addf(&l->cell, "%zu", p->number);
}

static void
put_day(struct list *l, const struct digest_paper *p)
{
	struct slice date = l->d->days[p->day].date;
	const size_t year = l->years ? 0 : sizeof("2025-") - 1;

	if (date.n > year)
		strbuf_add(&l->cell, date.p + year, date.n - year);
}

static void
put_score(struct list *l, const struct digest_paper *p)
{
	number_add_or_dash(&l->cell, p->has_relevance, p->relevance);
	if (!l->novelty)
		return;
	strbuf_addstr(&l->cell, "\xc2\xb7");
	number_add_or_dash(&l->cell, p->has_novelty, p->novelty);
}

static void
put_title(struct list *l, const struct digest_paper *p)
{
	escape_tty(&l->cell, p->title);
}

static void
put_authors(struct list *l, const struct digest_paper *p)
{
	struct person person;

	if (p->authors.n == 0)
		return;
	person_split(&person,
	    p->match_authors.n > 0 ? *p->match_authors.v : *p->authors.v,
	    p->arxiv);
	escape_tty(&l->cell, person.family);
	if (p->authors.n > 1)
		strbuf_addf(&l->cell, " +%zu", p->authors.n - 1);
}

static void
put_topic(struct list *l, const struct digest_paper *p)
{
	if (p->topics.n > 0)
		escape_tty(&l->cell, *p->topics.v);
}

static void
put_comment(struct list *l, const struct digest_paper *p)
{
	if (p->ncites > 0)
		strbuf_addf(&l->cell, "Cites %zu of yours. ", p->ncites);
	escape_tty(&l->cell, p->comment);
}

static void
put_id(struct list *l, const struct digest_paper *p)
{
	escape_tty(&l->cell, p->id);
}

/* ----------------------------------------------------------------- widths */

/* The columns that the widest cell takes. */
static void
widen(struct list *l, size_t *width,
    void (*put)(struct list *l, const struct digest_paper *p),
    const struct digest_paper *p)
{
	size_t n;

	strbuf_reset(&l->cell);
	put(l, p);
	n = terminal_columns(strbuf_slice(&l->cell));
	if (n > *width)
		*width = n;
}

static void
measure(struct list *l)
{
	const struct digest *d = l->d;

	for (size_t i = 0; i < d->papers.n; i++)
		l->novelty = l->novelty || d->papers.v[i]->has_novelty;
	l->years = memcmp(d->first_day.p, d->last_day.p, 4) != 0;
	for (size_t i = 0; i < d->papers.n; i++) {
		widen(l, &l->w.number, put_number, d->papers.v[i]);
		widen(l, &l->w.day, put_day, d->papers.v[i]);
		widen(l, &l->w.score, put_score, d->papers.v[i]);
		widen(l, &l->w.title, put_title, d->papers.v[i]);
		widen(l, &l->w.authors, put_authors, d->papers.v[i]);
		widen(l, &l->w.topic, put_topic, d->papers.v[i]);
		widen(l, &l->w.comment, put_comment, d->papers.v[i]);
		widen(l, &l->w.id, put_id, d->papers.v[i]);
	}
	strbuf_reset(&l->cell);
}

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* A column and the two blanks before it. */
static size_t
with_gap(size_t width)
{
	return width > 0 ? width + 2 : 0;
}

/* Shares out the width of the document. */
static void
share_out(struct list *l)
{
	struct widths *w = &l->w;
	size_t width = (size_t)l->d->style.width, used, room;

	if (width < AUTHORS_AT || slice_same(l->d->first_day, l->d->last_day))
		w->day = 0;
	w->number = w->number < 2 ? 2 : w->number;
	w->authors = least(w->authors, width < WIDE ? 12 : 18);
	w->topic = least(w->topic, width < WIDE ? 8 : 16);
	if (width < AUTHORS_AT)
		w->authors = w->topic = 0;
	if (width < COMMENT_AT)
		w->comment = 0;
	used = w->number + 1 + w->score + 1 + with_gap(w->authors) +
	    with_gap(w->topic) + (w->day > 0 ? w->day + 1 : 0);
	if (!l->terminal) {
		used += w->id + 1;
		/* What is before the tab ends where the tab takes one. */
		used += (width - w->id) % TAB;
	}
	room = used + TITLE_MIN < width ? width - used : TITLE_MIN;
	if (w->comment > 0) {
		w->title = least(w->title, room / 2);
		w->comment =
		    room > w->title + 2 + TITLE_MIN ? room - w->title - 2 : 0;
	}
	if (w->comment == 0)
		w->title = l->terminal ? least(w->title, room) : room;
}

/* ------------------------------------------------------------------ lines */

static void
pad(struct strbuf *b, size_t n)
{
	while (n-- > 0)
		strbuf_addch(b, ' ');
}

/* The cell that was put, cut to width; returns the columns it took. */
static size_t
add_cell(struct list *l, size_t width, enum style style, struct slice url)
{
	struct slice text;
	size_t n;

	text = slice_trim(strbuf_slice(&l->cell));
	n = terminal_columns(text);
	if (l->color)
		style_on(l->b, style, url);
	if (n <= width) {
		strbuf_addslice(l->b, text);
	} else {
		text.n = terminal_fit(text, width - 1);
		text = slice_trim(text);
		strbuf_addslice(l->b, text);
		strbuf_addstr(l->b, ELLIPSIS);
		n = terminal_columns(text) + 1;
	}
	if (l->color)
		style_off(l->b, style, url);
	strbuf_reset(&l->cell);
	return n;
}

/* Columns after the title stand apart by two blanks, and blanks that nothing
 * follows are not printed: gap is what is owed. */
static void
add_column(struct list *l, size_t *gap, size_t width, enum style style)
{
	if (width == 0)
		return;
	*gap += 2;
	if (l->cell.len == 0) {
		*gap += width;
		return;
	}
	pad(l->b, *gap);
	*gap = width - add_cell(l, width, style, nowhere);
}

static void
add_paper(struct list *l, const struct digest_paper *p)
{
	const struct widths *w = &l->w;
	size_t gap;

	strbuf_addf(l->b, "%*zu ", (int)w->number, p->number);
	if (w->day > 0) {
		put_day(l, p);
		gap = add_cell(l, w->day, STYLE_DIM, nowhere);
		pad(l->b, w->day - gap + 1);
	}
	put_score(l, p);
	gap = add_cell(l, w->score, STYLE_SCORE, nowhere);
	pad(l->b, w->score - gap + 1);
	put_title(l, p);
	gap = w->title - add_cell(l, w->title, STYLE_TITLE, p->url);
	put_authors(l, p);
	add_column(l, &gap, w->authors,
	    p->match_authors.n > 0 ? STYLE_WARNING : STYLE_DIM);
	put_topic(l, p);
	add_column(l, &gap, w->topic, STYLE_NOTE);
	put_comment(l, p);
	add_column(l, &gap, w->comment, STYLE_PLAIN);
	strbuf_reset(&l->cell);
	if (!l->terminal) {
		pad(l->b, gap);
		strbuf_addch(l->b, '\t');
		escape_tty(l->b, p->id);
	}
	strbuf_addch(l->b, '\n');
}

static void
add_group(struct list *l, const struct digest_group *g, struct output *out)
{
	if (l->terminal && g->label.n > 0) {
		strbuf_addch(l->b, '\n');
		escape_tty(&l->cell, g->label);
		strbuf_addch(&l->cell, ' ');
		entry_group_size(&l->cell, g);
		(void)add_cell(
		    l, (size_t)l->d->style.width, STYLE_HEADING, nowhere);
		strbuf_addch(l->b, '\n');
	}
	for (size_t i = 0; i < g->papers.n; i++) {
		add_paper(l, g->papers.v[i]);
		render_spill(out);
	}
}

/* ------------------------------------------------------------------- head */

/* "Fri 17 Oct", with the year unless it is this one. */
static void
put_date(struct list *l)
{
	const struct digest *d = l->d;
	struct ymd when, today = day_to_ymd(day_of(d->now));
	day_t day;

	if (d->style.title != NULL || d->style.view == VIEW_LIST) {
		escape_tty(&l->cell, d->title);
	} else if (day_begins(d->date, &day) && d->date.n == DATE_LEN - 1) {
		when = day_to_ymd(day);
		strbuf_addf(&l->cell, "%.3s %d %.3s",
		    weekday_name(day_weekday(day)), when.day,
		    month_name(when.month));
		if (when.year != today.year)
			strbuf_addf(&l->cell, " %d", when.year);
	} else {
		escape_tty(&l->cell, d->date);
	}
}

static void
put_counts(struct list *l)
{
	const struct digest_totals *t = &l->d->totals;

	if (l->d->style.view == VIEW_LIST) {
		entry_totals(&l->cell, l->d, DOT);
		return;
	}
	if (!t->relevant_known) {
		strbuf_addstr(&l->cell, "nothing is known");
	} else if (t->relevant == t->scanned) {
		number_add_plural(&l->cell, t->relevant, "paper", "papers");
	} else {
		number_add_count(&l->cell, t->relevant);
		strbuf_addstr(&l->cell, " of ");
		entry_count(&l->cell, t->scanned_known, t->scanned);
		strbuf_addstr(&l->cell, " relevant");
	}
	if (t->arxiv_known) {
		strbuf_addstr(&l->cell, " (");
		number_add_count(&l->cell, t->arxiv);
		strbuf_addstr(&l->cell, " announced)");
	}
}

/* A sentence of any length, wrapped. */
static void
add_sentence(struct list *l, enum style style)
{
	struct strbuf on = STRBUF_INIT(STRBUF_MAX);
	struct strbuf off = STRBUF_INIT(STRBUF_MAX);
	struct wrap w = {.b = l->b, .width = (size_t)l->d->style.width};

	if (l->color) {
		style_on(&on, style, nowhere);
		style_off(&off, style, nowhere);
	}
	w.on = on.s;
	w.off = off.s;
	wrap_text(&w, strbuf_slice(&l->cell));
	strbuf_reset(&l->cell);
	strbuf_release(&on);
	strbuf_release(&off);
}

static void
add_head(struct list *l)
{
	const struct digest *d = l->d;
	enum notice_level level;

	put_date(l);
	strbuf_addstr(&l->cell, DOT);
	put_counts(l);
	if (d->usage.known && d->usage.llm && d->usage.priced) {
		strbuf_addstr(&l->cell, DOT);
		entry_cost(&l->cell, &d->usage, d->usage.cost);
	}
	add_sentence(l, STYLE_HEADING);
	for (size_t i = 0; i < d->nnotices && d->notices[i].level > NOTICE_INFO;
	     i++) {
		level = d->notices[i].level;
		strbuf_addf(&l->cell, "%s: ", digest_level_name(level));
		escape_tty(&l->cell, d->notices[i].text);
		add_sentence(
		    l, level == NOTICE_OUTAGE ? STYLE_OUTAGE : STYLE_WARNING);
	}
	if (d->empty_reason.n > 0) {
		escape_tty(&l->cell, d->empty_reason);
		add_sentence(l, STYLE_PLAIN);
	}
}

static void
add_rest(struct list *l)
{
	const struct digest_totals *t = &l->d->totals;

	if (t->relevant <= t->shown)
		return;
	strbuf_addstr(&l->cell, ELLIPSIS " ");
	number_add_count(&l->cell, t->relevant - t->shown);
	strbuf_addstr(&l->cell, " more");
	add_sentence(l, STYLE_DIM);
}

void
render_short(const struct digest *d, struct output *out)
{
	struct list l = {.d = d,
	    .b = &out->buf,
	    .color = d->style.color,
	    .terminal = d->style.color || out->is_tty};

	strbuf_init(&l.cell, STRBUF_MAX);
	measure(&l);
	share_out(&l);
	if (!l.terminal)
		entry_complain(d);
	else if (d->title.n > 0)
		add_head(&l);
	for (size_t i = 0; i < d->ngroups; i++)
		add_group(&l, &d->groups[i], out);
	if (l.terminal)
		add_rest(&l);
	strbuf_release(&l.cell);
}
