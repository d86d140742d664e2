/* SPDX-License-Identifier: ISC */
/*
 * A message with the digest twice: as text in short, and as HTML that mail
 * programs show: a style they may drop, nothing to load, and no more than they
 * show whole.  Lines end with a newline alone, as sendmail -t wants it.
 */
#include "common/base/number.h"
#include "formats/render.h"
#include "text/escape.h"
#include "text/mime.h"

/* Cannot occur in quoted-printable: a = stands before two digits there. */
#define BOUNDARY     "=_paperround_=_alternative_="
#define TEXT_WIDTH   72

/* Gmail shows the first 102 KB of the HTML; the text is not longer either. */
#define PART_MAX     98000
#define TITLE_MAX    300 /* in a row, bytes */

/* Fewer papers are seen at once. */
#define CONTENTS_MIN 3

/* What is shown: the first of these that fits, or what fits of the last. */
struct layout {
	size_t abstract_max; /* bytes */
	bool rows, comments; /* a row of each paper, with its comment or not */
	const char *less; /* what the reader is told */
};

static const struct layout layouts[] = {
    {SIZE_MAX, false, true, NULL},
    {700, false, true, "Abstracts are shortened here"},
    {350, false, true, "Abstracts are shortened here"},
    {0, false, true, "Abstracts are left out here"},
    {0, true, true, "Abstracts and authors are left out here"},
    {0, true, false, "Abstracts, authors and comments are left out here"},
};

static const struct layout contents = {0, true, false, NULL};

#define NLAYOUTS (sizeof(layouts) / sizeof(layouts[0]))

/* The elements bear what the page cannot be read without, since some programs
 * drop the style: that it is never wider than its window. */
static const char style[] =
    "body{margin:0;padding:16px;background:#ffffff;color:#1f2328}\n"
    "h1{font-size:22px;margin:0 0 12px}\n"
    "h2{font-size:19px;margin:24px 0 8px}\n"
    "h3{font-size:17px;margin:0 0 6px;padding-top:14px;"
    "border-top:1px solid #d0d7de}\n"
    "h1,h2,h3{line-height:1.3}\n"
    "p{margin:0 0 8px}\n"
    "a{color:#0b57a4}\n"
    "h3 a{text-decoration:none}\n"
    "ol{margin:0 0 16px;padding-left:2.2em}\n"
    "pre{white-space:pre-wrap;font-size:13px}\n"
    ".soft{color:#57606a;font-size:14px}\n"
    ".note{padding:8px 12px;font-size:14px;background:#eef4fb;"
    "border-left:4px solid #0b57a4}\n"
    ".warning{background:#fff6dd;border-color:#9a6700}\n"
    ".outage{background:#ffebe9;border-color:#b3261e}\n"
    "@media (prefers-color-scheme:dark){\n"
    "body{background:#14181d;color:#d8dee4}\n"
    "a{color:#8ab8f0}\n"
    "h3{border-color:#3a424b}\n"
    ".soft{color:#9aa7b3}\n"
    ".note{background:#1b2838}\n"
    ".warning{background:#332a12}\n"
    ".outage{background:#3a1d1b}\n"
    "}\n";

static bool
is_full(const struct strbuf *b)
{
	return b->len > PART_MAX;
}

/* False, and what stands there since whole is gone, if it is too much. */
static bool
fits(struct strbuf *b, size_t whole)
{
	if (!is_full(b))
		return true;
	strbuf_setlen(b, whole);
	return false;
}

/* Lines before the first tag are what a list of mails previews. */
static void
add_head(struct strbuf *b, const struct digest *d)
{
	strbuf_addstr(b,
	    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
	    "<meta charset=\"utf-8\">\n"
	    "<meta name=\"viewport\" "
	    "content=\"width=device-width,initial-scale=1\">\n"
	    "<meta name=\"color-scheme\" content=\"light dark\">\n"
	    "<meta name=\"supported-color-schemes\" "
	    "content=\"light dark\">\n");
	escape_html_in(b, "<title>", d->heading, "</title>\n");
	strbuf_addf(b,
	    "<style>\n%s</style>\n</head>\n<body>\n"
	    "<div style=\"max-width:680px;margin:0 auto;overflow-wrap:anywhere;"
	    "word-break:break-word;font:16px/1.5 Helvetica,Arial,sans-serif\">\n",
	    style);
	escape_html_in(b, "<h1>", d->heading, "</h1>\n");
}

