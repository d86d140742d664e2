/* SPDX-License-Identifier: ISC */
/*
 * Markdown, and its flat layout of one day, which is fixed to the byte:
 * archives of years look like it.
 */
#include "formats/markdown/markdown.h"

#include "text/escape.h"

/* --verbatim: for archives whose source one trusts. */
static void
copy(struct strbuf *b, struct slice s)
{
	strbuf_addslice(b, s);
}

static void
add_contents(struct markdown *m)
{
	const struct digest_paper *p;
	size_t i;

	strbuf_addstr(m->b, "**Table of contents with paper titles:**\n\n");
	for (i = 0; i < m->d->papers.n; i++) {
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
add_papers(struct markdown *m)
{
	const struct digest_paper *p;
	size_t i;

	for (i = 0; i < m->d->papers.n; i++) {
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
		add_contents(m);
	add_papers(m);
	markdown_unscored(m);
	markdown_prompt(m);
}

void
render_markdown(const struct digest *d, struct output *out)
{
	struct markdown m = {.d = d, .out = out, .b = &out->buf};

	m.name = d->style.verbatim ? copy : escape_markdown;
	m.text = d->style.verbatim ? copy : escape_markdown_text;
	if (d->style.view != VIEW_DAY)
		markdown_span(&m);
	else if (d->style.group_by != GROUP_NONE)
		markdown_grouped(&m);
	else
		flat_day(&m);
	/* The last block needs no blank line after it. */
	if (m.b->len > 0)
		strbuf_setlen(m.b, m.b->len - 1);
}
