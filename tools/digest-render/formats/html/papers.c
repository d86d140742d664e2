/* SPDX-License-Identifier: ISC */
/* The papers of the web page and its table of contents. */
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/base/number.h"
#include "common/base/xalloc.h"
#include "formats/entry.h"
#include "formats/html/html.h"
#include "formats/reference.h"
#include "formats/render.h"
#include "text/escape.h"

/* Of an abstract, where there is no comment; bytes. */
#define GIST_MAX 240
/* Topics in the toolbar. */
#define CHIPS	 12

static const char *const shapes[] = {
    [HTML_CARD] = "card",
    [HTML_ROW] = "row",
};

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

/* The length of the word in text at i that a keyword found, or 0. */
static size_t
matched_at(const struct digest_paper *p, struct slice text, size_t i)
{
	size_t longest = 0;
	struct slice word;

	for (size_t k = 0; k < p->matched.n; k++) {
		word = p->matched.v[k];
		if (word.n > longest && word.n <= text.n - i &&
		    strncasecmp(word.p, text.p + i, word.n) == 0)
			longest = word.n;
	}
	return longest;
}

/* Text in which these words are marked, but not within a formula, which
 * formulas.js would not know again. */
static void
add_marked(struct strbuf *b, const struct digest_paper *p, struct slice text)
{
	size_t from = 0, n;
	bool formula = false;

	for (size_t i = 0; p->matched.n > 0 && i < text.n; i++) {
		formula ^= text.p[i] == '$';
		n = formula ? 0 : matched_at(p, text, i);
		if (n == 0)
			continue;
		escape_html(b, (struct slice) {text.p + from, i - from});
		escape_html_in(
		    b, "<mark>", (struct slice) {text.p + i, n}, "</mark>");
		from = i + n;
		i = from - 1;
	}
	escape_html(b, (struct slice) {text.p + from, text.n - from});
}

