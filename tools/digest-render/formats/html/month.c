/* SPDX-License-Identifier: ISC */
/*
 * A month: its calendar, what its days brought and cost, the best of each
 * group in full, and every paper in a line.
 */
#include "common/base/number.h"
#include "formats/entry.h"
#include "formats/html/html.h"
#include "formats/render.h"
#include "text/escape.h"

#define BEST_MAX    5 /* of a group */
#define GROUPS_MAX  12
/* Of a month whose papers have no topics. */
#define BEST_OF_ALL 15
/* Shades of a day's number; the first is for none. */
#define SHADES	    5

static size_t
most_papers(const struct digest *d)
{
	size_t most = 1;

	for (size_t i = 0; i < d->ndays; i++)
		if (d->days[i].papers.n > most)
			most = d->days[i].papers.n;
	return most;
}

static int
shade(size_t n, size_t most)
{
	return n == 0 ? 0 : 1 + (int)((n * (SHADES - 1) - 1) / most);
}

/* A day without a page is no link. */
static void
add_known_day(
    struct strbuf *b, const struct digest_day *day, int number, size_t most)
{
	bool link = digest_day_has_page(day);

	strbuf_addf(b, "<td class=\"h%d %s\">", shade(day->papers.n, most),
	    digest_state_class(day->state));
	if (link) {
		strbuf_addstr(b, "<a href=\"");
		html_day_url(b, day);
		strbuf_addstr(b, "\">");
	}
	strbuf_addf(b, "%d", number);
	strbuf_addstr(b, " <b>");
	html_day_count(b, day);
	strbuf_addstr(b, "</b>");
	if (day->state != DAY_READ)
		strbuf_addf(b, " <i>%s</i>", digest_state_label(day->state));
	strbuf_addstr(b, link ? "</a></td>\n" : "</td>\n");
}

static void
add_weeks(struct strbuf *b, const struct digest *d, struct ymd month)
{
	day_t first = day_from_ymd(month.year, month.month, 1);
	/* Weeks begin on Monday, as in ISO 8601. */
	day_t day = first - (day_weekday(first) + 6) % 7;
	const struct digest_day *known;
	size_t most = most_papers(d);
	struct ymd when;
	bool within = true;

	while (within) {
		strbuf_addstr(b, "<tr>\n");
		for (int i = 0; i < 7; i++, day++) {
			when = day_to_ymd(day);
			if (when.month != month.month)
				strbuf_addstr(b, "<td></td>\n");
			else if ((known = digest_find_day(d, day)) != NULL)
				add_known_day(b, known, when.day, most);
			else
				strbuf_addf(b, "<td class=\"none\">%d</td>\n",
				    when.day);
		}
		strbuf_addstr(b, "</tr>\n");
		within = day_to_ymd(day).month == month.month;
	}
}

static void
add_month(struct strbuf *b, const struct digest *d, struct ymd month)
{
	strbuf_addf(b,
	    "<table class=\"calendar\">\n<caption>%s %d</caption>\n"
	    "<thead><tr>\n",
	    month_name(month.month), month.year);
	for (int i = 0; i < 7; i++)
		strbuf_addf(b, "<th scope=\"col\">%.3s</th>\n",
		    weekday_name((i + 1) % 7));
	strbuf_addstr(b, "</tr></thead>\n<tbody>\n");
	add_weeks(b, d, month);
	strbuf_addstr(b, "</tbody>\n</table>\n");
}

/* The months that the digest's days lie in. */
static void
add_calendar(struct strbuf *b, const struct digest *d)
{
	struct ymd last = {0, 0, 0}, month;

	for (size_t i = 0; i < d->ndays; i++) {
		if (!d->days[i].dated)
			continue;
		month = day_to_ymd(d->days[i].day);
		if (month.year != last.year || month.month != last.month)
			add_month(b, d, month);
		last = month;
	}
}

/* The rest of the group is below, in lines. */
static void
add_best(
    struct output *out, const struct digest *d, const struct digest_group *g)
{
	struct strbuf *b = &out->buf;
	size_t most = g->label.n > 0 ? BEST_MAX : BEST_OF_ALL;

	strbuf_addstr(b, "<section class=\"group\">\n<h2>");
	escape_html(
	    b, g->label.n > 0 ? g->label : SLICE_LIT("Best of the month"));
	strbuf_addstr(b, "</h2>\n");
	for (size_t i = 0; i < g->papers.n && i < most; i++)
		html_paper(b, d, g->papers.v[i], HTML_CARD, 3);
	strbuf_addstr(b, "</section>\n");
	render_spill(out);
}

static void
add_line(struct strbuf *b, const struct digest_paper *p)
{
	strbuf_addstr(b, "<li");
	html_data(b, p);
	strbuf_addstr(b, "><b>");
	number_add_or_dash(b, p->has_relevance, p->relevance);
	strbuf_addstr(b, "·");
	number_add_or_dash(b, p->has_novelty, p->novelty);
	escape_html_in(b, "</b> <a class=\"title\" href=\"", p->url,
	    "\" rel=\"noopener\">");
	escape_html(b, p->title);
	strbuf_addstr(b, "</a>\n<span class=\"authors\">");
	entry_list(b, &p->authors);
	strbuf_addstr(b, "</span></li>\n");
}

static void
add_day_lines(struct output *out, const struct digest_day *day)
{
	struct strbuf *b = &out->buf;

	strbuf_addstr(b, "<section class=\"lines-of\">\n<h3>");
	if (day->dated) {
		strbuf_addstr(b, "<a href=\"");
		html_day_url(b, day);
		escape_html_in(b, "\">", day->date, "</a>");
	} else {
		strbuf_addstr(b, "Without a date");
	}
	strbuf_addstr(b, " <span>(");
	html_day_count(b, day);
	if (day->state != DAY_READ)
		strbuf_addf(b, ", <em>%s</em>", digest_state_label(day->state));
	strbuf_addstr(b, ")</span></h3>\n");
	strbuf_addstr(b, "<ul>\n");
	for (size_t i = 0; i < day->papers.n; i++) {
		add_line(b, day->papers.v[i]);
		render_spill(out);
	}
	strbuf_addstr(b, "</ul>\n</section>\n");
}

void
html_month(struct output *out, const struct digest *d)
{
	struct strbuf *b = &out->buf;

	strbuf_addstr(b, "<div class=\"overview\">\n");
	add_calendar(b, d);
	strbuf_addstr(b, "<div>\n");
	html_day_bars(b, d);
	html_cost_bars(b, d);
	strbuf_addstr(b, "</div>\n</div>\n");
	strbuf_addstr(b, "<div class=\"narrow\">\n");
	if (d->papers.n > 0) {
		html_toolbar(b, d);
		for (size_t i = 0; i < d->ngroups && i < GROUPS_MAX; i++)
			add_best(out, d, &d->groups[i]);
		strbuf_addstr(
		    b, "<h2 class=\"part\">Every paper, by day</h2>\n");
	}
	for (size_t i = d->ndays; i-- > 0;)
		if (!d->days[i].dated || digest_day_has_page(&d->days[i]))
			add_day_lines(out, &d->days[i]);
	strbuf_addstr(b, "</div>\n");
}
