/* SPDX-License-Identifier: ISC */
/* Weeks, months and the whole archive: what the days held, and the papers in a
 * few lines each. */
#include <inttypes.h>

#include "common/base/number.h"
#include "formats/markdown/markdown.h"
#include "formats/render.h"

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

	markdown_title(m, p);
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
		markdown_section(m, g);
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
