/* SPDX-License-Identifier: ISC */
/* A paper of the web page: what is seen of it closed, and what opens. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "common/base/number.h"
#include "common/record/arxiv_id.h"
#include "formats/html/html.h"
#include "formats/render.h"
#include "text/escape.h"

/* Of an abstract, where there is no comment; bytes. */
#define GIST_MAX 240

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

static void
add_data(struct strbuf *b, const struct digest_paper *p)
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
add_cites(struct strbuf *b, const struct digest_paper *p)
{
	if (p->ncites == 0)
		return;
	strbuf_addstr(b, "<p class=\"cites\">");
	entry_cites(b, p, escape_html);
	strbuf_addstr(b, ".</p>\n");
}

/* Where a paper with that id is; nothing if that does not say so. */
static void
add_address(struct strbuf *b, struct slice id)
{
	if (arxiv_id_ok(id))
		strbuf_addstr(b, "https://arxiv.org/abs/");
	else if (id.n > 3 && memcmp(id.p, "10.", 3) == 0)
		strbuf_addstr(b, "https://doi.org/");
	else
		return;
	escape_url(b, id);
}

/* What one knows already. */
static void
add_near(struct strbuf *b, const struct digest_paper *p)
{
	struct strbuf url = STRBUF_INIT(STRBUF_MAX);

	for (size_t i = 0; i < p->nnear; i++) {
		strbuf_addstr(b, i == 0 ? "<p class=\"near\">Near: " : "; ");
		strbuf_reset(&url);
		add_address(&url, p->near[i].id);
		if (url.len > 0) {
			strbuf_addstr(b, "<a href=\"");
			escape_html(b, strbuf_slice(&url));
			strbuf_addstr(b, "\" rel=\"noopener\">");
		}
		escape_html(b, p->near[i].title);
		strbuf_addstr(b, url.len > 0 ? "</a>" : "");
		entry_near(b, &p->near[i], escape_html);
	}
	strbuf_addstr(b, p->nnear > 0 ? ".</p>\n" : "");
	strbuf_release(&url);
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
	char pdf[DIGEST_PDF_SIZE];

	strbuf_addstr(b, "<div class=\"links\">\n");
	add_link(b, p->url, "abs");
	add_link(b, digest_pdf(p, pdf), "pdf");
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
	if (p->ncites > 0)
		strbuf_addf(b, " \u00b7 cites %zu", p->ncites);
	strbuf_addstr(b, "</span>\n");
}

/* What is seen of a closed paper.  Nothing in it can be clicked on its own,
 * since all of it opens the paper. */
static void
add_summary(
    struct strbuf *b, const struct digest *d, const struct digest_paper *p)
{
	strbuf_addstr(b, "<summary>\n");
	add_score(b, p);
	strbuf_addf(b,
	    "<h3><span class=\"n\">%zu.</span> <span class=\"title\">",
	    p->number);
	add_marked(b, p, p->title);
	strbuf_addstr(b, "</span></h3>\n");
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
	add_cites(b, p);
	add_near(b, p);
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
    const struct digest_paper *p, enum html_shape shape)
{
	char pdf[DIGEST_PDF_SIZE];

	strbuf_addf(b, "<article class=\"%s\" id=\"", shapes[shape]);
	html_anchor(b, p);
	strbuf_addch(b, '"');
	add_data(b, p);
	strbuf_addstr(b, ">\n<details>\n");
	add_summary(b, d, p);
	add_body(b, d, p);
	strbuf_addstr(b, "</details>\n<p class=\"acts\">");
	add_link(b, digest_pdf(p, pdf), "pdf");
	strbuf_addstr(b,
	    "<button class=\"js\" data-do=\"star\" aria-pressed=\"false\" "
	    "aria-label=\"Star\"></button></p>\n</article>\n");
}
