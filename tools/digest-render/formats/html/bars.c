/* SPDX-License-Identifier: ISC */
/* Charts with a bar for every day. */
#include <inttypes.h>
#include <string.h>

#include "formats/html/chart.h"
#include "text/escape.h"
#include "formats/html/html.h"
#include "formats/render.h"

#define WIDTH  720
#define HEIGHT 150
#define TOP    18
#define BOTTOM 22
#define LEFT   6

/* One chart: what a day's bar is as high as, and how that is written. */
struct bars {
	const char *title;
	double (*value)(const struct digest_day *day);
	void (*write)(struct strbuf *b, double v);
};

static double
papers_of(const struct digest_day *day)
{
	return (double)day->papers.n;
}

static void
write_papers(struct strbuf *b, double v)
{
	render_plural(b, (uint64_t)v, "paper", "papers");
}

static double
cost_of(const struct digest_day *day)
{
	return day->usage.known && day->usage.priced ? day->usage.cost : 0;
}

static const struct bars papers_bars = {
    "Papers per day", papers_of, write_papers};
static const struct bars cost_bars = {"Cost per day", cost_of, render_cost};

static void
add_words(struct strbuf *b, const struct bars *c, const struct digest_day *day)
{
	escape_html(b, day->date);
	strbuf_addstr(b, ": ");
	c->write(b, c->value(day));
	if (day->broken)
		strbuf_addstr(b, ", outage");
}

/* The day of the month, and with few bars the month too. */
static void
add_tick(struct strbuf *b, const struct digest *d, const struct digest_day *day,
    double x)
{
	bool whole = d->ndays <= 10;
	size_t skip = whole ? 5 : 8;

	if (day->date.n != 10 || d->ndays > 40)
		return;
	strbuf_addf(b, "<text x=\"%.1f\" y=\"%d\">", x, HEIGHT - 6);
	escape_html(b, (struct slice) {day->date.p + skip, day->date.n - skip});
	strbuf_addstr(b, "</text>\n");
}

static void
add_bar(struct strbuf *b, const struct digest *d, const struct bars *c,
    const struct digest_day *day, double x, double step, double most)
{
	double v = c->value(day);
	double h = (HEIGHT - TOP - BOTTOM) * v / most;
	double w = step > 4 ? step * 0.7 : step;
	bool link = d->style.view == VIEW_MONTH && day->dated;

	if (link) {
		strbuf_addstr(b, "<a href=\"");
		html_day_url(b, day);
		strbuf_addstr(b, "\" aria-label=\"");
		add_words(b, c, day);
		strbuf_addstr(b, "\">");
	}
	strbuf_addf(b, "<g%s><title>", day->broken ? " class=\"broken\"" : "");
	add_words(b, c, day);
	/* The whole column reacts to the pointer. */
	strbuf_addf(b,
	    "</title><rect class=\"hit\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" "
	    "height=\"%d\"/><rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" "
	    "height=\"%.1f\" rx=\"%d\"/></g>",
	    x - step / 2, TOP, step, HEIGHT - TOP - BOTTOM, x - w / 2,
	    HEIGHT - BOTTOM - h, w, h, w > 8 ? 2 : 0);
	if (day->broken)
		strbuf_addf(b,
		    "<text class=\"cross\" x=\"%.1f\" y=\"%d\">!</text>", x,
		    HEIGHT - BOTTOM - 4);
	strbuf_addstr(b, link ? "</a>\n" : "\n");
	add_tick(b, d, day, x);
}

static void
add_bars(
    struct strbuf *b, const struct digest *d, const struct bars *c, double most)
{
	double step = (double)(WIDTH - 2 * LEFT) / (double)d->ndays;

	strbuf_addf(b,
	    "<figure class=\"bars\">\n<figcaption>%s</figcaption>\n"
	    "<svg viewBox=\"0 0 %d %d\" role=\"group\" aria-label=\"%s\">\n"
	    "<desc>",
	    c->title, WIDTH, HEIGHT, c->title);
	for (size_t i = 0; i < d->ndays; i++) {
		add_words(b, c, &d->days[i]);
		strbuf_addstr(b, ". ");
	}
	strbuf_addf(b,
	    "</desc>\n<g class=\"lines\"><path d=\"M%d %dH%d\"/>"
	    "<path d=\"M%d %dH%d\"/></g>\n<text class=\"most\" x=\"%d\" "
	    "y=\"%d\">",
	    LEFT, TOP, WIDTH - LEFT, LEFT, HEIGHT - BOTTOM, WIDTH - LEFT, LEFT,
	    TOP - 5);
	c->write(b, most);
	strbuf_addstr(b, "</text>\n");
	for (size_t i = 0; i < d->ndays; i++)
		add_bar(b, d, c, &d->days[i], LEFT + step * ((double)i + 0.5),
		    step, most);
	strbuf_addstr(b, "</svg>\n</figure>\n");
}

static void
chart(struct strbuf *b, const struct digest *d, const struct bars *c)
{
	double most = 0;

	for (size_t i = 0; i < d->ndays; i++)
		if (c->value(&d->days[i]) > most)
			most = c->value(&d->days[i]);
	if (most > 0)
		add_bars(b, d, c, most);
}

void
chart_days(struct strbuf *b, const struct digest *d)
{
	chart(b, d, &papers_bars);
}

void
chart_costs(struct strbuf *b, const struct digest *d)
{
	chart(b, d, &cost_bars);
}
