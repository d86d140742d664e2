/* SPDX-License-Identifier: ISC */
/* What stands above the papers: neighbours, health, tokens and cost, counts. */
#include <inttypes.h>
#include <string.h>

#include "common/base/number.h"
#include "formats/markdown/markdown.h"
#include "formats/render.h"
#include "text/escape.h"
#include "text/terminal.h"

/* The costs in old archives: rounded to cents, zeros dropped. */
void
markdown_cost(struct strbuf *b, const struct digest *d, bool known, double usd)
{
	size_t at;

	if (!d->usage.priced) {
		strbuf_addstr(b, "unpriced");
	} else if (!known) {
		strbuf_addstr(b, "\xe2\x80\x93");
	} else if (d->style.verbatim) {
		at = b->len;
		strbuf_addch(b, '$');
		number_add(b, usd);
		/* What wrote them printed a whole number with its point. */
		if (memchr(b->s + at, '.', b->len - at) == NULL)
			strbuf_addstr(b, ".0");
	} else {
		entry_cost(b, &d->usage, usd);
	}
}

void
markdown_tokens(struct strbuf *b, const struct digest *d, uint64_t n)
{
	if (d->usage.tokens_known)
		strbuf_addf(b, "%" PRIu64, n);
	else
		strbuf_addstr(b, "not reported");
}

void
markdown_count(struct strbuf *b, bool known, uint64_t n)
{
	if (known)
		strbuf_addf(b, "%" PRIu64, n);
	else
		strbuf_addstr(b, "\xe2\x80\x93");
}

#define COLUMNS 4
#define ROWS	3

static void
fill_cells(const struct markdown *m, struct strbuf cell[ROWS][COLUMNS])
{
	const struct digest_usage *u = &m->d->usage;

	strbuf_addstr(&cell[0][0], "*[");
	m->name(&cell[0][0], u->model);
	strbuf_addstr(&cell[0][0], "]*");
	strbuf_addstr(&cell[0][1], "Prompt");
	strbuf_addstr(&cell[0][2], "Completion");
	strbuf_addstr(&cell[0][3], "Total");
	strbuf_addstr(&cell[1][0], "**Token**");
	markdown_tokens(&cell[1][1], m->d, u->prompt);
	markdown_tokens(&cell[1][2], m->d, u->completion);
	markdown_tokens(&cell[1][3], m->d, u->prompt + u->completion);
	strbuf_addstr(&cell[2][0], "**Cost**");
	markdown_cost(&cell[2][1], m->d, u->split, u->cost_prompt);
	markdown_cost(&cell[2][2], m->d, u->split, u->cost_completion);
	markdown_cost(&cell[2][3], m->d, true, u->cost);
}

static void
pad(struct strbuf *b, char c, size_t n)
{
	while (n-- > 0)
		strbuf_addch(b, c);
}

static size_t
columns(const struct strbuf *b)
{
	return terminal_columns(strbuf_slice(b));
}

static void
add_row(struct strbuf *b, const struct strbuf *row, const size_t *width)
{
	for (size_t c = 0; c < COLUMNS; c++) {
		strbuf_addstr(b, "| ");
		strbuf_addslice(b, strbuf_slice(&row[c]));
		pad(b, ' ', width[c] - columns(&row[c]) + 1);
	}
	strbuf_addstr(b, "|\n");
}

