/* SPDX-License-Identifier: ISC */
/* JSON Feed 1.1: an item per paper, and one about the day if it has something
 * to tell. */
#include "common/json/json_write.h"
#include "formats/render.h"
#include "text/escape.h"

static void
add_text(
    struct jsonw *j, const char *key, struct slice text, struct strbuf *scratch)
{
	strbuf_reset(scratch);
	escape_tty(scratch, text);
	jsonw_slice(jsonw_key(j, key), strbuf_slice(scratch));
}

static void
add_authors(struct jsonw *j, const struct slices *names, struct strbuf *scratch)
{
	if (names->n == 0)
		return;
	jsonw_open(jsonw_key(j, "authors"), '[');
	for (size_t i = 0; i < names->n; i++) {
		jsonw_open(j, '{');
		add_text(j, "name", names->v[i], scratch);
		jsonw_close(j, '}');
	}
	jsonw_close(j, ']');
}

static void
add_words(struct jsonw *j, const struct slices *words, struct strbuf *scratch)
{
	for (size_t i = 0; i < words->n; i++) {
		strbuf_reset(scratch);
		escape_tty(scratch, words->v[i]);
		jsonw_slice(j, strbuf_slice(scratch));
	}
}

/* Extensions are objects whose name begins with an underscore. */
static void
add_scores(
    struct jsonw *j, const struct digest_paper *p, struct strbuf *scratch)
{
	jsonw_open(jsonw_key(j, "_paperround"), '{');
	add_text(j, "id", p->id, scratch);
	jsonw_key(j, "relevance");
	if (p->has_relevance)
		jsonw_double(j, p->relevance);
	else
		jsonw_null(j);
	jsonw_key(j, "novelty");
	if (p->has_novelty)
		jsonw_double(j, p->novelty);
	else
		jsonw_null(j);
	jsonw_close(j, '}');
}

static void
add_pdf(struct jsonw *j, struct slice url)
{
	jsonw_open(jsonw_key(j, "attachments"), '[');
	jsonw_open(j, '{');
	jsonw_slice(jsonw_key(j, "url"), url);
	jsonw_str(jsonw_key(j, "mime_type"), "application/pdf");
	jsonw_close(j, '}');
	jsonw_close(j, ']');
}

static void
add_item(struct jsonw *j, const struct digest *d, const struct digest_paper *p,
    struct strbuf *scratch)
{
	char pdf_buf[DIGEST_PDF_SIZE];
	struct slice pdf;

	jsonw_open(j, '{');
	strbuf_reset(scratch);
	entry_identity(scratch, p);
	jsonw_slice(jsonw_key(j, "id"), strbuf_slice(scratch));
	jsonw_slice(jsonw_key(j, "url"), p->url);
	add_text(j, "title", p->title, scratch);
	strbuf_reset(scratch);
	entry_html(scratch, p, SIZE_MAX);
	jsonw_slice(jsonw_key(j, "content_html"), strbuf_slice(scratch));
	if (p->comment.n > 0)
		add_text(j, "summary", p->comment, scratch);
	strbuf_reset(scratch);
	entry_date(scratch, d, p);
	jsonw_slice(jsonw_key(j, "date_published"), strbuf_slice(scratch));
	add_authors(j, &p->authors, scratch);
	jsonw_open(jsonw_key(j, "tags"), '[');
	add_words(j, &p->categories, scratch);
	add_words(j, &p->topics, scratch);
	jsonw_close(j, ']');
	pdf = digest_pdf(p, pdf_buf);
	if (pdf.n > 0)
		add_pdf(j, pdf);
	add_scores(j, p, scratch);
	jsonw_close(j, '}');
	strbuf_addch(j->b, '\n');
}

static void
add_health(
    struct jsonw *j, const struct digest *d, size_t day, struct strbuf *scratch)
{
	struct strbuf html = STRBUF_INIT(STRBUF_MAX);

	if (entry_health_html(&html, d, day)) {
		jsonw_open(j, '{');
		strbuf_reset(scratch);
		entry_health_identity(scratch, d, day);
		jsonw_slice(jsonw_key(j, "id"), strbuf_slice(scratch));
		strbuf_reset(scratch);
		entry_health_title(scratch, d, day);
		jsonw_slice(jsonw_key(j, "title"), strbuf_slice(scratch));
		jsonw_slice(jsonw_key(j, "content_html"), strbuf_slice(&html));
		strbuf_reset(scratch);
		entry_health_date(scratch, d, day);
		jsonw_slice(
		    jsonw_key(j, "date_published"), strbuf_slice(scratch));
		jsonw_close(j, '}');
		strbuf_addch(j->b, '\n');
	}
	strbuf_release(&html);
}

void
render_jsonfeed(const struct digest *d, struct output *out)
{
	struct jsonw j = JSONW_INIT(&out->buf);
	struct strbuf scratch = STRBUF_INIT(STRBUF_MAX);

	jsonw_open(&j, '{');
	jsonw_str(jsonw_key(&j, "version"), "https://jsonfeed.org/version/1.1");
	add_text(&j, "title", d->title, &scratch);
	if (d->style.up.present && url_is_web(d->style.up.url))
		jsonw_slice(jsonw_key(&j, "home_page_url"), d->style.up.url);
	if (d->style.nfeeds > 0 && url_is_web(d->style.feeds[0].url))
		jsonw_slice(jsonw_key(&j, "feed_url"), d->style.feeds[0].url);
	strbuf_reset(&scratch);
	entry_totals(&scratch, d, ", ");
	jsonw_slice(jsonw_key(&j, "description"), strbuf_slice(&scratch));
	jsonw_str(jsonw_key(&j, "language"), "en");
	jsonw_open(jsonw_key(&j, "items"), '[');
	strbuf_addch(&out->buf, '\n');
	for (size_t i = entry_last_day(d) + 1; i-- > 0;)
		add_health(&j, d, i, &scratch);
	for (size_t i = 0; i < d->papers.n; i++) {
		add_item(&j, d, d->papers.v[i], &scratch);
		render_spill(out);
	}
	jsonw_close(&j, ']');
	jsonw_close(&j, '}');
	strbuf_addch(&out->buf, '\n');
	strbuf_release(&scratch);
}
