/* SPDX-License-Identifier: ISC */
/*
 * The other layouts.  By topic: a table of usage beside the counts, the
 * coverage of topics, contents and papers in sections.  Weeks, months and the
 * whole archive: what the days held, and the papers in a few lines each.
 */
#include <inttypes.h>
#include <string.h>

#include "common/base/number.h"
#include "formats/entry.h"
#include "formats/markdown/markdown.h"
#include "text/escape.h"

static void
add_total(struct strbuf *b, bool known, uint64_t n)
{
	strbuf_addstr(b, "<td rowspan=\"2\" align=\"center\">");
	markdown_count(b, known, n);
	strbuf_addstr(b, "</td>");
}

static void
add_tokens(struct strbuf *b, const struct digest *d, uint64_t n)
{
	strbuf_addstr(b, "<td align=\"center\">");
	markdown_tokens(b, d, n);
	strbuf_addstr(b, "</td>");
}

static void
add_cost(struct strbuf *b, const struct digest *d, bool known, double usd)
{
	strbuf_addstr(b, "<td align=\"center\">");
	if (d->usage.priced && known && d->style.verbatim)
		strbuf_addf(b, "$%.2f", usd);
	else
		markdown_cost(b, d, known, usd);
	strbuf_addstr(b, "</td>");
}

/* HTML, since Markdown's tables know no spans; without blank lines, at which
 * an HTML block would end. */
static void
add_table(struct markdown *m)
{
	const struct digest_usage *u = &m->d->usage;
	const struct digest_totals *t = &m->d->totals;
	struct strbuf *b = m->b;

	if (!u->known || !u->llm) {
		markdown_totals(m);
		return;
	}
	strbuf_addstr(b,
	    "<table>\n<thead>\n<tr><th rowspan=\"2\">Model</th>"
	    "<th rowspan=\"2\">Metric</th><th colspan=\"3\">Usage</th>"
	    "<th colspan=\"3\">Papers</th></tr>\n"
	    "<tr><th>Prompt</th><th>Completion</th><th>Total</th>"
	    "<th>Total arXiv</th><th>Scanned</th><th>Relevant</th></tr>\n"
	    "</thead>\n<tbody>\n<tr><td rowspan=\"2\">");
	escape_html(b, u->model);
	strbuf_addstr(b, "</td><td><b>Tokens</b></td>");
	add_tokens(b, m->d, u->prompt);
	add_tokens(b, m->d, u->completion);
	add_tokens(b, m->d, u->prompt + u->completion);
	add_total(b, t->arxiv_known, t->arxiv);
	add_total(b, t->scanned_known, t->scanned);
	add_total(b, t->relevant_known, t->relevant);
	strbuf_addstr(b, "</tr>\n<tr><td><b>Cost</b></td>");
	add_cost(b, m->d, u->split, u->cost_prompt);
	add_cost(b, m->d, u->split, u->cost_completion);
	add_cost(b, m->d, true, u->cost);
	strbuf_addstr(b, "</tr>\n</tbody>\n</table>\n\n");
}

static void
add_coverage(struct markdown *m)
{
	const struct digest_topic *t;

	if (m->d->ntopics == 0)
		return;
	strbuf_addstr(m->b,
	    "**Topic Coverage:**\n\n<table>\n<thead>\n<tr><th>Topic</th>"
	    "<th>Papers</th><th>Also matching</th></tr>\n</thead>\n"
	    "<tbody>\n");
	for (size_t i = 0; i < m->d->ntopics; i++) {
		t = &m->d->topics[i];
		strbuf_addstr(m->b, "<tr><td>");
		escape_html(m->b, t->label);
		strbuf_addf(m->b,
		    "</td><td align=\"center\">%zu</td>"
		    "<td align=\"center\">%zu</td></tr>\n",
		    t->primary, t->all - t->primary);
	}
	strbuf_addstr(m->b, "</tbody>\n</table>\n\n");
}

static void
add_label(struct markdown *m, const struct digest_group *g)
{
	m->name(m->b, g->label.n > 0 ? g->label : SLICE_LIT("Papers"));
}

