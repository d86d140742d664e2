/* SPDX-License-Identifier: ISC */
/* CSL-JSON: what pandoc, Zotero and citation processors read. */
#include "common/json/json_write.h"
#include "formats/render.h"
#include "text/escape.h"

static void
add_text(
    struct jsonw *j, const char *key, struct slice text, struct strbuf *scratch)
{
	if (text.n == 0)
		return;
	strbuf_reset(scratch);
	escape_tty(scratch, text);
	jsonw_slice(jsonw_key(j, key), strbuf_slice(scratch));
}

static void
add_author(
    struct jsonw *j, struct slice name, bool arxiv, struct strbuf *scratch)
{
	struct person p;

	person_split(&p, name, arxiv);
	jsonw_open(j, '{');
	if (p.group) {
		add_text(j, "literal", name, scratch);
	} else {
		add_text(j, "family", p.family, scratch);
		add_text(j, "given", p.given, scratch);
		add_text(j, "suffix", p.suffix, scratch);
	}
	jsonw_close(j, '}');
}

static void
add_date(struct jsonw *j, const struct digest_paper *p)
{
	struct ymd date;

	if (!reference_date(p, &date))
		return;
	jsonw_open(jsonw_key(j, "issued"), '{');
	jsonw_open(jsonw_key(j, "date-parts"), '[');
	jsonw_open(j, '[');
	jsonw_int(j, date.year);
	if (date.month > 0)
		jsonw_int(j, date.month);
	if (date.day > 0)
		jsonw_int(j, date.day);
	jsonw_close(j, ']');
	jsonw_close(j, ']');
	jsonw_close(j, '}');
}

static void
add_paper(struct jsonw *j, const struct digest_paper *p, struct strbuf *scratch)
{
	jsonw_open(j, '{');
	add_text(j, "id", p->id, scratch);
	/* What a preprint is called there. */
	jsonw_str(jsonw_key(j, "type"),
	    p->journal_ref.n > 0 ? "article-journal" : "article");
	add_text(j, "title", p->title, scratch);
	if (p->authors.n > 0) {
		jsonw_open(jsonw_key(j, "author"), '[');
		for (size_t i = 0; i < p->authors.n; i++)
			add_author(j, p->authors.v[i], p->arxiv, scratch);
		jsonw_close(j, ']');
	}
	add_date(j, p);
	add_text(j, "container-title", p->journal_ref, scratch);
	if (p->arxiv) {
		jsonw_str(jsonw_key(j, "publisher"), "arXiv");
		strbuf_reset(scratch);
		strbuf_addf(scratch, "arXiv:%s", p->id.p);
		jsonw_slice(jsonw_key(j, "number"), strbuf_slice(scratch));
	}
	add_text(j, "DOI", p->doi, scratch);
	add_text(j, "URL", p->url, scratch);
	add_text(j, "abstract", p->abstract, scratch);
	add_text(j, "note", p->comment, scratch);
	jsonw_close(j, '}');
}

void
render_csljson(const struct digest *d, struct output *out)
{
	struct jsonw j = JSONW_INIT(&out->buf);
	struct strbuf scratch = STRBUF_INIT(STRBUF_MAX);

	entry_complain(d);
	jsonw_open(&j, '[');
	for (size_t i = 0; i < d->papers.n; i++) {
		/* One a line, for who looks at it with line tools. */
		add_paper(&j, d->papers.v[i], &scratch);
		if (i + 1 < d->papers.n) {
			strbuf_addstr(&out->buf, ",\n");
			j.comma = false;
		}
		render_spill(out);
	}
	jsonw_close(&j, ']');
	strbuf_addch(&out->buf, '\n');
	strbuf_release(&scratch);
}
