/* SPDX-License-Identifier: ISC */
/* Atom (RFC 4287): an entry per paper, and one about the day if it has
 * something to tell. */
#include <string.h>

#include "formats/render.h"
#include "text/escape.h"

static void
add_element(struct strbuf *b, const char *name, struct slice text)
{
	strbuf_addf(b, "<%s>", name);
	escape_html(b, text);
	strbuf_addf(b, "</%s>\n", name);
}

/* HTML within XML is escaped once more. */
static void
add_content(struct strbuf *b, const struct strbuf *html)
{
	escape_html_in(
	    b, "<content type=\"html\">", strbuf_slice(html), "</content>\n");
}

static void
add_link(struct strbuf *b, const char *rel, const char *type, struct slice url)
{
	strbuf_addf(b, "<link rel=\"%s\"", rel);
	if (type != NULL)
		strbuf_addf(b, " type=\"%s\"", type);
	escape_html_in(b, " href=\"", url, "\"/>\n");
}

static void
add_categories(struct strbuf *b, const struct slices *terms)
{
	for (size_t i = 0; i < terms->n; i++)
		escape_html_in(b, "<category term=\"", terms->v[i], "\"/>\n");
}

/* RFC 3339, or nothing. */
static void
add_published(struct strbuf *b, struct slice when)
{
	char text[MOMENT_LEN + 16], clean[MOMENT_LEN];
	moment_t t;

	if (when.n == 0 || when.n >= sizeof(text))
		return;
	memcpy(text, when.p, when.n);
	text[when.n] = '\0';
	if (strlen(text) == when.n && moment_parse(text, &t))
		strbuf_addf(
		    b, "<published>%s</published>\n", moment_format(t, clean));
}

static void
add_entry(struct strbuf *b, const struct digest *d,
    const struct digest_paper *p, struct strbuf *html)
{
	char pdf_buf[DIGEST_PDF_SIZE];
	struct slice pdf;

	strbuf_addstr(b, "<entry>\n<id>");
	strbuf_reset(html);
	entry_identity(html, p);
	escape_html(b, strbuf_slice(html));
	strbuf_addstr(b, "</id>\n");
	add_element(b, "title", p->title);
	strbuf_addstr(b, "<updated>");
	entry_date(b, d, p);
	strbuf_addstr(b, "</updated>\n");
	add_published(b, p->published);
	for (size_t i = 0; i < p->authors.n; i++) {
		strbuf_addstr(b, "<author>");
		escape_html_in(
		    b, "<name>", p->authors.v[i], "</name></author>\n");
	}
	add_link(b, "alternate", "text/html", p->url);
	pdf = digest_pdf(p, pdf_buf);
	if (pdf.n > 0)
		add_link(b, "related", "application/pdf", pdf);
	add_categories(b, &p->categories);
	add_categories(b, &p->topics);
	strbuf_reset(html);
	entry_html(html, p, SIZE_MAX);
	add_content(b, html);
	strbuf_addstr(b, "</entry>\n");
}

static void
add_health(
    struct strbuf *b, const struct digest *d, size_t day, struct strbuf *html)
{
	struct strbuf title = STRBUF_INIT(STRBUF_MAX);

	strbuf_reset(html);
	if (!entry_health_html(html, d, day))
		return;
	strbuf_addstr(b, "<entry>\n<id>");
	entry_health_identity(b, d, day);
	strbuf_addstr(b, "</id>\n");
	entry_health_title(&title, d, day);
	add_element(b, "title", strbuf_slice(&title));
	strbuf_addstr(b, "<updated>");
	entry_health_date(b, d, day);
	strbuf_addstr(b, "</updated>\n");
	add_content(b, html);
	strbuf_addstr(b, "</entry>\n");
	strbuf_release(&title);
}

void
render_atom(const struct digest *d, struct output *out)
{
	/* The same on every day, or each day would be a feed of its own. */
	const char *const parts[] = {"feed", d->title.p, NULL};
	struct strbuf *b = &out->buf, text = STRBUF_INIT(STRBUF_MAX);

	strbuf_addstr(b,
	    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
	    "<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<id>");
	entry_urn(b, parts);
	strbuf_addstr(b, "</id>\n");
	add_element(b, "title", d->title);
	entry_totals(&text, d, ", ");
	add_element(b, "subtitle", strbuf_slice(&text));
	strbuf_addf(b, "<updated>%sT00:00:00Z</updated>\n", d->last_day.p);
	strbuf_addstr(b,
	    "<author><name>paperround</name></author>\n"
	    "<generator>digest-render</generator>\n");
	if (d->style.up.present && url_is_web(d->style.up.url))
		add_link(b, "alternate", "text/html", d->style.up.url);
	if (d->style.nfeeds > 0 && url_is_web(d->style.feeds[0].url))
		add_link(
		    b, "self", "application/atom+xml", d->style.feeds[0].url);
	for (size_t i = entry_last_day(d) + 1; i-- > 0;)
		add_health(b, d, i, &text);
	for (size_t i = 0; i < d->papers.n; i++) {
		add_entry(b, d, d->papers.v[i], &text);
		render_spill(out);
	}
	strbuf_addstr(b, "</feed>\n");
	strbuf_release(&text);
}
