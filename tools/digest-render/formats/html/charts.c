/* SPDX-License-Identifier: ISC */
/*
 * Pictures without style attributes: geometry is inline SVG, and in bars all
 * that is text is HTML, so that it is as large as other text however wide the
 * picture is.  All of them have a text that says the same.
 */
#include <math.h>

#include "common/base/number.h"
#include "formats/html/html.h"
#include "formats/render.h"
#include "text/escape.h"

/* Scores are plotted at whole numbers; 0 is the place of a missing one. */
#define SCORE_MAX   10
#define SCORES	    (SCORE_MAX + 1)
/* A plot of one or two columns would be all margin. */
#define RANGE_MIN   3

#define PLOT_CELL   56
#define PLOT_LEFT   44
#define PLOT_TOP    12
#define PLOT_BOTTOM 40
#define PLOT_RADIUS 25.0

struct grid {
	size_t count[SCORES][SCORES]; /* [relevance][novelty] */
	const struct digest_paper *first[SCORES][SCORES];
	size_t most;
	int low_x, low_y; /* the lowest score that has a column, a row */
	bool missing_x, missing_y; /* a column, a row for "–" */
};

static int
whole(bool has, double v)
{
	if (!has || !(v >= 0.5))
		return 0;
	return v > SCORE_MAX ? SCORE_MAX : (int)(v + 0.5);
}

static void
grid_fill(struct grid *g, const struct digest *d)
{
	const struct digest_paper *p;
	int x, y, known_x = 0, known_y = 0;

	g->low_x = g->low_y = SCORE_MAX - RANGE_MIN + 1;
	for (size_t i = 0; i < d->papers.n; i++) {
		p = d->papers.v[i];
		x = whole(p->has_relevance, p->relevance);
		y = whole(p->has_novelty, p->novelty);
		if (g->count[x][y]++ == 0)
			g->first[x][y] = p;
		if (g->count[x][y] > g->most)
			g->most = g->count[x][y];
		if (x == 0)
			g->missing_x = true;
		else if (x < g->low_x)
			g->low_x = x;
		if (y == 0)
			g->missing_y = true;
		else if (y < g->low_y)
			g->low_y = y;
		known_x |= x;
		known_y |= y;
	}
	/* What nobody scored on an axis needs no empty columns or rows. */
	if (known_x == 0)
		g->low_x = SCORE_MAX + 1;
	if (known_y == 0)
		g->low_y = SCORE_MAX + 1;
}

/* The centre of the column of a relevance; the missing ones come first. */
static int
grid_x(const struct grid *g, int x)
{
	int column = x == 0 ? 0 : x - g->low_x + g->missing_x;

	return PLOT_LEFT + PLOT_CELL * column + PLOT_CELL / 2;
}

static int
grid_y(const struct grid *g, int y)
{
	int row = y == 0 ? SCORE_MAX - g->low_y + 1 : SCORE_MAX - y;

	return PLOT_TOP + PLOT_CELL * row + PLOT_CELL / 2;
}

static int
grid_columns(const struct grid *g)
{
	return SCORE_MAX - g->low_x + 1 + g->missing_x;
}

static int
grid_rows(const struct grid *g)
{
	return SCORE_MAX - g->low_y + 1 + g->missing_y;
}

static void
add_score(struct strbuf *b, int score)
{
	if (score == 0)
		strbuf_addstr(b, "\u2013");
	else
		strbuf_addf(b, "%d", score);
}

static void
add_line(struct strbuf *b, int x1, int y1, int x2, int y2)
{
	strbuf_addf(b, "<path d=\"M%d %dL%d %d\"/>\n", x1, y1, x2, y2);
}

