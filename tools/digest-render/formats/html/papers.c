/* SPDX-License-Identifier: ISC */
/* The papers of the web page: the controls above them, and in which order and
 * sections they stand. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/number.h"
#include "common/base/xalloc.h"
#include "formats/html/html.h"
#include "formats/render.h"
#include "text/escape.h"

/* Topics above the papers. */
#define CHIPS 12

/* The most frequent topics are a click away. */
static void
add_chips(struct strbuf *b, const struct digest *d)
{
	const struct digest_topic *t;

	if (d->ntopics == 0)
		return;
	strbuf_addstr(b,
	    "<div class=\"chips js\" role=\"group\" aria-label=\"Topics\">\n");
	for (size_t i = 0; i < d->ntopics && i < CHIPS; i++) {
		t = &d->topics[i];
		escape_html_in(b,
		    "<button type=\"button\" aria-pressed=\"false\" data-topic=\"",
		    t->label, "\">");
		escape_html(b, t->label);
		strbuf_addf(b, " <b>%zu</b></button>\n", t->all);
	}
	strbuf_addstr(b, "</div>\n");
}

void
html_filter(struct strbuf *b, const char *first_order)
{
	strbuf_addstr(b,
	    "<button type=\"button\" id=\"clear\" hidden>Clear</button>\n"
	    "<details class=\"filter\">\n<summary>Filter</summary>\n<div>\n"
	    "<label><span>Topic</span> <select id=\"topic\">"
	    "<option value=\"\">Topic: all</option></select></label>\n"
	    "<label><span>Category</span> <select id=\"category\">"
	    "<option value=\"\">Category: all</option></select></label>\n"
	    "<label><span>Score</span> <select id=\"score\">"
	    "<option value=\"\">Score: any</option></select></label>\n"
	    "<label><span>Order</span> <select id=\"order\">"
	    "<option value=\"\">");
	strbuf_addstr(b, first_order);
	strbuf_addstr(b,
	    "</option>"
	    "<option value=\"relevance\">By relevance</option>"
	    "<option value=\"novelty\">By novelty</option>"
	    "<option value=\"id\">Newest id</option>"
	    "<option value=\"title\">By title</option></select></label>\n"
	    "<p><label class=\"check\"><input type=\"checkbox\" id=\"starred\"> "
	    "Starred</label>\n"
	    "<label class=\"check\"><input type=\"checkbox\" id=\"unread\"> "
	    "Unread</label>");
}

/* Only of use with JavaScript, which fills in topics and categories. */
void
html_toolbar(struct strbuf *b, const struct digest *d)
{
	strbuf_addstr(b,
	    "<form class=\"tools js\" role=\"search\">\n"
	    "<output id=\"count\"></output>\n");
	html_filter(b, "Best first");
	strbuf_addstr(b,
	    "\n"
	    "<label class=\"check\"><input type=\"checkbox\" id=\"fresh\"> "
	    "New</label></p>\n");
	if (d->style.view != VIEW_MONTH)
		html_plot(b, d);
	strbuf_addstr(b,
	    "</div>\n</details>\n"
	    "<label class=\"find\"><span>Search</span> <input type=\"search\" "
	    "id=\"find\" placeholder=\"Search\" autocomplete=\"off\" "
	    "spellcheck=\"false\"></label>\n"
	    "</form>\n");
}

static void
open_group(struct strbuf *b, struct slice anchor)
{
	escape_html_in(b, "<section class=\"group\" id=\"", anchor, "\">\n");
}

static bool
is_first(const struct digest *d, const struct digest_paper *p, size_t first)
{
	for (size_t i = 0; i < first; i++)
		if (d->papers.v[i] == p)
			return true;
	return false;
}

static void
add_rows(struct output *out, const struct digest *d, struct digest_paper **v,
    size_t n, size_t first)
{
	for (size_t i = 0; i < n; i++) {
		if (!is_first(d, v[i], first))
			html_paper(&out->buf, d, v[i], HTML_ROW);
		render_spill(out);
	}
}

/* The papers of followed authors stand before all others. */
size_t
html_count_first(const struct digest *d, size_t wanted)
{
	size_t n = 0;

	while (n < d->papers.n && n < 2 * wanted &&
	    d->papers.v[n]->match_authors.n > 0)
		n++;
	if (n < wanted)
		n = wanted;
	return n < d->papers.n ? n : d->papers.n;
}