static void
add_contents(struct markdown *m)
{
	const struct digest_group *g;
	const struct digest_paper *p;

	strbuf_addstr(m->b, "**Table of contents by topic:**\n\n");
	for (size_t i = 0; i < m->d->ngroups; i++) {
		g = &m->d->groups[i];
		strbuf_addstr(m->b, "## [");
		add_label(m, g);
		strbuf_addf(m->b, "](#%s) ", g->anchor.p);
		entry_group_size(m->b, g);
		strbuf_addstr(m->b, "\n\n");
		for (size_t j = 0; j < g->papers.n; j++) {
			p = g->papers.v[j];
			strbuf_addf(m->b, "%zu. [", p->number);
			m->name(m->b, p->title);
			strbuf_addf(m->b, "](#%s)\n", p->anchor.p);
		}
		strbuf_addch(m->b, '\n');
		render_spill(m->out);
	}
	strbuf_addstr(m->b, "---\n\n");
}

/* "## moe (8) <a id="topic-moe"></a>" */
static void
add_section(struct markdown *m, const struct digest_group *g)
{
	strbuf_addstr(m->b, "## ");
	add_label(m, g);
	strbuf_addch(m->b, ' ');
	entry_group_size(m->b, g);
	strbuf_addf(m->b, " <a id=\"%s\"></a>\n\n", g->anchor.p);
}

static void
add_group(struct markdown *m, const struct digest_group *g)
{
	const struct digest_paper *p;

	add_section(m, g);
	for (size_t i = 0; i < g->papers.n; i++) {
		p = g->papers.v[i];
		render_spill(m->out);
		strbuf_addf(m->b, "### %zu. ", p->number);
		markdown_link(m, p);
		strbuf_addf(m->b, " <a id=\"%s\"></a>\n\n", p->anchor.p);
		markdown_paper(m, p);
		strbuf_addstr(m->b, "---\n\n");
	}
}

void
markdown_grouped(struct markdown *m)
{
	markdown_nav(m);
	markdown_heading(m);
	markdown_notices(m);
	add_table(m);
	add_coverage(m);
	markdown_empty_reason(m);
	if (m->d->papers.n > 0)
		add_contents(m);
	for (size_t i = 0; i < m->d->ngroups; i++)
		add_group(m, &m->d->groups[i]);
	markdown_unscored(m);
	markdown_prompt(m);
}

static void
add_day_cost(struct strbuf *b, const struct digest_usage *u)
{
	if (!u->known || !u->llm)
		strbuf_addstr(b, "\xe2\x80\x93");
	else
		entry_cost(b, u, u->cost);
}

/* " (outage)", for what is not an ordinary day. */
static void
add_state(struct strbuf *b, const char *before, enum day_state state,
    const char *after)
{
	if (state != DAY_READ)
		strbuf_addf(
		    b, "%s%s%s", before, digest_state_label(state), after);
}

static void
add_days(struct markdown *m)
{
	const struct digest_day *day;
	struct strbuf *b = m->b;

	strbuf_addstr(b,
	    "| Day | arXiv | Scanned | Relevant | Not scored | Cost |\n"
	    "|:---:|------:|--------:|---------:|-----------:|-----:|\n");
	for (size_t i = 0; i < m->d->ndays; i++) {
		day = &m->d->days[i];
		strbuf_addf(b, "| %s", day->dated ? day->date.p : "no date");
		add_state(b, " (", day->state, ")");
		strbuf_addstr(b, " | ");
		markdown_count(b, day->arxiv_known, day->arxiv);
		strbuf_addstr(b, " | ");
		markdown_count(b, day->scanned_known, day->scanned);
		strbuf_addstr(b, " | ");
		markdown_count(b, day->relevant_known, day->relevant);
		strbuf_addstr(b, " | ");
		markdown_count(b, day->scanned_known, day->unscored);
		strbuf_addstr(b, " | ");
		add_day_cost(b, &day->usage);
		strbuf_addstr(b, " |\n");
	}
	strbuf_addch(b, '\n');
}

static void
add_cell(struct markdown *m, day_t day)
{
	const struct digest_day *found = digest_find_day(m->d, day);

	strbuf_addf(m->b, "%d", day_to_ymd(day).day);
	if (found == NULL)
		return;
	strbuf_addstr(m->b, "<br>**");
	markdown_count(m->b, found->relevant_known, found->relevant);
	strbuf_addstr(m->b, "**");
	add_state(m->b, " ", found->state, "");
}