/* A header cell gets two blanks more than it needs. */
static void
markdown_usage_table(struct markdown *m)
{
	struct strbuf cell[ROWS][COLUMNS];
	size_t r, c, width[COLUMNS];

	if (!m->d->usage.known || !m->d->usage.llm)
		return;
	for (r = 0; r < ROWS; r++)
		for (c = 0; c < COLUMNS; c++)
			strbuf_init(&cell[r][c], STRBUF_MAX);
	fill_cells(m, cell);
	for (c = 0; c < COLUMNS; c++) {
		width[c] = columns(&cell[0][c]) + 2;
		for (r = 1; r < ROWS; r++)
			if (columns(&cell[r][c]) > width[c])
				width[c] = columns(&cell[r][c]);
	}
	add_row(m->b, cell[0], width);
	for (c = 0; c < COLUMNS; c++) {
		strbuf_addstr(m->b, "|:");
		pad(m->b, '-', width[c]);
		strbuf_addch(m->b, ':');
	}
	strbuf_addstr(m->b, "|\n");
	for (r = 1; r < ROWS; r++)
		add_row(m->b, cell[r], width);
	strbuf_addch(m->b, '\n');
	for (r = 0; r < ROWS; r++)
		for (c = 0; c < COLUMNS; c++)
			strbuf_release(&cell[r][c]);
}

void
markdown_heading(struct markdown *m)
{
	strbuf_addstr(m->b, "# ");
	m->name(m->b, m->d->heading);
	strbuf_addstr(m->b, "\n\n");
}

/* The neighbours, where the command line names them. */
void
markdown_nav(struct markdown *m)
{
	const struct digest_link *links[] = {
	    &m->d->style.prev, &m->d->style.up, &m->d->style.next};
	const char *bar = "";

	for (size_t i = 0; i < sizeof(links) / sizeof(links[0]); i++) {
		if (!links[i]->present)
			continue;
		strbuf_addf(m->b, "%s[", bar);
		m->name(m->b, links[i]->label);
		escape_html_in(m->b, "](<", links[i]->url, ">)");
		bar = " | ";
	}
	if (*bar != '\0')
		strbuf_addstr(m->b, "\n\n");
}

void
markdown_notices(struct markdown *m)
{
	const struct digest_notice *n;

	for (size_t i = 0; i < m->d->nnotices; i++) {
		n = &m->d->notices[i];
		strbuf_addf(m->b, "> **%s:** ", digest_level_name(n->level));
		m->text(m->b, n->text);
		strbuf_addstr(m->b, i + 1 < m->d->nnotices ? "\n>\n" : "\n\n");
	}
}

static void
add_total(struct markdown *m, const char *name, bool known, uint64_t n)
{
	strbuf_addf(m->b, "Total %s papers: ", name);
	markdown_count(m->b, known, n);
	strbuf_addstr(m->b, "\n\n");
}

void
markdown_totals(struct markdown *m)
{
	const struct digest_totals *t = &m->d->totals;

	if (m->d->style.view == VIEW_LIST) {
		strbuf_addf(m->b, "Papers found: %" PRIu64 "\n\n", t->relevant);
		return;
	}
	if (t->arxiv_known)
		add_total(m, "arXiv", true, t->arxiv);
	add_total(m, "scanned", t->scanned_known, t->scanned);
	add_total(m, "relevant", t->relevant_known, t->relevant);
}

static void
add_topics(struct markdown *m)
{
	const struct digest_topic *t;

	if (m->d->ntopics == 0)
		return;
	strbuf_addstr(m->b, "**Topic coverage:** ");
	for (size_t i = 0; i < m->d->ntopics; i++) {
		t = &m->d->topics[i];
		strbuf_addstr(m->b, i > 0 ? ", " : "");
		m->name(m->b, t->label);
		strbuf_addf(m->b, " %zu", t->all);
	}
	strbuf_addstr(m->b, "\n\n");
}

void
markdown_empty_reason(struct markdown *m)
{
	if (m->d->empty_reason.n == 0)
		return;
	strbuf_addf(m->b, "**%s** ", entry_verdict(m->d));
	m->text(m->b, m->d->empty_reason);
	strbuf_addstr(m->b, "\n\n");
}

void
markdown_top(struct markdown *m)
{
	markdown_nav(m);
	markdown_heading(m);
	markdown_notices(m);
	markdown_usage_table(m);
	markdown_totals(m);
	add_topics(m);
	markdown_empty_reason(m);
}
