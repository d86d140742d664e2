/* SPDX-License-Identifier: ISC */
/* The papers of the web page and its table of contents. */
#include <ctype.h>
#include <string.h>

#include "common/base/number.h"
#include "formats/entry.h"
#include "formats/html/html.h"
#include "formats/render.h"
#include "text/escape.h"

/* Ids are whatever the records say; an attribute that links point at holds
 * only what URLs and style sheets are at ease with. */
void
html_anchor(struct strbuf *b, const struct digest_paper *p)
{
	bool plain = p->id.n > 0 && p->id.n < 64;

	for (size_t i = 0; i < p->id.n && plain; i++)
		plain = isalnum((unsigned char)p->id.p[i]) ||
		    strchr("./-", p->id.p[i]) != NULL;
	strbuf_addstr(b, "p-");
	if (plain)
		escape_html(b, p->id);
	else
		strbuf_addf(b, "%zu", p->number);
}

void
html_data(struct strbuf *b, const struct digest_paper *p)
{
	strbuf_addstr(b, " data-id=\"");
	escape_html(b, p->id);
	if (p->has_relevance) {
		strbuf_addstr(b, "\" data-r=\"");
		number_add(b, p->relevance);
	}
	if (p->has_novelty) {
		strbuf_addstr(b, "\" data-n=\"");
		number_add(b, p->novelty);
	}
	strbuf_addch(b, '"');
}

static bool
contains(const struct slices *list, struct slice s)
{
	for (size_t i = 0; i < list->n; i++)
		if (slice_same(list->v[i], s))
			return true;
	return false;
}

/* Those that the reader follows are marked, and page.js must not cut names
 * at a comma of theirs. */
static const char *const author_open[] = {"", "<span class=\"one\">", "<mark>"};
static const char *const author_close[] = {"", "</span>", "</mark>"};

static void
add_authors(struct strbuf *b, const struct digest_paper *p)
{
	struct slice name;
	int kind;

	strbuf_addstr(b, "<p class=\"authors\"><span>Authors:</span> ");
	for (size_t i = 0; i < p->authors.n; i++) {
		if (i > 0)
			strbuf_addstr(b, ", ");
		name = p->authors.v[i];
		kind = contains(&p->match_authors, name)
		    ? 2
		    : memchr(name.p, ',', name.n) != NULL;
		strbuf_addstr(b, author_open[kind]);
		escape_html(b, name);
		strbuf_addstr(b, author_close[kind]);
	}
	strbuf_addstr(b, "</p>\n");
}

static void
add_text(
    struct strbuf *b, const char *class, const char *label, struct slice text)
{
	if (text.n == 0)
		return;
	strbuf_addf(b, "<p class=\"%s\"><span>%s:</span> ", class, label);
	escape_html(b, text);
	strbuf_addstr(b, "</p>\n");
}

static void
add_axis(struct strbuf *b, struct slice name, bool has, double v)
{
	escape_html_in(b, "<span><small>", name, "<i>:</i></small> <b>");
	number_add_or_dash(b, has, v);
	strbuf_addstr(b, "</b></span>\n");
}

static void
add_scores(struct strbuf *b, const struct digest_paper *p)
{
	strbuf_addstr(b, "<p class=\"scores\">");
	add_axis(b, SLICE_LIT("Relevance"), p->has_relevance, p->relevance);
	add_axis(b, SLICE_LIT("Novelty"), p->has_novelty, p->novelty);
	for (size_t i = 0; i < p->naxes; i++)
		add_axis(b, p->axes[i].name, true, p->axes[i].value);
	strbuf_addstr(b, "</p>\n");
}

static void
add_tags(struct strbuf *b, const struct slices *list, const char *class)
{
	for (size_t i = 0; i < list->n; i++) {
		strbuf_addf(b, "<li class=\"%s\">", class);
		escape_html(b, list->v[i]);
		strbuf_addstr(b, "</li>\n");
	}
}

