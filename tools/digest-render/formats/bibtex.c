/* SPDX-License-Identifier: ISC */
/* BibTeX, the fields named as arXiv's own export names them. */
#include <ctype.h>
#include <string.h>

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

/* The id, since it never changes; what a key may not hold becomes a dash. */
static void
add_key(struct strbuf *b, struct slice id)
{
	size_t i;

	for (i = 0; i < id.n; i++) {
		unsigned char c = (unsigned char)id.p[i];

		strbuf_addch(b,
		    c < 0x80 && (isalnum(c) || c == '.' || c == '-') ? (char)c
								     : '-');
	}
}

/* Where yymm stands in an id of either age. */
static const char *
find_yymm(struct slice id)
{
	const char *slash = memchr(id.p, '/', id.n);
	const char *at = slash != NULL ? slash + 1 : id.p;
	size_t i, left = id.n - (size_t)(at - id.p);

	if (left < 4)
		return NULL;
	for (i = 0; i < 4; i++)
		if (!isdigit((unsigned char)at[i]))
			return NULL;
	return at;
}

static void
add_date(struct strbuf *b, const struct digest_paper *p)
{
	const char *yymm = find_yymm(p->id);
	int month;

	if (yymm == NULL)
		return;
	/* arXiv began in 1991. */
	strbuf_addf(b, ",\n  %-13s = {%s%.2s}", "year",
	    yymm[0] == '9' ? "19" : "20", yymm);
	month = (yymm[2] - '0') * 10 + yymm[3] - '0';
	if (month >= 1 && month <= 12)
		strbuf_addf(b, ",\n  %-13s = %c%.2s", "month",
		    tolower((unsigned char)*month_name(month)),
		    month_name(month) + 1);
}

/* "and" between names is BibTeX's comma; inside of one it would split it. */
static void
add_authors(struct strbuf *b, const struct slices *authors)
{
	size_t i;

	if (authors->n == 0)
		return;
	strbuf_addf(b, ",\n  %-13s = {", "author");
	for (i = 0; i < authors->n; i++) {
		bool grouped = memmem(authors->v[i].p, authors->v[i].n, " and ",
				   5) != NULL ||
		    memchr(authors->v[i].p, ',', authors->v[i].n) != NULL;

		strbuf_addstr(b, i > 0 ? " and " : "");
		strbuf_addstr(b, grouped ? "{" : "");
		escape_bibtex(b, authors->v[i]);
		strbuf_addstr(b, grouped ? "}" : "");
	}
	strbuf_addch(b, '}');
}

static void
add_entry(struct strbuf *b, const struct digest_paper *p)
{
	strbuf_addf(b, "@%s{", p->journal_ref.n > 0 ? "article" : "misc");
	add_key(b, p->id);
	add_field(b, "title", p->title);
	add_authors(b, &p->authors);
	add_date(b, p);
	add_field(b, "journal", p->journal_ref);
	add_field(b, "eprint", p->id);
	add_field(b, "archiveprefix", SLICE_LIT("arXiv"));
	add_field(b, "primaryclass", p->primary);
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
	size_t i;

	add_comment(&out->buf, d->heading);
	for (i = 0; i < d->nnotices; i++)
		add_comment(&out->buf, d->notices[i].text);
	if (d->empty_reason.n > 0)
		add_comment(&out->buf, d->empty_reason);
	for (i = 0; i < d->papers.n; i++) {
		strbuf_addch(&out->buf, '\n');
		add_entry(&out->buf, d->papers.v[i]);
		render_spill(out);
	}
}
