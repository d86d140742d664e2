/* SPDX-License-Identifier: ISC */
/* Weeks, months and the whole archive: what the days held, and the papers in
 * a few lines each. */
#include <inttypes.h>
#include <string.h>

#include "formats/markdown/markdown.h"

static void
add_count(struct strbuf *b, bool known, uint64_t n)
{
	if (known)
		strbuf_addf(b, "%" PRIu64, n);
	else
		strbuf_addstr(b, "\xe2\x80\x93");
}

static void
add_day_cost(struct strbuf *b, const struct digest_usage *u)
{
	if (!u->known || !u->llm)
		strbuf_addstr(b, "\xe2\x80\x93");
	else if (!u->priced)
		strbuf_addstr(b, "unpriced");
	else
		render_cost(b, u->cost);
}

static void
add_days(struct markdown *m)
{
	const struct digest_day *day;
	size_t i;

	strbuf_addstr(m->b,
	    "| Day | arXiv | Scanned | Relevant | Not scored | Cost |\n"
	    "|:---:|------:|--------:|---------:|-----------:|-----:|\n");
	for (i = 0; i < m->d->ndays; i++) {
		day = &m->d->days[i];
		strbuf_addf(m->b, "| %s%s | ",
		    day->dated ? day->date.p : "no date",
		    day->broken ? " (outage)" : "");
		add_count(m->b, day->arxiv_known, day->arxiv);
		strbuf_addf(m->b,
		    " | %" PRIu64 " | %" PRIu64 " | %" PRIu64 " | ",
		    day->scanned_known ? day->scanned : day->read,
		    day->relevant, day->unscored);
		add_day_cost(m->b, &day->usage);
		strbuf_addstr(m->b, " |\n");
	}
	strbuf_addch(m->b, '\n');
}

static void
add_cell(struct markdown *m, day_t day)
{
	const struct digest_day *found = NULL;
	size_t i;

	for (i = 0; i < m->d->ndays; i++)
		if (m->d->days[i].dated && m->d->days[i].day == day)
			found = &m->d->days[i];
	strbuf_addf(m->b, "%d", day_to_ymd(day).day);
	if (found != NULL)
		strbuf_addf(m->b, "<br>**%" PRIu64 "**%s", found->relevant,
		    found->broken ? " outage" : "");
}

/* Weeks begin on Sunday, as in the pages of old. */
static void
add_calendar(struct markdown *m, struct ymd month)
{
	day_t first = day_from_ymd(month.year, month.month, 1), day = first;
	int column;

	strbuf_addf(m->b, "**%04d-%02d** (papers found relevant)\n\n",
	    month.year, month.month);
	strbuf_addstr(m->b,
	    "| Sun | Mon | Tue | Wed | Thu | Fri | Sat |\n"
	    "|:---:|:---:|:---:|:---:|:---:|:---:|:---:|\n");
	while (day_to_ymd(day).month == month.month) {
		strbuf_addch(m->b, '|');
		for (column = 0; column < 7; column++) {
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
	size_t i;

	for (i = 0; i < m->d->ndays; i++) {
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
	uint64_t read, relevant;
	size_t i, days;

	strbuf_addstr(m->b,
	    "| Month | Days | Scanned | Relevant |\n"
	    "|:-----:|-----:|--------:|---------:|\n");
	for (i = 0; i < m->d->ndays; i += days) {
		read = relevant = 0;
		for (days = 0; i + days < m->d->ndays; days++) {
			day = &m->d->days[i + days];
			if (!same_month(&m->d->days[i], day))
				break;
			read += day->scanned_known ? day->scanned : day->read;
			relevant += day->relevant;
		}
		day = &m->d->days[i];
		strbuf_addf(m->b,
		    "| %.7s | %zu | %" PRIu64 " | %" PRIu64 " |\n",
		    day->dated ? day->date.p : "no date", days, read, relevant);
	}
	strbuf_addch(m->b, '\n');
}

static void
add_paper(struct markdown *m, const struct digest_paper *p, size_t number)
{
	const struct digest_day *day = &m->d->days[p->day];

	strbuf_addf(m->b, "### %zu. ", number);
	markdown_link(m, p);
	strbuf_addf(m->b, " <a id=\"%s\"></a>\n\n", p->anchor.p);
	if (p->has_relevance && p->has_novelty) {
		strbuf_addstr(m->b, "**Score:** ");
		render_number(m->b, p->relevance + p->novelty);
		strbuf_addstr(m->b, " (R=");
		render_number(m->b, p->relevance);
		strbuf_addstr(m->b, ", N=");
		render_number(m->b, p->novelty);
		strbuf_addstr(m->b, ")\n");
	} else if (p->scored) {
		strbuf_addstr(m->b, "**Score:** R=");
		render_axis(m->b, p->has_relevance, p->relevance);
		strbuf_addstr(m->b, ", N=");
		render_axis(m->b, p->has_novelty, p->novelty);
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
add_groups(struct markdown *m)
{
	const struct digest_group *g;
	size_t i, j;

	for (i = 0; i < m->d->ngroups; i++) {
		g = &m->d->groups[i];
		strbuf_addstr(m->b, "## ");
		m->name(m->b, g->label.n > 0 ? g->label : SLICE_LIT("Papers"));
		strbuf_addf(m->b, " (%zu) <a id=\"%s\"></a>\n\n", g->papers.n,
		    g->anchor.p);
		for (j = 0; j < g->papers.n; j++) {
			add_paper(m, g->papers.v[j], j + 1);
			render_spill(m->out);
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
	add_groups(m);
	markdown_unscored(m);
}