static void
add_grid(struct strbuf *b, const struct grid *g)
{
	int right = PLOT_LEFT + PLOT_CELL * grid_columns(g);
	int bottom = PLOT_TOP + PLOT_CELL * grid_rows(g), i;

	strbuf_addstr(b, "<g class=\"lines\">\n");
	for (i = 0; i <= grid_columns(g); i++)
		add_line(b, PLOT_LEFT + PLOT_CELL * i, PLOT_TOP,
		    PLOT_LEFT + PLOT_CELL * i, bottom);
	for (i = 0; i <= grid_rows(g); i++)
		add_line(b, PLOT_LEFT, PLOT_TOP + PLOT_CELL * i, right,
		    PLOT_TOP + PLOT_CELL * i);
	strbuf_addstr(b, "</g>\n<g class=\"ticks\">\n");
	for (i = g->missing_x ? 0 : g->low_x; i <= SCORE_MAX;
	     i = i == 0 ? g->low_x : i + 1) {
		strbuf_addf(
		    b, "<text x=\"%d\" y=\"%d\">", grid_x(g, i), bottom + 16);
		add_score(b, i);
		strbuf_addstr(b, "</text>\n");
	}
	for (i = g->missing_y ? 0 : g->low_y; i <= SCORE_MAX;
	     i = i == 0 ? g->low_y : i + 1) {
		strbuf_addf(b, "<text x=\"%d\" y=\"%d\">", PLOT_LEFT - 12,
		    grid_y(g, i) + 4);
		add_score(b, i);
		strbuf_addstr(b, "</text>\n");
	}
	strbuf_addf(b,
	    "<text class=\"axis\" x=\"%d\" y=\"%d\">Relevance</text>\n"
	    "<text class=\"axis\" transform=\"translate(12 %d) rotate(-90)\">"
	    "Novelty</text>\n</g>\n",
	    (PLOT_LEFT + right) / 2, bottom + 34, (PLOT_TOP + bottom) / 2);
}

/* "12 papers: relevance 9, novelty 8" */
static void
add_cell_words(struct strbuf *b, const struct grid *g, int x, int y)
{
	number_add_plural(b, g->count[x][y], "paper", "papers");
	strbuf_addstr(b, ": relevance ");
	add_score(b, x);
	strbuf_addstr(b, ", novelty ");
	add_score(b, y);
}

static void
add_bubble(struct strbuf *b, const struct grid *g, int x, int y)
{
	/* The area tells the number; the smallest still holds its digit. */
	double r = PLOT_RADIUS * sqrt((double)g->count[x][y] / (double)g->most);
	int cx = grid_x(g, x), cy = grid_y(g, y);

	strbuf_addstr(b, "<a href=\"#");
	html_anchor(b, g->first[x][y]);
	strbuf_addf(b, "\" data-cell=\"%d,%d\" aria-label=\"", x, y);
	add_cell_words(b, g, x, y);
	strbuf_addf(b, "\"><title>");
	add_cell_words(b, g, x, y);
	strbuf_addf(b,
	    "</title><circle cx=\"%d\" cy=\"%d\" r=\"%.1f\"/>"
	    "<text x=\"%d\" y=\"%d\">%zu</text></a>\n",
	    cx, cy, r < 11 ? 11 : r, cx, cy + 4, g->count[x][y]);
}

/* From the best corner, as one would read it out. */
static void
each_cell(struct strbuf *b, const struct grid *g,
    void (*add)(struct strbuf *, const struct grid *, int, int))
{
	for (int x = SCORE_MAX; x >= 0; x--)
		for (int y = SCORE_MAX; y >= 0; y--)
			if (g->count[x][y] > 0)
				add(b, g, x, y);
}

static void
add_sentence(struct strbuf *b, const struct grid *g, int x, int y)
{
	add_cell_words(b, g, x, y);
	strbuf_addstr(b, ". ");
}

void
html_plot(struct strbuf *b, const struct digest *d)
{
	struct grid g = {.most = 1};

	grid_fill(&g, d);
	strbuf_addf(b,
	    "<figure class=\"plot\">\n<figcaption>Relevance × novelty"
	    "<span class=\"js\">: pick a circle to see its "
	    "papers</span></figcaption>\n"
	    "<svg viewBox=\"0 0 %d %d\" role=\"group\" "
	    "aria-label=\"Papers by relevance and novelty\">\n<desc>",
	    PLOT_LEFT + PLOT_CELL * grid_columns(&g) + 8,
	    PLOT_TOP + PLOT_CELL * grid_rows(&g) + PLOT_BOTTOM);
	each_cell(b, &g, add_sentence);
	strbuf_addstr(b, "</desc>\n");
	add_grid(b, &g);
	each_cell(b, &g, add_bubble);
	strbuf_addstr(b, "</svg>\n</figure>\n");
}

/* With more bars than that there is no room for what each stands for; with
 * many more not even for their dates. */
#define BARS_FEW   10
#define BARS_SOME  40
/* The heights that a bar can have. */
#define BARS_STEPS 100

/* One chart: what a day's bar is as high as, and how that is written. */
struct bars {
	const char *title;
	double (*value)(const struct digest_day *day);
	void (*write)(struct strbuf *b, double v);
	void (*write_day)(struct strbuf *b, const struct digest_day *day);
	void (*write_short)(struct strbuf *b, const struct digest_day *day);
};

static double
papers_of(const struct digest_day *day)
{
	return (double)day->papers.n;
}