static void
add_notices(struct strbuf *b, const struct digest *d)
{
	static const char *const classes[] = {
	    [NOTICE_INFO] = "note",
	    [NOTICE_WARNING] = "note warning",
	    [NOTICE_OUTAGE] = "note outage",
	};
	const struct digest_notice *n;
	size_t whole;

	for (size_t i = 0; i < d->nnotices; i++) {
		n = &d->notices[i];
		whole = b->len;
		strbuf_addf(b, "<p class=\"%s\"><strong>%s:</strong> ",
		    classes[n->level], digest_level_name(n->level));
		escape_html_in(b, "", n->text, "</p>\n");
		if (!fits(b, whole))
			break;
	}
}

static void
add_figures(struct strbuf *b, const struct digest *d)
{
	const struct digest_usage *u = &d->usage;
	const struct digest_link *page = &d->style.up;

	strbuf_addstr(b, "<p class=\"soft\">");
	entry_totals(b, d, ", ");
	if (u->known && u->llm) {
		escape_html_in(b, "<br>", u->model, ": ");
		if (u->tokens_known) {
			number_add_count(b, u->prompt);
			strbuf_addstr(b, " prompt and ");
			number_add_count(b, u->completion);
			strbuf_addstr(b, " completion tokens, ");
		}
		entry_cost(b, u, u->cost);
	}
	if (d->ntopics > 0) {
		strbuf_addstr(b, "<br>");
		entry_topics(b, d, escape_html);
	}
	strbuf_addstr(b, "</p>\n");
	if (page->present) {
		escape_html_in(b, "<p><a href=\"", page->url, "\">");
		escape_html_in(b, "", page->label, "</a></p>\n");
	}
	if (d->empty_reason.n > 0)
		escape_html_in(b, "<p>", d->empty_reason, "</p>\n");
}

/* A line in the contents, or all there is of a paper. */
static void
add_row(
    struct strbuf *b, const struct digest_paper *p, const struct layout *layout)
{
	char buf[DIGEST_PDF_SIZE];
	struct slice pdf = digest_pdf(p, buf);

	strbuf_addf(b, "<li value=\"%zu\"><a href=\"", p->number);
	if (layout == &contents) {
		strbuf_addch(b, '#');
		entry_anchor(b, p);
	} else {
		escape_html(b, p->url);
	}
	strbuf_addstr(b, "\">");
	entry_cut(b, p->title, TITLE_MAX);
	strbuf_addstr(b, "</a>");
	entry_scores(b, p);
	if (layout != &contents && pdf.n > 0)
		escape_html_in(b, " <a href=\"", pdf, "\">PDF</a>");
	if (layout->comments && p->comment.n > 0)
		escape_html_in(b, "<br>", p->comment, "");
	strbuf_addstr(b, "</li>\n");
}

static void
add_paper(
    struct strbuf *b, const struct digest_paper *p, const struct layout *layout)
{
	strbuf_addstr(b, "<h3 id=\"");
	entry_anchor(b, p);
	strbuf_addf(b, "\">%zu. ", p->number);
	escape_html_in(b, "<a href=\"", p->url, "\">");
	escape_html_in(b, "", p->title, "</a></h3>\n");
	entry_html(b, p, layout->abstract_max);
	strbuf_addch(b, '\n');
}

static void
add_group_head(struct strbuf *b, const struct digest_group *g)
{
	if (g->label.n == 0)
		return;
	escape_html_in(b, "<h2>", g->label, " ");
	entry_group_size(b, g);
	strbuf_addstr(b, "</h2>\n");
}

