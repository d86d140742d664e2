/* SPDX-License-Identifier: ISC */
/*
 * A month: its calendar, what its days brought and cost, the best of each
 * group in full, and every paper in a line.
 */
#include "formats/html/chart.h"
#include "text/escape.h"
#include "formats/html/html.h"
#include "formats/render.h"

#define BEST_MAX    5 /* of a group */
#define GROUPS_MAX  12
/* Of a month whose papers have no topics. */
#define BEST_OF_ALL 15

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
		html_paper(b, d, g->papers.v[i], 3);
	strbuf_addstr(b, "</section>\n");
	render_spill(out);
}

static void
add_line(struct strbuf *b, const struct digest_paper *p)
{
	strbuf_addstr(b, "<li");
	html_data(b, p);
	strbuf_addstr(b, "><b>");
	render_axis(b, p->has_relevance, p->relevance);
	strbuf_addstr(b, "·");
	render_axis(b, p->has_novelty, p->novelty);
	strbuf_addstr(b, "</b> <a class=\"title\" href=\"");
	escape_html(b, p->url);
	strbuf_addstr(b, "\" rel=\"noopener\">");
	escape_html(b, p->title);
	strbuf_addstr(b, "</a>\n<span class=\"authors\">");
	html_list(b, &p->authors);
	strbuf_addstr(b, "</span></li>\n");
}

static void
add_day(struct output *out, const struct digest_day *day)
{
	struct strbuf *b = &out->buf;

	strbuf_addstr(b, "<section class=\"lines-of\">\n<h3>");
	if (day->dated) {
		strbuf_addstr(b, "<a href=\"");
		html_day_url(b, day);
		strbuf_addstr(b, "\">");
		escape_html(b, day->date);
		strbuf_addstr(b, "</a>");
	} else {
		strbuf_addstr(b, "Without a date");
	}
	strbuf_addstr(b, " <span>(");
	render_plural(b, day->papers.n, "paper", "papers");
	strbuf_addstr(b,
	    day->broken ? ", <em>outage</em>)</span></h3>\n"
			: ")</span></h3>\n");
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
	html_calendar(b, d);
	strbuf_addstr(b, "<div>\n");
	chart_days(b, d);
	chart_costs(b, d);
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
		add_day(out, &d->days[i]);
	strbuf_addstr(b, "</div>\n");
}