/* Weeks begin on Sunday, as in older pages. */
static void
add_calendar(struct markdown *m, struct ymd month)
{
	day_t first = day_from_ymd(month.year, month.month, 1), day = first;

	strbuf_addf(m->b, "**%04d-%02d** (papers found relevant)\n\n",
	    month.year, month.month);
	strbuf_addstr(m->b,
	    "| Sun | Mon | Tue | Wed | Thu | Fri | Sat |\n"
	    "|:---:|:---:|:---:|:---:|:---:|:---:|:---:|\n");
	while (day_to_ymd(day).month == month.month) {
		strbuf_addch(m->b, '|');
		for (int column = 0; column < 7; column++) {
			strbuf_addch(m->b, ' ');
			if (day_weekday(day) == column &&
			    day_to_ymd(day).month == month.month)
				add_cell(m, day++);
			strbuf_addstr(m->b, " |");
		}
		strbuf_addch(m->b, '\n');
	}
	strbuf_addch(m->b, '\n');
}

static bool
same_month(const struct digest_day *a, const struct digest_day *b)
{
	return a->dated == b->dated &&
	    (!a->dated || memcmp(a->date.p, b->date.p, 7) == 0);
}

static void
add_calendars(struct markdown *m)
{
	const struct digest_day *day;

	for (size_t i = 0; i < m->d->ndays; i++) {
		day = &m->d->days[i];
		if (day->dated &&
		    (i == 0 || !same_month(&m->d->days[i - 1], day)))
			add_calendar(m, day_to_ymd(day->day));
	}
}

static void
add_months(struct markdown *m)
{
	const struct digest_day *day;
	uint64_t scanned, relevant;
	size_t at, days;

	strbuf_addstr(m->b,
	    "| Month | Days | Scanned | Relevant |\n"
	    "|:-----:|-----:|--------:|---------:|\n");
	for (at = 0; at < m->d->ndays;) {
		const struct digest_day *first = &m->d->days[at];

		scanned = relevant = days = 0;
		for (; at < m->d->ndays; at++) {
			day = &m->d->days[at];
			if (!same_month(first, day))
				break;
			scanned += day->scanned;
			relevant += day->relevant;
			days +=
			    day->state == DAY_READ || day->state == DAY_PART;
		}
		strbuf_addf(m->b,
		    "| %.7s | %zu | %" PRIu64 " | %" PRIu64 " |\n",
		    first->dated ? first->date.p : "no date", days, scanned,
		    relevant);
	}
	strbuf_addch(m->b, '\n');
}

static void
add_short(struct markdown *m, const struct digest_paper *p)
{
	const struct digest_day *day = &m->d->days[p->day];

	strbuf_addf(m->b, "### %zu. ", p->number);
	markdown_link(m, p);
	strbuf_addf(m->b, " <a id=\"%s\"></a>\n\n", p->anchor.p);
	if (p->has_relevance && p->has_novelty) {
		strbuf_addstr(m->b, "**Score:** ");
		number_add(m->b, p->relevance + p->novelty);
		strbuf_addstr(m->b, " (R=");
		number_add(m->b, p->relevance);
		strbuf_addstr(m->b, ", N=");
		number_add(m->b, p->novelty);
		strbuf_addstr(m->b, ")\n");
	} else if (p->scored) {
		strbuf_addstr(m->b, "**Score:** R=");
		number_add_or_dash(m->b, p->has_relevance, p->relevance);
		strbuf_addstr(m->b, ", N=");
		number_add_or_dash(m->b, p->has_novelty, p->novelty);
		strbuf_addch(m->b, '\n');
	}
	if (day->dated)
		strbuf_addf(m->b, "**Date:** %s\n", day->date.p);
	strbuf_addstr(m->b, "**Authors:** ");
	markdown_list(m, &p->authors);
	if (p->comment.n > 0) {
		strbuf_addstr(m->b, "\n**Comment:** ");
		m->text(m->b, p->comment);
	}
	strbuf_addstr(m->b, "\n\n");
}

static void
add_short_groups(struct markdown *m)
{
	const struct digest_group *g;

	for (size_t i = 0; i < m->d->ngroups; i++) {
		g = &m->d->groups[i];
		add_section(m, g);
		for (size_t j = 0; j < g->papers.n; j++) {
			render_spill(m->out);
			add_short(m, g->papers.v[j]);
		}
	}
}

void
markdown_span(struct markdown *m)
{
	markdown_top(m);
	if (m->d->style.view == VIEW_MONTH)
		add_calendars(m);
	if (m->d->style.view == VIEW_INDEX) {
		add_months(m);
		return;
	}
	add_days(m);
	add_short_groups(m);
	markdown_unscored(m);
}