/* As contents, or all there is of the papers.  How many it could name. */
static size_t
add_rows(struct strbuf *b, const struct digest *d, const struct layout *layout)
{
	const struct digest_group *g;
	size_t shown = 0, whole;

	for (size_t i = 0; i < d->ngroups; i++) {
		g = &d->groups[i];
		if (layout != &contents)
			add_group_head(b, g);
		strbuf_addstr(b, "<ol>\n");
		for (size_t j = 0; j < g->papers.n; j++, shown++) {
			whole = b->len;
			add_row(b, g->papers.v[j], layout);
			if (!fits(b, whole)) {
				strbuf_addstr(b, "</ol>\n");
				return shown;
			}
		}
		strbuf_addstr(b, "</ol>\n");
	}
	return shown;
}

/* The same of whole papers. */
static size_t
add_groups(
    struct strbuf *b, const struct digest *d, const struct layout *layout)
{
	const struct digest_group *g;
	size_t shown = 0;

	if (layout->rows)
		return add_rows(b, d, layout);
	if (d->papers.n > CONTENTS_MIN)
		add_rows(b, d, &contents);
	for (size_t i = 0; i < d->ngroups; i++) {
		g = &d->groups[i];
		add_group_head(b, g);
		for (size_t j = 0; j < g->papers.n; j++, shown++) {
			add_paper(b, g->papers.v[j], layout);
			/* The next layout has less of each. */
			if (is_full(b))
				return shown;
		}
	}
	return shown;
}

static size_t
add_unscored(struct strbuf *b, const struct digest *d)
{
	const struct digest_unscored *u;
	size_t i, whole;

	if (d->nunscored == 0)
		return 0;
	strbuf_addf(b, "<h2>Papers that could not be scored (%zu)</h2>\n<ul>\n",
	    d->nunscored);
	for (i = 0; i < d->nunscored; i++) {
		u = &d->unscored[i];
		whole = b->len;
		escape_html_in(b, "<li><a href=\"", u->url, "\">");
		entry_cut(b, u->title, TITLE_MAX);
		escape_html_in(b, "</a>: ", u->code, "");
		strbuf_addstr(b, u->detail.n > 0 ? ", " : "");
		entry_cut(b, u->detail, TITLE_MAX);
		strbuf_addstr(b, "</li>\n");
		if (!fits(b, whole))
			break;
	}
	strbuf_addstr(b, "</ul>\n");
	return i;
}

static void
add_prompt_part(struct strbuf *b, const char *title, struct slice text)
{
	if (text.n == 0)
		return;
	strbuf_addf(b, "<h2>%s</h2>\n<pre>", title);
	escape_html_lines(b, text);
	strbuf_addstr(b, "</pre>\n");
}

static void
add_left_out(struct strbuf *b, const struct digest *d,
    const struct layout *layout, size_t more)
{
	const struct digest_link *page = &d->style.up;

	if (layout->less == NULL)
		return;
	strbuf_addstr(b, "<p class=\"soft\">");
	if (more > 0) {
		strbuf_addstr(b, "\u2026 and ");
		number_add_count(b, more);
		strbuf_addstr(b, " more");
		if (page->present) {
			escape_html_in(b, " <a href=\"", page->url, "\">");
			strbuf_addstr(b, "on the page</a>");
		}
		strbuf_addstr(b, ". ");
	}
	strbuf_addf(b, "%s, since mail programs cut long messages.</p>\n",
	    layout->less);
}

/* False if not all of it fits. */
static bool
add_html(struct strbuf *b, const struct digest *d, const struct layout *layout)
{
	size_t shown, all = d->papers.n + d->left_out + d->nunscored;

	add_head(b, d);
	add_notices(b, d);
	add_figures(b, d);
	shown = add_groups(b, d, layout);
	shown += add_unscored(b, d);
	if (d->style.prompt && !layout->rows) {
		add_prompt_part(b, "System Prompt", d->prompt_system);
		add_prompt_part(b, "User Prompt", d->prompt_user);
	}
	add_left_out(b, d, layout, all - shown);
	strbuf_addstr(b, "</div>\n</body>\n</html>\n");
	return shown == all && !is_full(b);
}

