/* SPDX-License-Identifier: ISC */
/*
 * Markdown: the two layouts of a day.  The flat one is fixed to the byte:
 * archives of years look like it.  By topic: a table of usage beside the
 * counts, the coverage of topics, contents and papers in sections.
 */

#include "formats/markdown/markdown.h"
#include "formats/render.h"
#include "text/escape.h"

static void
add_total(struct strbuf *b, bool known, uint64_t n)
{
	strbuf_addstr(b, "<td rowspan=\"2\" align=\"center\">");
	markdown_count(b, known, n);
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
	add_total(b, t->scanned_known, t->scanned);
	add_total(b, t->relevant_known, t->relevant);
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

	if (m->d->ntopics == 0)
		return;
	strbuf_addstr(m->b,
	    "**Topic Coverage:**\n\n<table>\n<thead>\n<tr><th>Topic</th>"
	    "<th>Papers</th><th>Also matching</th></tr>\n</thead>\n"
	    "<tbody>\n");
	for (size_t i = 0; i < m->d->ntopics; i++) {
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
add_contents(struct markdown *m)
{
	const struct digest_group *g;
	const struct digest_paper *p;

	strbuf_addstr(m->b, "**Table of contents by topic:**\n\n");
	for (size_t i = 0; i < m->d->ngroups; i++) {
		g = &m->d->groups[i];
		strbuf_addstr(m->b, "## [");
		markdown_label(m, g);
		strbuf_addf(m->b, "](#%s) ", g->anchor.p);
		entry_group_size(m->b, g);
		strbuf_addstr(m->b, "\n\n");
		for (size_t j = 0; j < g->papers.n; j++) {
			p = g->papers.v[j];
			strbuf_addf(m->b, "%zu. [", p->number);
			m->name(m->b, p->title);
			strbuf_addstr(m->b, "](#");
			entry_anchor(m->b, p);
			strbuf_addstr(m->b, ")\n");
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

	markdown_section(m, g);
	for (size_t i = 0; i < g->papers.n; i++) {
		p = g->papers.v[i];
		render_spill(m->out);
		markdown_title(m, p);
		markdown_paper(m, p);
		strbuf_addstr(m->b, "---\n\n");
	}
}

static void
by_topic(struct markdown *m)
{
	markdown_nav(m);
	markdown_heading(m);
	markdown_notices(m);
	add_table(m);
	add_coverage(m);
	markdown_empty_reason(m);
	if (m->d->papers.n > 0)
		add_contents(m);
	for (size_t i = 0; i < m->d->ngroups; i++)
		add_group(m, &m->d->groups[i]);
	markdown_unscored(m);
	markdown_prompt(m);
}

static void
copy(struct strbuf *b, struct slice s)
{
	strbuf_addslice(b, s);
}

static void
add_flat_contents(struct markdown *m)
{
	const struct digest_paper *p;

	strbuf_addstr(m->b, "**Table of contents with paper titles:**\n\n");
	for (size_t i = 0; i < m->d->papers.n; i++) {
		p = m->d->papers.v[i];
		strbuf_addf(m->b, "%zu. [", p->number);
		m->name(m->b, p->title);
		strbuf_addf(m->b, "](#user-content-link%zu)\n", p->number);
		strbuf_addstr(m->b, "**Authors:** ");
		markdown_list(m, &p->authors);
		strbuf_addstr(m->b, "\n\n");
		render_spill(m->out);
	}
	strbuf_addstr(m->b, "---\n\n");
}

static void
add_flat_papers(struct markdown *m)
{
	const struct digest_paper *p;

	for (size_t i = 0; i < m->d->papers.n; i++) {
		p = m->d->papers.v[i];
		render_spill(m->out);
		strbuf_addf(m->b, "## %zu. ", p->number);
		markdown_link(m, p);
		strbuf_addf(m->b, " <a id=\"link%zu\"></a>\n\n", p->number);
		markdown_paper(m, p);
		strbuf_addstr(m->b, "---\n\n");
	}
}

static void
flat_day(struct markdown *m)
{
	markdown_top(m);
	if (m->d->papers.n > 0)
		add_flat_contents(m);
	add_flat_papers(m);
	markdown_unscored(m);
	markdown_prompt(m);
}

void
render_markdown(const struct digest *d, struct output *out)
{
	struct markdown m = {.d = d, .out = out, .b = &out->buf};

	m.name = d->style.verbatim ? copy : escape_markdown;
	m.text = d->style.verbatim ? copy : escape_markdown_text;
	if (d->style.view != VIEW_DAY && d->style.view != VIEW_LIST)
		markdown_span(&m);
	else if (d->style.group_by != GROUP_NONE)
		by_topic(&m);
	else
		flat_day(&m);
	/* The last block needs no blank line after it. */
	if (m.b->len > 0)
		strbuf_setlen(m.b, m.b->len - 1);
}