static void
write_papers(struct strbuf *b, double v)
{
	number_add_plural(b, (uint64_t)v, "paper", "papers");
}

void
html_day_count(struct strbuf *b, const struct digest_day *day)
{
	/* Its label says it. */
	if (day->state == DAY_QUIET || day->state == DAY_HOLIDAY)
		return;
	if (day->relevant_known)
		write_papers(b, papers_of(day));
	else
		strbuf_addstr(b, "\u2013");
}

static void
write_number(struct strbuf *b, const struct digest_day *day)
{
	number_add(b, papers_of(day));
}

static double
cost_of(const struct digest_day *day)
{
	return day->usage.known && day->usage.priced ? day->usage.cost : 0;
}

static void
write_day_cost(struct strbuf *b, const struct digest_day *day)
{
	if (day->usage.known)
		entry_cost(b, &day->usage, day->usage.cost);
	else
		strbuf_addstr(b, "\u2013");
}

static const struct bars papers_bars = {
    "Papers per day", papers_of, write_papers, html_day_count, write_number};
static const struct bars cost_bars = {
    "Cost per day", cost_of, number_add_cost, write_day_cost, write_day_cost};

/* "2025-10-17: 12 papers, in part" */
static void
add_words(struct strbuf *b, const struct bars *c, const struct digest_day *day)
{
	size_t at;

	escape_html(b, day->date);
	strbuf_addstr(b, ": ");
	at = b->len;
	c->write_day(b, day);
	if (day->state != DAY_READ)
		strbuf_addf(b, "%s%s", b->len > at ? ", " : "",
		    digest_state_label(day->state));
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

/* "Fri 17", or the day of the month alone. */
static void
add_tick(struct strbuf *b, const struct digest *d, const struct digest_day *day)
{
	if (!day->dated || d->ndays > BARS_SOME)
		return;
	strbuf_addstr(b, "<i>");
	if (d->ndays <= BARS_FEW)
		strbuf_addf(b, "%.3s ", weekday_name(day_weekday(day->day)));
	strbuf_addf(b, "%d</i>", day_to_ymd(day->day).day);
}

static void
add_bar(struct strbuf *b, const struct digest *d, const struct bars *c,
    const struct digest_day *day, double most)
{
	int h = (int)(BARS_STEPS * c->value(day) / most);
	bool link = d->style.view == VIEW_MONTH && digest_day_has_page(day);

	strbuf_addf(b, "<li class=\"%s\">", digest_state_class(day->state));
	if (link) {
		strbuf_addstr(b, "<a href=\"");
		html_day_url(b, day);
		strbuf_addstr(b, "\" title=\"");
	} else {
		strbuf_addstr(b, "<span title=\"");
	}
	add_words(b, c, day);
	strbuf_addstr(b, "\"><span class=\"hidden\">");
	add_words(b, c, day);
	strbuf_addstr(b, ". </span>");
	/* What is missing has a sign in place of a number. */
	strbuf_addstr(b, "<b aria-hidden=\"true\">");
	if (day->state >= DAY_OUTAGE)
		strbuf_addstr(b, day->state == DAY_UNFETCHED ? "\u2013" : "!");
	else if (d->ndays <= BARS_FEW)
		c->write_short(b, day);
	strbuf_addf(b,
	    "</b><svg viewBox=\"0 0 1 %d\" preserveAspectRatio=\"none\" "
	    "aria-hidden=\"true\"><rect y=\"%d\" width=\"1\" "
	    "height=\"%d\"/></svg>",
	    BARS_STEPS, BARS_STEPS - h, h);
	add_tick(b, d, day);
	strbuf_addstr(b, link ? "</a></li>\n" : "</span></li>\n");
}

static void
add_bars(
    struct strbuf *b, const struct digest *d, const struct bars *c, double most)
{
	strbuf_addf(b,
	    "<figure class=\"bars\">\n<figcaption>%s <span>(at most ",
	    c->title);
	c->write(b, most);
	strbuf_addf(b, ")</span></figcaption>\n<ol%s>\n",
	    d->ndays > BARS_FEW ? " class=\"many\"" : "");
	for (size_t i = 0; i < d->ndays; i++)
		add_bar(b, d, c, &d->days[i], most);
	strbuf_addstr(b, "</ol>\n</figure>\n");
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
html_day_bars(struct strbuf *b, const struct digest *d)
{
	chart(b, d, &papers_bars);
}

void
html_cost_bars(struct strbuf *b, const struct digest *d)
{
	chart(b, d, &cost_bars);
}