static void
add_first(struct output *out, const struct digest *d, size_t first,
    const char *heading)
{
	struct strbuf *b = &out->buf;

	if (first == 0)
		return;
	open_group(b, SLICE_LIT("first"));
	strbuf_addf(b, "<h2>%s</h2>\n<div class=\"cards\">\n", heading);
	for (size_t i = 0; i < first; i++)
		html_paper(b, d, d->papers.v[i], HTML_CARD);
	strbuf_addstr(b, "</div>\n</section>\n");
	render_spill(out);
}

static void
add_group(struct output *out, const struct digest *d,
    const struct digest_group *g, size_t first)
{
	struct strbuf *b = &out->buf;
	size_t i = 0;

	while (i < g->papers.n && is_first(d, g->papers.v[i], first))
		i++;
	if (i == g->papers.n)
		return;
	open_group(b, g->anchor);
	escape_html_in(b, "<h2>", g->label, " <span>");
	entry_group_size(b, g);
	strbuf_addstr(b, "</span></h2>\n");
	add_rows(out, d, g->papers.v, g->papers.n, first);
	strbuf_addstr(b, "</section>\n");
}

/* ------------------------------------------------- rows by their relevance */

/* Followed authors come first, and what nobody scored last. */
static double
rank(const struct digest_paper *p)
{
	if (p->match_authors.n > 0)
		return HUGE_VAL;
	return p->has_relevance ? floor(p->relevance) : -HUGE_VAL;
}

static int
compare_ranks(const void *va, const void *vb)
{
	const struct digest_paper *a = *(struct digest_paper *const *)va;
	const struct digest_paper *b = *(struct digest_paper *const *)vb;
	double ra = rank(a), rb = rank(b);

	if (ra != rb)
		return ra < rb ? 1 : -1;
	return (a->number > b->number) - (a->number < b->number);
}

static void
add_rank(struct output *out, const struct digest *d, struct digest_paper **v,
    size_t n)
{
	struct strbuf *b = &out->buf;
	double r = rank(*v);

	strbuf_addstr(b, "<section class=\"group\">\n<h2>");
	if (r == HUGE_VAL)
		strbuf_addstr(b, "Authors you follow");
	else if (r == -HUGE_VAL)
		strbuf_addstr(b, "Without a score");
	else {
		strbuf_addstr(b, "Relevance ");
		number_add(b, r);
	}
	strbuf_addf(b, " <span>(%zu)</span></h2>\n", n);
	add_rows(out, d, v, n, 0);
	strbuf_addstr(b, "</section>\n");
}

static void
add_ranks(struct output *out, const struct digest *d, size_t first)
{
	size_t n = d->papers.n - first, end;
	struct digest_paper **v;

	if (n == 0)
		return;
	v = xcalloc(n, sizeof(*v));
	memcpy(v, d->papers.v + first, n * sizeof(*v));
	qsort(v, n, sizeof(*v), compare_ranks);
	for (size_t i = 0; i < n; i = end) {
		for (end = i + 1; end < n && rank(v[end]) == rank(v[i]);)
			end++;
		add_rank(out, d, v + i, end - i);
	}
	free(v);
}

/* In the order that was asked for. */
static void
add_in_order(struct output *out, const struct digest *d, size_t first)
{
	struct strbuf *b = &out->buf;

	if (first == d->papers.n)
		return;
	strbuf_addf(b,
	    "<section class=\"group\">\n<h2>%s <span>(%zu)</span>"
	    "</h2>\n",
	    first > 0 ? "The others" : "Papers", d->papers.n - first);
	add_rows(out, d, d->papers.v + first, d->papers.n - first, 0);
	strbuf_addstr(b, "</section>\n");
}

void
html_papers(struct output *out, const struct digest *d)
{
	bool list = d->style.view == VIEW_LIST;
	size_t first = list
	    ? 0
	    : html_count_first(d,
		  d->style.view == VIEW_DAY ? HTML_FIRST : HTML_FIRST_OF_MANY);

	add_chips(&out->buf, d);
	add_first(out, d, first, "Read first");
	if (d->ngroups > 0 && d->groups->label.n > 0)
		for (size_t i = 0; i < d->ngroups; i++)
			add_group(out, d, &d->groups[i], first);
	else if (list || d->style.keep_order)
		add_in_order(out, d, first);
	else
		add_ranks(out, d, first);
}
