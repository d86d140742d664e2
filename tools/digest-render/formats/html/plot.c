/* SPDX-License-Identifier: ISC */
#include "formats/html/chart.h"

#include <math.h>

#include "formats/html/html.h"
#include "formats/render.h"

/* Scores are plotted at whole numbers; 0 is the place of a missing one. */
#define SCORE_MAX 10
#define SCORES	  (SCORE_MAX + 1)
/* A plot of one or two columns would be all margin. */
#define RANGE_MIN 3

#define CELL	  56
#define LEFT	  44
#define TOP	  12
#define BOTTOM	  40
#define RADIUS	  25.0

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

	return LEFT + CELL * column + CELL / 2;
}

static int
grid_y(const struct grid *g, int y)
{
	int row = y == 0 ? SCORE_MAX - g->low_y + 1 : SCORE_MAX - y;

	return TOP + CELL * row + CELL / 2;
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
	int right = LEFT + CELL * grid_columns(g);
	int bottom = TOP + CELL * grid_rows(g), i;

	strbuf_addstr(b, "<g class=\"lines\">\n");
	for (i = 0; i <= grid_columns(g); i++)
		add_line(b, LEFT + CELL * i, TOP, LEFT + CELL * i, bottom);
	for (i = 0; i <= grid_rows(g); i++)
		add_line(b, LEFT, TOP + CELL * i, right, TOP + CELL * i);
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
		strbuf_addf(
		    b, "<text x=\"%d\" y=\"%d\">", LEFT - 12, grid_y(g, i) + 4);
		add_score(b, i);
		strbuf_addstr(b, "</text>\n");
	}
	strbuf_addf(b,
	    "<text class=\"axis\" x=\"%d\" y=\"%d\">Relevance</text>\n"
	    "<text class=\"axis\" transform=\"translate(12 %d) rotate(-90)\">"
	    "Novelty</text>\n</g>\n",
	    (LEFT + right) / 2, bottom + 34, (TOP + bottom) / 2);
}

/* "12 papers: relevance 9, novelty 8" */
static void
add_cell_words(struct strbuf *b, const struct grid *g, int x, int y)
{
	render_plural(b, g->count[x][y], "paper", "papers");
	strbuf_addstr(b, ": relevance ");
	add_score(b, x);
	strbuf_addstr(b, ", novelty ");
	add_score(b, y);
}

static void
add_bubble(struct strbuf *b, const struct grid *g, int x, int y)
{
	/* The area tells the number; the smallest still holds its digit. */
	double r = RADIUS * sqrt((double)g->count[x][y] / (double)g->most);
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
chart_plot(struct strbuf *b, const struct digest *d)
{
	struct grid g = {.most = 1};

	grid_fill(&g, d);
	strbuf_addf(b,
	    "<figure class=\"plot\">\n<figcaption>Relevance × novelty"
	    "<span class=\"js\">: pick a circle to see its "
	    "papers</span></figcaption>\n"
	    "<svg viewBox=\"0 0 %d %d\" role=\"group\" "
	    "aria-label=\"Papers by relevance and novelty\">\n<desc>",
	    LEFT + CELL * grid_columns(&g) + 8,
	    TOP + CELL * grid_rows(&g) + BOTTOM);
	each_cell(b, &g, add_sentence);
	strbuf_addstr(b, "</desc>\n");
	add_grid(b, &g);
	each_cell(b, &g, add_bubble);
	strbuf_addstr(b, "</svg>\n</figure>\n");
}
