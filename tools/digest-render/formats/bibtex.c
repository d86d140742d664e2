/* SPDX-License-Identifier: ISC */
/* BibTeX, the fields named as arXiv's own export names them. */
#include <ctype.h>

#include "formats/render.h"
#include "text/escape.h"

static void
add_field(struct strbuf *b, const char *name, struct slice text)
{
	if (text.n == 0)
		return;
	strbuf_addf(b, ",\n  %-13s = {", name);
	escape_bibtex(b, text);
	strbuf_addch(b, '}');
}

static void
add_date(struct strbuf *b, const struct digest_paper *p)
{
	struct ymd date;

	if (!reference_date(p, &date))
		return;
	strbuf_addf(b, ",\n  %-13s = {%d}", "year", date.year);
	if (date.month > 0)
		strbuf_addf(b, ",\n  %-13s = %c%.2s", "month",
		    tolower((unsigned char)*month_name(date.month)),
		    month_name(date.month) + 1);
}

/* A group's name stands in braces, since "and" inside of it would split it;
 * "Louis Gates Jr." is "Gates, Jr., Louis", or Jr. would be his family. */
static void
add_author(struct strbuf *b, struct slice name, bool arxiv)
{
	struct person p;

	person_split(&p, name, arxiv);
	if (p.group) {
		strbuf_addch(b, '{');
		escape_bibtex(b, name);
		strbuf_addch(b, '}');
	} else if (p.suffix.n > 0) {
		escape_bibtex(b, p.family);
		strbuf_addstr(b, ", ");
		escape_bibtex(b, p.suffix);
		strbuf_addstr(b, ", ");
		escape_bibtex(b, p.given);
	} else {
		escape_bibtex(b, name);
	}
}

static void
add_authors(struct strbuf *b, const struct slices *authors, bool arxiv)
{
	if (authors->n == 0)
		return;
	strbuf_addf(b, ",\n  %-13s = {", "author");
	for (size_t i = 0; i < authors->n; i++) {
		strbuf_addstr(b, i > 0 ? " and " : "");
		add_author(b, authors->v[i], arxiv);
	}
	strbuf_addch(b, '}');
}

static void
add_entry(struct strbuf *b, const struct digest_paper *p)
{
	strbuf_addf(b, "@%s{", p->journal_ref.n > 0 ? "article" : "misc");
	reference_key(b, p->id);
	add_field(b, "title", p->title);
	add_authors(b, &p->authors, p->arxiv);
	add_date(b, p);
	add_field(b, "journal", p->journal_ref);
	if (p->arxiv) {
		add_field(b, "eprint", p->id);
		add_field(b, "archiveprefix", SLICE_LIT("arXiv"));
		add_field(b, "primaryclass", p->primary);
	}
	add_field(b, "doi", p->doi);
	strbuf_addf(b, ",\n  %-13s = {%s}", "url", p->url.p);
	add_field(b, "note", p->arxiv_comment);
	add_field(b, "annote", p->comment);
	add_field(b, "abstract", p->abstract);
	strbuf_addstr(b, "\n}\n");
}

/* What stands outside of entries is a comment, as long as there is no @. */
static void
add_comment(struct strbuf *b, struct slice text)
{
	size_t at = b->len;
	char *c;

	escape_tty(b, text);
	for (c = b->s + at; *c != '\0'; c++)
		if (*c == '@')
			*c = ' ';
	strbuf_addch(b, '\n');
}

void
render_bibtex(const struct digest *d, struct output *out)
{
	add_comment(&out->buf, d->heading);
	for (size_t i = 0; i < d->nnotices; i++)
		add_comment(&out->buf, d->notices[i].text);
	if (d->empty_reason.n > 0)
		add_comment(&out->buf, d->empty_reason);
	for (size_t i = 0; i < d->papers.n; i++) {
		strbuf_addch(&out->buf, '\n');
		add_entry(&out->buf, d->papers.v[i]);
		render_spill(out);
	}
}