static void
add_part(struct strbuf *b, const char *type, const struct strbuf *body)
{
	strbuf_addf(b,
	    "--" BOUNDARY "\n"
	    "Content-Type: %s; charset=utf-8\n"
	    "Content-Transfer-Encoding: quoted-printable\n\n",
	    type);
	mime_quoted(b, strbuf_slice(body));
	strbuf_addch(b, '\n');
}

/* What one reads in a list of mails: that something is wrong, the day, how
 * many papers. */
static void
add_subject(struct strbuf *b, const struct digest *d)
{
	struct strbuf subject = STRBUF_INIT(STRBUF_MAX);

	if (d->nnotices > 0 && d->notices[0].level > NOTICE_INFO)
		entry_health_title(&subject, d, entry_last_day(d));
	else
		strbuf_addslice(&subject, d->heading);
	if (!d->outage) {
		strbuf_addstr(&subject, " (");
		entry_totals(&subject, d, ", ");
		strbuf_addch(&subject, ')');
	}
	mime_header(b, "Subject", strbuf_slice(&subject));
	strbuf_release(&subject);
}

/* What mail programs sort by, where what is in it can be read again, and whom
 * one of several readers asks to be left out: the sender. */
static void
add_list_headers(struct strbuf *b, const struct digest *d)
{
	struct slice sender = {"", 0}, page = d->style.up.url, host;

	if (d->style.mail_from != NULL)
		sender = mime_address(slice_of(d->style.mail_from));
	host = mime_host(sender);
	strbuf_addstr(b, "List-Id: <paperround.");
	strbuf_addslice(b, host.n > 0 ? host : SLICE_LIT("localhost"));
	strbuf_addstr(b, ">\n");
	if (d->style.up.present && url_is_web(page)) {
		strbuf_addstr(b, "List-Archive: <");
		escape_url(b, page);
		strbuf_addstr(b, ">\n");
	}
	if (host.n == 0 || d->style.mail_to == NULL ||
	    mime_count(slice_of(d->style.mail_to)) < 2)
		return;
	strbuf_addstr(b, "List-Unsubscribe: <mailto:");
	escape_url(b, sender);
	strbuf_addstr(b, "?subject=unsubscribe>\n");
}

static void
add_headers(struct strbuf *b, const struct digest *d)
{
	struct strbuf id = STRBUF_INIT(STRBUF_MAX);
	struct strbuf date = STRBUF_INIT(STRBUF_MAX);
	const char *to = d->style.mail_to, *parts[5] = {"mail"};

	if (d->style.mail_from != NULL)
		mime_addresses(b, "From", slice_of(d->style.mail_from));
	if (to != NULL)
		mime_addresses(b, "To", slice_of(to));
	add_subject(b, d);
	mime_date(&date, d->now);
	strbuf_addf(b, "Date: %s\n", date.s);
	/* The same digest sent twice to the same person is one message. */
	parts[1] = d->heading.p;
	parts[2] = to != NULL ? to : "";
	parts[3] = date.s;
	entry_urn(&id, parts);
	strbuf_addf(b, "Message-ID: <%s@paperround.invalid>\n",
	    id.s + sizeof("urn:uuid:") - 1);
	add_list_headers(b, d);
	strbuf_addstr(b,
	    "Auto-Submitted: auto-generated\n"
	    "MIME-Version: 1.0\n"
	    "Content-Type: multipart/alternative;\n"
	    " boundary=\"" BOUNDARY "\"\n\n");
	strbuf_release(&id);
	strbuf_release(&date);
}

void
render_email(const struct digest *d, struct output *out)
{
	struct strbuf body = STRBUF_INIT(STRBUF_MAX);
	size_t i = 0;

	add_headers(&out->buf, d);
	text_brief(d, &body, TEXT_WIDTH, PART_MAX);
	add_part(&out->buf, "text/plain", &body);
	do
		strbuf_reset(&body);
	while (!add_html(&body, d, &layouts[i]) && ++i < NLAYOUTS);
	add_part(&out->buf, "text/html", &body);
	strbuf_addstr(&out->buf, "--" BOUNDARY "--\n");
	strbuf_release(&body);
}