/* Id, topics, categories. */
static void
add_tag_line(
    struct strbuf *b, const struct digest *d, const struct digest_paper *p)
{
	size_t at, empty;

	strbuf_addf(
	    b, "<p class=\"id\">%s: <a href=\"", p->arxiv ? "ArXiv ID" : "ID");
	escape_html(b, p->url);
	escape_html_in(b, "\">", p->id, "</a></p>\n");
	at = b->len;
	strbuf_addstr(b, "<ul class=\"tags\">\n");
	empty = b->len;
	if (d->ndays > 1 && p->announced.n > 0)
		escape_html_in(
		    b, "<li class=\"day\">", p->announced, "</li>\n");
	if (p->match_authors.n > 0)
		strbuf_addstr(b, "<li class=\"author\">Author match</li>\n");
	add_tags(b, &p->topics, "topic");
	add_tags(b, &p->match_keywords, "keyword");
	add_tags(b, &p->categories, "category");
	if (p->announce_type.n > 0 && !slice_eq(p->announce_type, "new"))
		escape_html_in(
		    b, "<li class=\"type\">", p->announce_type, "</li>\n");
	if (b->len == empty)
		strbuf_setlen(b, at);
	else
		strbuf_addstr(b, "</ul>\n");
}

static void
add_link(struct strbuf *b, struct slice url, const char *name)
{
	if (url.n == 0)
		return;
	strbuf_addstr(b, "<a href=\"");
	escape_html(b, url);
	strbuf_addf(b, "\" rel=\"noopener\">%s</a>\n", name);
}

static void
add_links(struct strbuf *b, const struct digest_paper *p)
{
	strbuf_addstr(b, "<div class=\"links\">\n");
	add_link(b, p->url, "abs");
	add_link(b, p->pdf, "pdf");
	add_link(b, p->html, "html");
	for (size_t i = 0; i < p->code.n; i++)
		add_link(b, p->code.v[i], "code");
	strbuf_addstr(b,
	    "<span class=\"js\"><button data-do=\"bibtex\">BibTeX</button>\n"
	    "<button data-do=\"read\" aria-pressed=\"false\">Read</button>\n"
	    "<button data-do=\"star\" aria-pressed=\"false\">Star</button>"
	    "</span>\n</div>\n");
}

static void
add_note(struct strbuf *b, const struct digest_paper *p)
{
	const struct slice parts[] = {p->arxiv_comment, p->journal_ref};
	const char *between = "";

	if (p->arxiv_comment.n == 0 && p->journal_ref.n == 0)
		return;
	strbuf_addstr(b, "<p class=\"note\">");
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (parts[i].n == 0)
			continue;
		strbuf_addstr(b, between);
		escape_html(b, parts[i]);
		between = " · ";
	}
	strbuf_addstr(b, "</p>\n");
}

void
html_paper(struct strbuf *b, const struct digest *d,
    const struct digest_paper *p, size_t number, int level)
{
	strbuf_addstr(b, "<article id=\"");
	html_anchor(b, p);
	strbuf_addch(b, '"');
	html_data(b, p);
	strbuf_addf(b, ">\n<h%d><span class=\"n\">%zu.</span> <a href=\"",
	    level, number);
	escape_html(b, p->url);
	strbuf_addstr(b, "\" rel=\"noopener\">");
	escape_html(b, p->title);
	strbuf_addf(b, "</a></h%d>\n", level);
	add_tag_line(b, d, p);
	add_authors(b, p);
	add_text(b, "abstract", "Abstract", p->abstract);
	add_text(b, "comment", "Comment", p->comment);
	add_scores(b, p);
	add_note(b, p);
	add_links(b, p);
	strbuf_addstr(b, "</article>\n");
}

static void
add_entry(struct strbuf *b, const struct digest_paper *p)
{
	strbuf_addf(b, "<li>%zu. <a href=\"#", p->number);
	html_anchor(b, p);
	escape_html_in(b, "\">", p->title, "</a>\n<span>Authors: ");
	entry_list(b, &p->authors);
	strbuf_addstr(b, "</span></li>\n");
}

