/* SPDX-License-Identifier: ISC */
/* What stands above the papers: where and when, how much, how well. */
#include <ctype.h>
#include <string.h>

#include "common/base/number.h"
#include "formats/html/html.h"
#include "formats/render.h"
#include "text/escape.h"

/* A longer list is folded: in an outage it is the whole day. */
#define OPEN_MAX_ITEMS 20
#define NOTICES_MAX    6

/* What a neighbour is called whose label is only a date. */
static const struct {
	const char *prev, *up, *next;
} neighbours[] = {
    [VIEW_DAY] = {"Previous Day", "Monthly Overview", "Next Day"},
    [VIEW_WEEK] = {"Previous Week", "Monthly Overview", "Next Week"},
    [VIEW_MONTH] = {"Previous Month", "All Months", "Next Month"},
    [VIEW_INDEX] = {"Previous", "Up", "Next"},
    [VIEW_LIST] = {"Previous", "Up", "Next"},
};

static bool
is_date(struct slice s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!isdigit((unsigned char)s.p[i]) &&
		    strchr("-/. ", s.p[i]) == NULL)
			return false;
	return s.n > 0;
}

/* "2025-10-16", "Previous Day 2025-10-16": the date in an element of its
 * own. */
static void
nav_label(struct strbuf *b, const char *name, struct slice label)
{
	size_t at = label.n;

	if (is_date(label)) {
		at = 0;
		strbuf_addstr(b, name);
	} else {
		while (at > 0 &&
		    is_date(
			(struct slice) {label.p + at - 1, label.n - at + 1}))
			at--;
		escape_html(b, (struct slice) {label.p, at});
	}
	if (at == label.n)
		return;
	while (at < label.n && label.p[at] == ' ')
		at++;
	escape_html_in(
	    b, " <b>", (struct slice) {label.p + at, label.n - at}, "</b>");
}

static void
nav_link(struct strbuf *b, const struct digest_link *link, const char *rel,
    const char *name)
{
	if (!link->present)
		return;
	strbuf_addf(b, "<a class=\"%s\"", rel);
	if (strcmp(rel, "up") != 0)
		strbuf_addf(b, " rel=\"%s\"", rel);
	escape_html_in(b, " href=\"", link->url, "\">");
	nav_label(b, name, link->label);
	strbuf_addstr(b, "</a>\n");
}

static void
add_nav(struct strbuf *b, const struct digest *d)
{
	const struct digest_style *s = &d->style;

	if (!s->prev.present && !s->up.present && !s->next.present)
		return;
	strbuf_addstr(b, "<nav class=\"pages\" aria-label=\"Pages\">\n");
	nav_link(b, &s->prev, "prev", neighbours[s->view].prev);
	nav_link(b, &s->up, "up", neighbours[s->view].up);
	nav_link(b, &s->next, "next", neighbours[s->view].next);
	strbuf_addstr(b, "</nav>\n");
}

/* Of a day "Fri 17 Oct 2025" is seen, and its date read out. */
static void
add_date(struct strbuf *b, const struct digest *d)
{
	bool spoken = false;
	struct ymd when;
	day_t day;

	if (d->date.n == 0)
		return;
	spoken = d->date.n == DATE_LEN - 1 && day_parse(d->date.p, &day);
	escape_html_in(b,
	    spoken ? " <span class=\"date hidden\">" : " <span class=\"date\">",
	    d->date, "</span>");
	if (!spoken)
		return;
	when = day_to_ymd(day);
	strbuf_addf(b, " <span aria-hidden=\"true\">%.3s %d %.3s %d</span>",
	    weekday_name(day_weekday(day)), when.day, month_name(when.month),
	    when.year);
}

/* What a page of a day is goes without saying, unless it got a name. */
static void
add_heading(struct strbuf *b, const struct digest *d)
{
	bool named = d->style.title != NULL || d->style.view != VIEW_DAY;

	escape_html_in(b, named ? "<h1><span>" : "<h1><span class=\"hidden\">",
	    d->title, "</span>");
	add_date(b, d);
	strbuf_addstr(b, "</h1>\n");
}

