/* SPDX-License-Identifier: ISC */
/* What stands above the papers: where and when, how much, how well. */
#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include "common/base/number.h"
#include "formats/entry.h"
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

void
html_day_url(struct strbuf *b, const struct digest_day *day)
{
	escape_html(b, day->date);
	strbuf_addstr(b, ".html");
}

void
html_month_url(struct strbuf *b, struct ymd month)
{
	strbuf_addf(b, "%04d/%02d/index.html", month.year, month.month);
}

/* "Friday 17 October 2025", for people, above the date for machines. */
static void
add_kicker(struct strbuf *b, const struct digest *d)
{
	struct ymd when;
	day_t day;

	if (d->style.view != VIEW_DAY || d->date.n != 10 ||
	    !day_parse(d->date.p, &day))
		return;
	when = day_to_ymd(day);
	strbuf_addf(b, "<p class=\"kicker\">%s %d %s %d</p>\n",
	    weekday_name(day_weekday(day)), when.day, month_name(when.month),
	    when.year);
}

static void
add_heading(struct strbuf *b, const struct digest *d)
{
	strbuf_addstr(b, "<h1>");
	escape_html(b, d->title);
	if (d->date.n > 0)
		escape_html_in(b, " <span class=\"date\">", d->date, "</span>");
	strbuf_addstr(b, "</h1>\n");
}

static void
add_tokens(struct strbuf *b, const struct digest_usage *u, uint64_t n)
{
	if (u->tokens_known)
		strbuf_addf(b, "<td>%" PRIu64 "</td>\n", n);
	else
		strbuf_addstr(b, "<td class=\"no\">not reported</td>\n");
}

/* known: a service may tell the sum alone. */
static void
add_cost(struct strbuf *b, const struct digest_usage *u, bool known, double usd)
{
	if (!u->priced) {
		strbuf_addstr(b, "<td class=\"no\">unpriced</td>\n");
		return;
	}
	strbuf_addstr(b, "<td>");
	if (known)
		entry_cost(b, u, usd);
	else
		strbuf_addstr(b, "\xe2\x80\x93");
	strbuf_addstr(b, "</td>\n");
}

static void
add_usage(struct strbuf *b, const struct digest *d)
{
	const struct digest_usage *u = &d->usage;

	if (!u->known || !u->llm)
		return;
	strbuf_addstr(b,
	    "<table class=\"usage\">\n<caption>What the model read and what it "
	    "cost</caption>\n<thead><tr>\n<th scope=\"col\">[");
	escape_html(b, u->model);
	strbuf_addstr(b,
	    "]</th>\n<th scope=\"col\">Prompt</th>\n"
	    "<th scope=\"col\">Completion</th>\n<th scope=\"col\">Total</th>\n"
	    "</tr></thead>\n<tbody>\n<tr>\n<th scope=\"row\">Token</th>\n");
	add_tokens(b, u, u->prompt);
	add_tokens(b, u, u->completion);
	add_tokens(b, u, u->prompt + u->completion);
	strbuf_addstr(b, "</tr>\n<tr>\n<th scope=\"row\">Cost</th>\n");
	add_cost(b, u, u->split, u->cost_prompt);
	add_cost(b, u, u->split, u->cost_completion);
	add_cost(b, u, true, u->cost);
	strbuf_addstr(b, "</tr>\n</tbody>\n</table>\n");
}

static void
add_total(struct strbuf *b, const char *name, bool known, uint64_t n)
{
	strbuf_addf(b, "<p><span>%s<i>:</i></span> <b>", name);
	if (known)
		strbuf_addf(b, "%" PRIu64, n);
	else
		strbuf_addstr(b, "\xe2\x80\x93");
	strbuf_addstr(b, "</b></p>\n");
}

static void
add_totals(struct strbuf *b, const struct digest *d)
{
	const struct digest_totals *t = &d->totals;

	strbuf_addstr(b, "<div class=\"totals\">\n");
	if (t->arxiv_known)
		add_total(b, "Total arXiv papers", true, t->arxiv);
	if (d->style.view == VIEW_LIST) {
		add_total(b, "Papers found", true, t->relevant);
	} else {
		add_total(
		    b, "Total scanned papers", t->scanned_known, t->scanned);
		add_total(
		    b, "Total relevant papers", t->relevant_known, t->relevant);
	}
	strbuf_addstr(b, "</div>\n");
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

/* How much of the digest each topic has.  A bar is an SVG since no style
 * attribute may tell its length. */
static void
add_topics(struct strbuf *b, const struct digest *d)
{
	const struct digest_topic *t;
	size_t most = 1;

	if (d->ntopics == 0)
		return;
	for (size_t i = 0; i < d->ntopics; i++)
		if (d->topics[i].all > most)
			most = d->topics[i].all;
	strbuf_addstr(b,
	    "<section class=\"topics\" aria-label=\"Topics\">\n"
	    "<h2>Topic coverage</h2>\n<ul>\n");
	for (size_t i = 0; i < d->ntopics; i++) {
		t = &d->topics[i];
		escape_html_in(b, "<li data-topic=\"", t->label, "\"><span>");
		escape_html(b, t->label);
		strbuf_addf(b,
		    "</span> <svg viewBox=\"0 0 100 4\" "
		    "preserveAspectRatio=\"none\" aria-hidden=\"true\">"
		    "<rect width=\"%zu\" height=\"4\"/></svg> <b>%zu</b></li>\n",
		    t->all * 100 / most, t->all);
	}
	strbuf_addstr(b, "</ul>\n</section>\n");
}

void
html_masthead(struct strbuf *b, const struct digest *d)
{
	strbuf_addstr(b, "<header class=\"masthead\">\n");
	add_nav(b, d);
	strbuf_addstr(b, "<div class=\"name\">\n");
	add_kicker(b, d);
	add_heading(b, d);
	strbuf_addstr(b, "</div>\n");
	/* An outage leads; other notices stand under what they are about. */
	if (d->outage)
		add_notices(b, d);
	strbuf_addstr(b, "<div class=\"facts\">\n");
	add_usage(b, d);
	add_totals(b, d);
	strbuf_addstr(b, "</div>\n");
	if (!d->outage)
		add_notices(b, d);
	add_topics(b, d);
	strbuf_addstr(b, "</header>\n");
}

void
html_empty_reason(struct strbuf *b, const struct digest *d)
{
	if (d->empty_reason.n == 0)
		return;
	strbuf_addf(b, "<div class=\"verdict\">\n<p><b>%s</b></p>\n<p>",
	    entry_verdict(d));
	escape_html(b, d->empty_reason);
	strbuf_addstr(b, "</p>\n</div>\n");
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
