/* SPDX-License-Identifier: ISC */
/* What is below the head in every layout: a paper, a section's heading, those
 * without a score, the prompt. */
#include "formats/markdown/markdown.h"

#include <ctype.h>

#include "common/base/number.h"
#include "formats/render.h"
#include "text/escape.h"

void
markdown_list(struct markdown *m, const struct slices *list)
{
	for (size_t i = 0; i < list->n; i++) {
		if (i > 0)
			strbuf_addstr(m->b, ", ");
		m->name(m->b, list->v[i]);
	}
}

/* An & of the URL must not make an entity. */
void
markdown_link(struct markdown *m, const struct digest_paper *p)
{
	strbuf_addch(m->b, '[');
	m->name(m->b, p->title);
	strbuf_addstr(m->b, "](");
	escape_html(m->b, p->url);
	strbuf_addch(m->b, ')');
}

void
markdown_title(struct markdown *m, const struct digest_paper *p)
{
	strbuf_addf(m->b, "### %zu. ", p->number);
	markdown_link(m, p);
	strbuf_addstr(m->b, " <a id=\"");
	entry_anchor(m->b, p);
	strbuf_addstr(m->b, "\"></a>\n\n");
}

static void
add_field(struct markdown *m, const char *label, struct slice text)
{
	if (text.n == 0)
		return;
	strbuf_addf(m->b, "**%s:** ", label);
	m->text(m->b, text);
	strbuf_addstr(m->b, "\n\n");
}

static void
add_list_field(struct markdown *m, const char *label, const struct slices *list)
{
	if (list->n == 0)
		return;
	strbuf_addf(m->b, "**%s:** ", label);
	markdown_list(m, list);
	strbuf_addstr(m->b, "\n\n");
}

/* "evidence" is printed as **Evidence:**. */
static void
add_axes(struct markdown *m, const struct digest_paper *p)
{
	const struct digest_axis *a;
	size_t at;

	for (size_t i = 0; i < p->naxes; i++) {
		a = &p->axes[i];
		strbuf_addstr(m->b, "\n**");
		at = m->b->len;
		m->name(m->b, a->name);
		if (m->b->len > at)
			m->b->s[at] = (char)toupper((unsigned char)m->b->s[at]);
		strbuf_addstr(m->b, ":** ");
		number_add(m->b, a->value);
	}
}

static void
add_scores(struct markdown *m, const struct digest_paper *p)
{
	/* Older archives have nothing where there was no score. */
	if (m->d->style.verbatim && p->scored && !p->has_relevance &&
	    !p->has_novelty && p->naxes == 0) {
		strbuf_addch(m->b, '\n');
		return;
	}
	strbuf_addstr(m->b, "**Relevance:** ");
	number_add_or_dash(m->b, p->has_relevance, p->relevance);
	strbuf_addstr(m->b, "\n**Novelty:** ");
	number_add_or_dash(m->b, p->has_novelty, p->novelty);
	add_axes(m, p);
	strbuf_addstr(m->b, "\n\n");
}

void
markdown_paper(struct markdown *m, const struct digest_paper *p)
{
	strbuf_addstr(m->b, p->arxiv ? "**ArXiv ID:** " : "**ID:** ");
	m->name(m->b, p->id);
	strbuf_addstr(m->b, "\n\n");
	if (m->d->style.group_by == GROUP_TOPIC && p->topics.n > 0) {
		struct slices also = {p->topics.v + 1, p->topics.n - 1};

		add_field(m, "Primary Topic", p->topics.v[0]);
		add_list_field(m, "Also Matches", &also);
	}
	strbuf_addstr(m->b, "**Authors:** ");
	markdown_list(m, &p->authors);
	strbuf_addstr(m->b, "\n\n");
	add_list_field(m, "Author match", &p->match_authors);
	if (p->ncites > 0) {
		entry_cites(m->b, p, m->name);
		strbuf_addstr(m->b, "\n\n");
	}
	add_field(m, "Abstract", p->abstract);
	add_field(m, "Comment", p->comment);
	add_scores(m, p);
}

void
markdown_unscored(struct markdown *m)
{
	const struct digest_unscored *u;

	if (m->d->nunscored == 0)
		return;
	strbuf_addf(m->b, "## Papers that could not be scored (%zu)\n\n",
	    m->d->nunscored);
	for (size_t i = 0; i < m->d->nunscored; i++) {
		u = &m->d->unscored[i];
		strbuf_addstr(m->b, "- [");
		m->name(m->b, u->title);
		escape_html_in(m->b, "](", u->url, "): ");
		m->text(m->b, u->code);
		if (u->detail.n > 0) {
			strbuf_addstr(m->b, ", ");
			m->text(m->b, u->detail);
		}
		strbuf_addch(m->b, '\n');
		render_spill(m->out);
	}
	strbuf_addstr(m->b, "\n---\n\n");
}

/* Prompts are Markdown that the reader wrote, and stay that; but tags in them
 * are there for the model, not for a browser. */
static void
add_prompt_line(struct markdown *m, struct slice line)
{
	const char *tag;
	size_t n;

	while (!m->d->style.verbatim &&
	    (tag = memchr(line.p, '<', line.n)) != NULL) {
		n = (size_t)(tag - line.p);
		escape_tty(m->b, (struct slice) {line.p, n});
		strbuf_addstr(m->b, "\\<");
		line.p += n + 1;
		line.n -= n + 1;
	}
	escape_tty(m->b, line);
}

/* title: NULL for none. */
static void
add_quoted(struct markdown *m, const char *title, struct slice text)
{
	struct slice line;
	const char *end;
	size_t at = 0;

	if (title != NULL)
		strbuf_addf(m->b, "## %s\n\n", title);
	do {
		line.p = text.p + at;
		end = memchr(line.p, '\n', text.n - at);
		line.n = end != NULL ? (size_t)(end - line.p) : text.n - at;
		at += line.n + 1;
		strbuf_addstr(m->b, "> ");
		add_prompt_line(m, line);
		strbuf_addch(m->b, '\n');
	} while (end != NULL);
	strbuf_addch(m->b, '\n');
}

void
markdown_prompt(struct markdown *m)
{
	const struct digest *d = m->d;

	if (!d->style.prompt ||
	    (d->prompt_system.n == 0 && d->prompt_user.n == 0))
		return;
	strbuf_addstr(m->b, "# Paper Selection Prompt\n\n");
	if (d->prompt_system.n > 0)
		add_quoted(m, "System Prompt", d->prompt_system);
	if (d->prompt_user.n > 0)
		add_quoted(m, d->prompt_system.n > 0 ? "User Prompt" : NULL,
		    d->prompt_user);
}

void
markdown_label(struct markdown *m, const struct digest_group *g)
{
	m->name(m->b, g->label.n > 0 ? g->label : SLICE_LIT("Papers"));
}

void
markdown_section(struct markdown *m, const struct digest_group *g)
{
	strbuf_addstr(m->b, "## ");
	markdown_label(m, g);
	strbuf_addch(m->b, ' ');
	entry_group_size(m->b, g);
	strbuf_addf(m->b, " <a id=\"%s\"></a>\n\n", g->anchor.p);
}