/* "46 papers of 680 · 3 to read first". */
static void
add_sum(struct strbuf *b, const struct digest *d)
{
	const struct digest_totals *t = &d->totals;
	size_t first = html_count_first(d, HTML_FIRST);
	uint64_t of = t->arxiv_known ? t->arxiv : t->scanned;

	strbuf_addstr(b, "<p class=\"sum\"><b>");
	if (d->papers.n < t->relevant) {
		number_add_count(b, d->papers.n);
		strbuf_addstr(b, " of ");
	}
	if (t->relevant_known)
		number_add_plural(b, t->relevant, "paper", "papers");
	else
		strbuf_addstr(b, "\xe2\x80\x93 papers");
	strbuf_addstr(b, "</b>");
	/* Where none could be had, none was looked at. */
	if (t->arxiv_known || of > 0) {
		strbuf_addstr(b, " of ");
		number_add_count(b, of);
	}
	if (d->style.view == VIEW_DAY && first < d->papers.n)
		strbuf_addf(
		    b, " · <a href=\"#first\">%zu to read first</a>", first);
	strbuf_addstr(b, "</p>\n");
}

static const char *const level_classes[] = {
    [NOTICE_INFO] = "info",
    [NOTICE_WARNING] = "warning",
    [NOTICE_OUTAGE] = "outage",
};

static void
add_notice(struct strbuf *b, const struct digest_notice *n)
{
	strbuf_addf(b, "<p class=\"%s\"><b>%s:</b> ", level_classes[n->level],
	    digest_level_name(n->level));
	escape_html(b, n->text);
	strbuf_addstr(b, "</p>\n");
}

/* The worst come first; of an archive of years the rest is folded. */
static void
add_notices(struct strbuf *b, const struct digest *d)
{
	size_t i, shown = d->nnotices;

	if (d->nnotices == 0)
		return;
	if (shown > NOTICES_MAX)
		shown = NOTICES_MAX - 1;
	strbuf_addstr(b, "<section class=\"notices\" aria-label=\"Health\">\n");
	for (i = 0; i < shown; i++)
		add_notice(b, &d->notices[i]);
	if (i < d->nnotices) {
		strbuf_addf(b, "<details>\n<summary>%zu more</summary>\n",
		    d->nnotices - i);
		for (; i < d->nnotices; i++)
			add_notice(b, &d->notices[i]);
		strbuf_addstr(b, "</details>\n");
	}
	strbuf_addstr(b, "</section>\n");
}

void
html_masthead(struct strbuf *b, const struct digest *d)
{
	strbuf_addstr(b, "<header class=\"masthead\">\n<div class=\"lead\">\n");
	add_nav(b, d);
	add_heading(b, d);
	add_sum(b, d);
	strbuf_addstr(b, "</div>\n");
	/* The index has a search of its own. */
	if (d->papers.n > 0 && d->style.view != VIEW_INDEX)
		html_toolbar(b, d);
	strbuf_addstr(b, "</header>\n");
	add_notices(b, d);
}

void
html_empty_reason(struct strbuf *b, const struct digest *d)
{
	if (d->empty_reason.n == 0)
		return;
	strbuf_addf(b, "<div class=\"verdict\">\n<p><b>%s</b></p>\n<p>",
	    entry_verdict(d));
	escape_html(b, d->empty_reason);
	strbuf_addstr(b,
	    d->outage ? "</p>\n<p>Run it again later: what was fetched and "
			"scored is kept.</p>\n</div>\n"
		      : "</p>\n</div>\n");
}

static void
add_unscored(struct strbuf *b, const struct digest_unscored *u)
{
	escape_html_in(b, "<li><a href=\"", u->url, "\">");
	escape_html(b, u->title.n > 0 ? u->title : u->id);
	escape_html_in(b, "</a> <code>", u->code, "</code> ");
	escape_html(b, u->detail);
	strbuf_addstr(b, "</li>\n");
}

void
html_unscored(struct output *out, const struct digest *d)
{
	struct strbuf *b = &out->buf;

	if (d->nunscored == 0)
		return;
	strbuf_addf(b,
	    "<details class=\"unscored\"%s>\n<summary><h2>Papers that could "
	    "not be scored (%zu)</h2></summary>\n<ul>\n",
	    d->nunscored <= OPEN_MAX_ITEMS ? " open" : "", d->nunscored);
	for (size_t i = 0; i < d->nunscored; i++) {
		add_unscored(b, &d->unscored[i]);
		render_spill(out);
	}
	strbuf_addstr(b, "</ul>\n</details>\n");
}
