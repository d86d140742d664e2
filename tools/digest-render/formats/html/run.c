/* SPDX-License-Identifier: ISC */
/* About the run: what the model read and cost, what it was about, and a list of
 * all that is here. */
#include <inttypes.h>
#include <stdio.h>

#include "formats/html/html.h"
#include "formats/render.h"
#include "text/escape.h"

/* "62659", whose thousands stand apart where it is seen. */
static void
add_figure(struct strbuf *b, uint64_t n)
{
	char digits[24];
	int len = snprintf(digits, sizeof(digits), "%" PRIu64, n);

	for (int i = 0; i < len; i += i == 0 ? (len - 1) % 3 + 1 : 3)
		strbuf_addf(b, i == 0 ? "%.*s" : "<span>%.*s</span>",
		    i == 0 ? (len - 1) % 3 + 1 : 3, digits + i);
}

static void
add_tokens(struct strbuf *b, const struct digest_usage *u, uint64_t n)
{
	if (!u->tokens_known) {
		strbuf_addstr(b, "<td class=\"no\">not reported</td>\n");
		return;
	}
	strbuf_addstr(b, "<td class=\"figure\">");
	add_figure(b, n);
	strbuf_addstr(b, "</td>\n");
}

/* known: a service may tell the sum alone. */
static void
add_cost(struct strbuf *b, const struct digest_usage *u, bool known, double usd)
{
	if (!u->priced) {
		strbuf_addstr(b, "<td class=\"no\">unpriced</td>\n");
		return;
	}
	strbuf_addstr(b, "<td>");
	if (known)
		entry_cost(b, u, usd);
	else
		strbuf_addstr(b, "\xe2\x80\x93");
	strbuf_addstr(b, "</td>\n");
}

static void
add_usage(struct strbuf *b, const struct digest *d)
{
	const struct digest_usage *u = &d->usage;

	if (!u->known || !u->llm)
		return;
	strbuf_addstr(b,
	    "<table class=\"usage\">\n<caption>What the model read and what it "
	    "cost</caption>\n<thead><tr>\n<th scope=\"col\">[");
	escape_html(b, u->model);
	strbuf_addstr(b,
	    "]</th>\n<th scope=\"col\">Prompt</th>\n"
	    "<th scope=\"col\">Completion</th>\n<th scope=\"col\">Total</th>\n"
	    "</tr></thead>\n<tbody>\n<tr>\n<th scope=\"row\">Token</th>\n");
	add_tokens(b, u, u->prompt);
	add_tokens(b, u, u->completion);
	add_tokens(b, u, u->prompt + u->completion);
	strbuf_addstr(b, "</tr>\n<tr>\n<th scope=\"row\">Cost</th>\n");
	add_cost(b, u, u->split, u->cost_prompt);
	add_cost(b, u, u->split, u->cost_completion);
	add_cost(b, u, true, u->cost);
	strbuf_addstr(b, "</tr>\n</tbody>\n</table>\n");
}

static void
add_total(struct strbuf *b, const char *name, bool known, uint64_t n)
{
	strbuf_addf(b, "<p>%s: <b class=\"figure\">", name);
	if (known)
		add_figure(b, n);
	else
		strbuf_addstr(b, "\xe2\x80\x93");
	strbuf_addstr(b, "</b></p>\n");
}

static void
add_totals(struct strbuf *b, const struct digest *d)
{
	const struct digest_totals *t = &d->totals;

	strbuf_addstr(b, "<div class=\"totals\">\n");
	if (t->arxiv_known)
		add_total(b, "Total arXiv papers", true, t->arxiv);
	if (d->style.view == VIEW_LIST) {
		add_total(b, "Papers found", true, t->relevant);
	} else {
		add_total(
		    b, "Total scanned papers", t->scanned_known, t->scanned);
		add_total(
		    b, "Total relevant papers", t->relevant_known, t->relevant);
	}
	strbuf_addstr(b, "</div>\n");
}

/* How much of the digest each topic has.  A bar is an SVG since no style
 * attribute may tell its length. */
static void
add_topics(struct strbuf *b, const struct digest *d)
{
	const struct digest_topic *t;
	size_t most = 1;

	if (d->ntopics == 0)
		return;
	for (size_t i = 0; i < d->ntopics; i++)
		if (d->topics[i].all > most)
			most = d->topics[i].all;
	strbuf_addstr(
	    b, "<section class=\"topics\">\n<h3>Topic coverage</h3>\n<ul>\n");
	for (size_t i = 0; i < d->ntopics; i++) {
		t = &d->topics[i];
		escape_html_in(b, "<li><span>", t->label, "</span>");
		strbuf_addf(b,
		    " <svg viewBox=\"0 0 100 4\" "
		    "preserveAspectRatio=\"none\" aria-hidden=\"true\">"
		    "<rect width=\"%zu\" height=\"4\"/></svg> <b>%zu</b></li>\n",
		    t->all * 100 / most, t->all);
	}
	strbuf_addstr(b, "</ul>\n</section>\n");
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

static void
add_contents(struct output *out, const struct digest *d)
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

/* What the operator wants to know, and a list of all that is here: closed, and
 * page.css puts it below the papers. */
void
html_run(struct output *out, const struct digest *d)
{
	struct strbuf *b = &out->buf;
	const struct digest_usage *u = &d->usage;

	strbuf_addstr(b,
	    "<aside class=\"run\" id=\"run\">\n<details>\n<summary><h2>About ");
	strbuf_addstr(b, d->ndays > 1 ? "these runs" : "this run");
	strbuf_addstr(b, "</h2>");
	if (u->known && u->llm) {
		strbuf_addstr(b, " <span>");
		entry_cost(b, u, u->cost);
		strbuf_addstr(b, "</span>");
	}
	strbuf_addstr(b, "</summary>\n<div class=\"facts\">\n");
	add_usage(b, d);
	add_totals(b, d);
	add_topics(b, d);
	if (d->ndays > 1)
		html_cost_bars(b, d);
	strbuf_addstr(b, "</div>\n");
	if (d->papers.n > 0 && d->style.view != VIEW_INDEX &&
	    d->style.view != VIEW_MONTH)
		add_contents(out, d);
	strbuf_addstr(b, "</details>\n</aside>\n");
}