static void
add_text(struct strbuf *b, const struct digest_paper *p, const char *class,
    const char *label, struct slice text)
{
	if (text.n == 0)
		return;
	strbuf_addf(b, "<p class=\"%s\"><span>%s:</span> ", class, label);
	add_marked(b, p, text);
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

static void
add_id(struct strbuf *b, const struct digest_paper *p)
{
	strbuf_addf(
	    b, "<p class=\"id\">%s: <a href=\"", p->arxiv ? "ArXiv ID" : "ID");
	escape_html(b, p->url);
	escape_html_in(b, "\" rel=\"noopener\">", p->id, "</a></p>\n");
}

/* Why it is here, topics, categories. */
static void
add_tag_list(struct strbuf *b, const struct digest_paper *p)
{
	size_t at = b->len, empty;

	strbuf_addstr(b, "<ul class=\"tags\">\n");
	empty = b->len;
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

/* Nothing is asked of them before one clicks. */
static const struct {
	const char *name, *before;
	bool old_ids; /* it has papers from before 2007, too */
} sites[] = {
    [SITE_ALPHAXIV] = {"alphaXiv", "https://www.alphaxiv.org/abs/", true},
    [SITE_SEMANTICSCHOLAR] = {"Semantic Scholar",
	"https://api.semanticscholar.org/arXiv:", true},
    [SITE_HUGGINGFACE] = {"Hugging Face", "https://huggingface.co/papers/",
	false},
};

static void
add_sites(
    struct strbuf *b, const struct digest *d, const struct digest_paper *p)
{
	bool old = memchr(p->id.p, '/', p->id.n) != NULL;

	for (size_t i = 0; i < SITES; i++) {
		if (!d->style.elsewhere[i] || !p->arxiv ||
		    (old && !sites[i].old_ids))
			continue;
		strbuf_addf(b, "<a href=\"%s", sites[i].before);
		escape_html(b, p->id);
		strbuf_addf(b, "\" rel=\"noopener\">%s</a>\n", sites[i].name);
	}
}

/* With JavaScript there are buttons behind them. */
static void
add_links(
    struct strbuf *b, const struct digest *d, const struct digest_paper *p)
{
	strbuf_addstr(b, "<div class=\"links\">\n");
	add_link(b, p->url, "abs");
	add_link(b, p->pdf, "pdf");
	if (p->arxiv) {
		strbuf_addstr(b, "<a href=\"");
		entry_full_text(b, p);
		strbuf_addstr(b, "\" rel=\"noopener\">html</a>\n");
	}
	for (size_t i = 0; i < p->code.n; i++)
		add_link(b, p->code.v[i], "code");
	add_sites(b, d, p);
	strbuf_addstr(b, "<a href=\"#");
	html_anchor(b, p);
	strbuf_addstr(b, "\">permalink</a>\n</div>\n");
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
		add_marked(b, p, parts[i]);
		between = " · ";
	}
	strbuf_addstr(b, "</p>\n");
}

/* "10·9", in figures of the same width; "10" of a judge that knows no more. */
static void
add_score(struct strbuf *b, const struct digest_paper *p)
{
	strbuf_addstr(b, "<span class=\"score\">");
	if (p->has_relevance || p->has_novelty) {
		strbuf_addstr(b, "<b>");
		number_add_or_dash(b, p->has_relevance, p->relevance);
		strbuf_addstr(b, "</b>");
	}
	if (p->has_novelty) {
		strbuf_addstr(b, "·");
		number_add(b, p->novelty);
	}
	strbuf_addstr(b, "</span>\n");
}

static bool
is_utf8_tail(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

/* What a judge says of the paper, else how its abstract begins. */
static void
add_gist(struct strbuf *b, const struct digest_paper *p)
{
	struct slice text = p->comment.n > 0 ? p->comment : p->abstract;
	bool whole = text.n <= GIST_MAX || p->comment.n > 0;

	if (text.n == 0)
		return;
	if (!whole)
		for (text.n = GIST_MAX; is_utf8_tail(text.p[text.n]);)
			text.n--;
	strbuf_addstr(b, "<span class=\"gist\">");
	add_marked(b, p, text);
	strbuf_addstr(b, whole ? "</span>\n" : "…</span>\n");
}

/* "Lasby +5", or the one whom the reader follows. */
static void
add_by(struct strbuf *b, const struct digest_paper *p)
{
	bool followed = p->match_authors.n > 0;
	struct person person;

	if (p->authors.n == 0)
		return;
	person_split(
	    &person, followed ? *p->match_authors.v : *p->authors.v, p->arxiv);
	strbuf_addstr(b, "<span class=\"by\">");
	escape_html_in(b, followed ? "<mark>" : "", person.family,
	    followed ? "</mark>" : "");
	if (p->authors.n > 1)
		strbuf_addf(b, " +%zu", p->authors.n - 1);
	strbuf_addstr(b, "</span>\n");
}

/* What is seen of a closed paper.  Nothing in it can be clicked on its own,
 * since all of it opens the paper. */
static void
add_summary(struct strbuf *b, const struct digest *d,
    const struct digest_paper *p, int level)
{
	strbuf_addstr(b, "<summary>\n");
	add_score(b, p);
	strbuf_addf(b, "<h%d><span class=\"n\">%zu.</span> ", level, p->number);
	strbuf_addstr(b, "<span class=\"title\">");
	add_marked(b, p, p->title);
	strbuf_addstr(b, "</span>");
	strbuf_addf(b, "</h%d>\n", level);
	add_gist(b, p);
	add_by(b, p);
	if (p->topics.n > 0)
		escape_html_in(
		    b, "<span class=\"area\">", *p->topics.v, "</span>\n");
	if ((d->ndays > 1 || d->style.view == VIEW_MONTH) && p->announced.n > 0)
		escape_html_in(
		    b, "<span class=\"day\">", p->announced, "</span>\n");
	strbuf_addstr(b, "</summary>\n");
}

static void
add_body(struct strbuf *b, const struct digest *d, const struct digest_paper *p)
{
	strbuf_addstr(b, "<div class=\"body\">\n");
	add_id(b, p);
	add_authors(b, p);
	add_text(b, p, "abstract", "Abstract", p->abstract);
	add_text(b, p, "comment", "Comment", p->comment);
	add_scores(b, p);
	add_tag_list(b, p);
	add_note(b, p);
	add_links(b, d, p);
	strbuf_addstr(b, "</div>\n");
}

void
html_paper(struct strbuf *b, const struct digest *d,
    const struct digest_paper *p, enum html_shape shape, int level)
{
	strbuf_addf(b, "<article class=\"%s\" id=\"", shapes[shape]);
	html_anchor(b, p);
	strbuf_addch(b, '"');
	html_data(b, p);
	strbuf_addstr(b, ">\n<details>\n");
	add_summary(b, d, p, level);
	add_body(b, d, p);
	strbuf_addstr(b, "</details>\n<p class=\"acts\">");
	add_link(b, p->pdf, "pdf");
	strbuf_addstr(b,
	    "<button class=\"js\" data-do=\"star\" aria-pressed=\"false\" "
	    "aria-label=\"Star\"></button></p>\n</article>\n");
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
	    "<section class=\"contents\">\n<h3>Table of contents with paper "
	    "titles:</h3>\n");
	for (size_t i = 0; i < d->ngroups; i++) {
		g = &d->groups[i];
		if (g->label.n > 0) {
			escape_html_in(b, "<h4>", g->label, " ");
			entry_group_size(b, g);
			strbuf_addstr(b, "</h4>\n");
		}
		strbuf_addstr(b, "<ol>\n");
		for (size_t k = 0; k < g->papers.n; k++) {
			add_entry(b, g->papers.v[k]);
			render_spill(out);
		}
		strbuf_addstr(b, "</ol>\n");
	}
	strbuf_addstr(b, "</section>\n");
}

/* The most frequent topics are a click away. */
static void
add_chips(struct strbuf *b, const struct digest *d)
{
	const struct digest_topic *t;

	strbuf_addstr(
	    b, "<div class=\"chips\" role=\"group\" aria-label=\"Topics\">\n");
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

/* Only of use with JavaScript, which fills in topics and categories. */
void
html_toolbar(struct strbuf *b, const struct digest *d)
{
	strbuf_addstr(b, "<form class=\"tools js\" role=\"search\">\n");
	add_chips(b, d);
	strbuf_addstr(b,
	    "<output id=\"count\"></output>\n"
	    "<button type=\"button\" id=\"clear\" hidden>Clear</button>\n"
	    "<details class=\"filter\">\n<summary>Filter</summary>\n<div>\n"
	    "<label><span>Topic</span> <select id=\"topic\">"
	    "<option value=\"\">Topic: all</option></select></label>\n"
	    "<label><span>Category</span> <select id=\"category\">"
	    "<option value=\"\">Category: all</option></select></label>\n"
	    "<label><span>Score</span> <select id=\"score\">"
	    "<option value=\"\">Score: any</option></select></label>\n"
	    "<label><span>Order</span> <select id=\"order\">"
	    "<option value=\"\">Best first</option>"
	    "<option value=\"relevance\">By relevance</option>"
	    "<option value=\"novelty\">By novelty</option>"
	    "<option value=\"id\">Newest id</option>"
	    "<option value=\"title\">By title</option></select></label>\n"
	    "<p><label class=\"check\"><input type=\"checkbox\" id=\"starred\"> "
	    "Starred</label>\n"
	    "<label class=\"check\"><input type=\"checkbox\" id=\"unread\"> "
	    "Unread</label>\n"
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

static void
add_rows(struct output *out, const struct digest *d, struct digest_paper **v,
    size_t n, size_t first)
{
	for (size_t i = 0; i < n; i++) {
		if (!html_is_first(d, v[i], first))
			html_paper(&out->buf, d, v[i], HTML_ROW, 3);
		render_spill(out);
	}
}

bool
html_is_first(
    const struct digest *d, const struct digest_paper *p, size_t first)
{
	for (size_t i = 0; i < first; i++)
		if (d->papers.v[i] == p)
			return true;
	return false;
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

void
html_first(struct output *out, const struct digest *d, size_t first,
    const char *heading)
{
	struct strbuf *b = &out->buf;

	if (first == 0)
		return;
	open_group(b, SLICE_LIT("first"));
	strbuf_addf(b, "<h2>%s</h2>\n<div class=\"cards\">\n", heading);
	for (size_t i = 0; i < first; i++)
		html_paper(b, d, d->papers.v[i], HTML_CARD, 3);
	strbuf_addstr(b, "</div>\n</section>\n");
	render_spill(out);
}

void
html_group(struct output *out, const struct digest *d,
    const struct digest_group *g, size_t first)
{
	struct strbuf *b = &out->buf;
	size_t i = 0;

	while (i < g->papers.n && html_is_first(d, g->papers.v[i], first))
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

	html_toolbar(&out->buf, d);
	html_first(out, d, first, "Read first");
	if (d->ngroups > 0 && d->groups->label.n > 0)
		for (size_t i = 0; i < d->ngroups; i++)
			html_group(out, d, &d->groups[i], first);
	else if (list || d->style.keep_order)
		add_in_order(out, d, first);
	else
		add_ranks(out, d, first);
}