void
html_contents(struct output *out, const struct digest *d)
{
	struct strbuf *b = &out->buf;
	const struct digest_group *g;

	strbuf_addstr(b,
	    "<details class=\"contents\" open>\n<summary><h2>Table of contents "
	    "with paper titles:</h2></summary>\n");
	for (size_t i = 0; i < d->ngroups; i++) {
		g = &d->groups[i];
		if (g->label.n > 0) {
			escape_html_in(b, "<h3><a href=\"#", g->anchor, "\">");
			escape_html(b, g->label);
			strbuf_addstr(b, "</a> ");
			entry_group_size(b, g);
			strbuf_addstr(b, "</h3>\n");
		}
		strbuf_addstr(b, "<ol>\n");
		for (size_t k = 0; k < g->papers.n; k++) {
			add_entry(b, g->papers.v[k]);
			render_spill(out);
		}
		strbuf_addstr(b, "</ol>\n");
	}
	strbuf_addstr(b, "</details>\n");
}

/* Only of use with JavaScript, which fills in topics and categories. */
void
html_toolbar(struct strbuf *b, const struct digest *d)
{
	strbuf_addf(b,
	    "<form class=\"tools js\" role=\"search\">\n"
	    "<label class=\"find\"><span>Search</span> <input type=\"search\" "
	    "id=\"find\" placeholder=\"Search\" autocomplete=\"off\" "
	    "spellcheck=\"false\"></label>\n"
	    "<label><span>Topic</span> <select id=\"topic\">"
	    "<option value=\"\">Topic: all</option></select></label>\n"
	    "<label><span>Category</span> <select id=\"category\">"
	    "<option value=\"\">Category: all</option></select></label>\n"
	    "<label><span>Score</span> <select id=\"score\">"
	    "<option value=\"\">Score: any</option></select></label>\n"
	    "<label><span>Order</span> <select id=\"order\">"
	    "<option value=\"\">%s first</option>"
	    "<option value=\"relevance\">By relevance</option>"
	    "<option value=\"novelty\">By novelty</option>"
	    "<option value=\"id\">Newest id</option>"
	    "<option value=\"title\">By title</option></select></label>\n"
	    "<label class=\"check\"><input type=\"checkbox\" id=\"starred\"> "
	    "Starred</label>\n"
	    "<label class=\"check\"><input type=\"checkbox\" id=\"unread\"> "
	    "Unread</label>\n"
	    "<button type=\"button\" id=\"clear\" hidden>Clear</button>\n"
	    "<output id=\"count\" aria-live=\"polite\"></output>\n"
	    "</form>\n",
	    d->style.view == VIEW_INDEX ? "Newest" : "Best");
}

static void
open_group(struct strbuf *b, const struct digest_group *g)
{
	if (g->label.n == 0) {
		strbuf_addstr(b, "<div class=\"group\">\n");
		return;
	}
	escape_html_in(
	    b, "<section class=\"group\" id=\"", g->anchor, "\">\n<h2>");
	escape_html(b, g->label);
	strbuf_addstr(b, " <span>");
	entry_group_size(b, g);
	strbuf_addstr(b, "</span></h2>\n");
}

void
html_papers(struct output *out, const struct digest *d)
{
	struct strbuf *b = &out->buf;
	const struct digest_group *g;
	bool labelled;

	html_toolbar(b, d);
	for (size_t i = 0; i < d->ngroups; i++) {
		g = &d->groups[i];
		labelled = g->label.n > 0;
		open_group(b, g);
		for (size_t k = 0; k < g->papers.n; k++) {
			html_paper(b, d, g->papers.v[k], g->papers.v[k]->number,
			    labelled ? 3 : 2);
			render_spill(out);
		}
		strbuf_addstr(b, labelled ? "</section>\n" : "</div>\n");
	}
}
