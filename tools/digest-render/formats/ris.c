/* SPDX-License-Identifier: ISC */
/* RIS, which every reference manager reads: a tag and a value a line. */
#include "formats/render.h"
#include "text/escape.h"

static void
begin(struct strbuf *b, const char *tag)
{
	strbuf_addf(b, "%s  - ", tag);
}

static void
end(struct strbuf *b)
{
	strbuf_addstr(b, "\r\n");
}

static void
add_field(struct strbuf *b, const char *tag, struct slice text)
{
	if (text.n == 0)
		return;
	begin(b, tag);
	escape_tty(b, text);
	end(b);
}

static void
add_list(struct strbuf *b, const char *tag, const struct slices *list)
{
	for (size_t i = 0; i < list->n; i++)
		add_field(b, tag, list->v[i]);
}

/* "Gates, Louis, Jr." */
static void
add_author(struct strbuf *b, struct slice name, bool arxiv)
{
	struct person p;

	person_split(&p, name, arxiv);
	begin(b, "AU");
	escape_tty(b, p.family);
	if (p.given.n > 0 || p.suffix.n > 0)
		strbuf_addstr(b, ", ");
	escape_tty(b, p.given);
	if (p.suffix.n > 0)
		strbuf_addstr(b, ", ");
	escape_tty(b, p.suffix);
	end(b);
}

static void
add_date(struct strbuf *b, const struct digest_paper *p)
{
	struct ymd date;

	if (!reference_date(p, &date))
		return;
	strbuf_addf(b, "PY  - %04d\r\nDA  - %04d/", date.year, date.year);
	if (date.month > 0)
		strbuf_addf(b, "%02d", date.month);
	strbuf_addch(b, '/');
	if (date.day > 0)
		strbuf_addf(b, "%02d", date.day);
	strbuf_addstr(b, "/\r\n");
}

static void
add_paper(struct strbuf *b, const struct digest_paper *p)
{
	char pdf[DIGEST_PDF_SIZE];

	add_field(b, "TY",
	    p->journal_ref.n > 0 ? SLICE_LIT("JOUR") : SLICE_LIT("UNPB"));
	begin(b, "ID");
	reference_key(b, p->id);
	end(b);
	add_field(b, "TI", p->title);
	for (size_t i = 0; i < p->authors.n; i++)
		add_author(b, p->authors.v[i], p->arxiv);
	add_date(b, p);
	add_field(b, "JO", p->journal_ref);
	add_field(b, "AB", p->abstract);
	add_list(b, "KW", &p->topics);
	add_list(b, "KW", &p->categories);
	if (p->arxiv) {
		add_field(b, "PB", SLICE_LIT("arXiv"));
		strbuf_addf(b, "AN  - arXiv:%s", p->id.p);
		end(b);
	}
	add_field(b, "DO", p->doi);
	add_field(b, "UR", p->url);
	add_field(b, "L1", digest_pdf(p, pdf));
	add_field(b, "N1", p->comment);
	begin(b, "ER");
	end(b);
}

void
render_ris(const struct digest *d, struct output *out)
{
	entry_complain(d);
	for (size_t i = 0; i < d->papers.n; i++) {
		add_paper(&out->buf, d->papers.v[i]);
		render_spill(out);
	}
}
