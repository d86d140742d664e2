/* SPDX-License-Identifier: ISC */
/* The layout by topic: a table of usage beside the counts, the coverage of
 * topics, contents and papers in sections that number from 1. */
#include <inttypes.h>

#include "text/escape.h"
#include "formats/markdown/markdown.h"

static void
add_total(struct strbuf *b, bool known, uint64_t n)
{
	strbuf_addstr(b, "<td rowspan=\"2\" align=\"center\">");
	if (known)
		strbuf_addf(b, "%" PRIu64, n);
	else
		strbuf_addstr(b, "\xe2\x80\x93");
	strbuf_addstr(b, "</td>");
}

static void
add_tokens(struct strbuf *b, const struct digest *d, uint64_t n)
{
	strbuf_addstr(b, "<td align=\"center\">");
	markdown_tokens(b, d, n);
	strbuf_addstr(b, "</td>");
}

static void
add_cost(struct strbuf *b, const struct digest *d, bool known, double usd)
{
	strbuf_addstr(b, "<td align=\"center\">");
	if (d->usage.priced && known && d->style.verbatim)
		strbuf_addf(b, "$%.2f", usd);
	else
		markdown_cost(b, d, known, usd);
	strbuf_addstr(b, "</td>");
}

/* HTML, since Markdown's tables know no spans; without blank lines, at which
 * an HTML block would end. */
static void
add_table(struct markdown *m)
{
	const struct digest_usage *u = &m->d->usage;
	const struct digest_totals *t = &m->d->totals;
	struct strbuf *b = m->b;

	if (!u->known || !u->llm) {
		markdown_totals(m);
		return;
	}
	strbuf_addstr(b,
	    "<table>\n<thead>\n<tr><th rowspan=\"2\">Model</th>"
	    "<th rowspan=\"2\">Metric</th><th colspan=\"3\">Usage</th>"
	    "<th colspan=\"3\">Papers</th></tr>\n"
	    "<tr><th>Prompt</th><th>Completion</th><th>Total</th>"
	    "<th>Total arXiv</th><th>Scanned</th><th>Relevant</th></tr>\n"
	    "</thead>\n<tbody>\n<tr><td rowspan=\"2\">");
	escape_html(b, u->model);
	strbuf_addstr(b, "</td><td><b>Tokens</b></td>");
	add_tokens(b, m->d, u->prompt);
	add_tokens(b, m->d, u->completion);
	add_tokens(b, m->d, u->prompt + u->completion);
	add_total(b, t->arxiv_known, t->arxiv);
	add_total(b, true, t->scanned);
	add_total(b, true, t->relevant);
	strbuf_addstr(b, "</tr>\n<tr><td><b>Cost</b></td>");
	add_cost(b, m->d, u->split, u->cost_prompt);
	add_cost(b, m->d, u->split, u->cost_completion);
	add_cost(b, m->d, true, u->cost);
	strbuf_addstr(b, "</tr>\n</tbody>\n</table>\n\n");
}

static void
add_coverage(struct markdown *m)
{
	const struct digest_topic *t;
	size_t i;

	if (m->d->ntopics == 0)
		return;
	strbuf_addstr(m->b,
	    "**Topic Coverage:**\n\n<table>\n<thead>\n<tr><th>Topic</th>"
	    "<th>Papers</th><th>Also matching</th></tr>\n</thead>\n"
	    "<tbody>\n");
	for (i = 0; i < m->d->ntopics; i++) {
		t = &m->d->topics[i];
		strbuf_addstr(m->b, "<tr><td>");
		escape_html(m->b, t->label);
		strbuf_addf(m->b,
		    "</td><td align=\"center\">%zu</td>"
		    "<td align=\"center\">%zu</td></tr>\n",
		    t->primary, t->all - t->primary);
	}
	strbuf_addstr(m->b, "</tbody>\n</table>\n\n");
}

static void
add_label(struct markdown *m, const struct digest_group *g)
{
	m->name(m->b, g->label.n > 0 ? g->label : SLICE_LIT("Papers"));
}

static void
add_contents(struct markdown *m)
{
	const struct digest_group *g;
	const struct digest_paper *p;
	size_t i, j;

	strbuf_addstr(m->b, "**Table of contents by topic:**\n\n");
	for (i = 0; i < m->d->ngroups; i++) {
		g = &m->d->groups[i];
		strbuf_addstr(m->b, "## [");
		add_label(m, g);
		strbuf_addf(m->b, "](#%s) (%zu)\n\n", g->anchor.p, g->papers.n);
		for (j = 0; j < g->papers.n; j++) {
			p = g->papers.v[j];
			strbuf_addf(m->b, "%zu. [", j + 1);
			m->name(m->b, p->title);
			strbuf_addf(m->b, "](#%s)\n", p->anchor.p);
		}
		strbuf_addch(m->b, '\n');
		render_spill(m->out);
	}
	strbuf_addstr(m->b, "---\n\n");
}

static void
add_group(struct markdown *m, const struct digest_group *g)
{
	const struct digest_paper *p;
	size_t i;

	strbuf_addstr(m->b, "## ");
	add_label(m, g);
	strbuf_addf(
	    m->b, " (%zu) <a id=\"%s\"></a>\n\n", g->papers.n, g->anchor.p);
	for (i = 0; i < g->papers.n; i++) {
		p = g->papers.v[i];
		strbuf_addf(m->b, "### %zu. ", i + 1);
		markdown_link(m, p);
		strbuf_addf(m->b, " <a id=\"%s\"></a>\n\n", p->anchor.p);
		markdown_paper(m, p);
		strbuf_addstr(m->b, "---\n\n");
		render_spill(m->out);
	}
}

void
markdown_grouped(struct markdown *m)
{
	size_t i;

	markdown_nav(m);
	markdown_heading(m);
	markdown_notices(m);
	add_table(m);
	add_coverage(m);
	markdown_empty_reason(m);
	if (m->d->papers.n > 0)
		add_contents(m);
	for (i = 0; i < m->d->ngroups; i++)
		add_group(m, &m->d->groups[i]);
	markdown_unscored(m);
	markdown_prompt(m);
}
