/* SPDX-License-Identifier: ISC */
/* A message with the digest twice: as text, and as HTML that mail programs
 * show.  Lines end with a newline alone, as sendmail -t wants it. */
#include "common/base/number.h"
#include "common/base/utf8.h"
#include "formats/entry.h"
#include "formats/render.h"
#include "text/escape.h"
#include "text/mime.h"

/* Cannot occur in quoted-printable: a = stands before two digits there. */
#define BOUNDARY   "=_paperround_=_alternative_="
#define TEXT_WIDTH 72

/* Gmail shows the first 102 KB. */
#define HTML_MAX   98000
#define TITLE_MAX  300 /* in a row, bytes */

#define FONT	   "font-family:Georgia,'Times New Roman',serif;"
#define SANS	   "font-family:Helvetica,Arial,sans-serif;"
#define TEXT	   "color:#1f2328;"
#define MUTED	   "color:#57606a;"
#define PARA	   "margin:0 0 8px;"
#define LINK	   "color:#0b57a4;"
#define BADGE                                                   \
	SANS "font-size:13px;color:#1f2328;background:#eaeef2;" \
	     "border-radius:4px;padding:1px 6px;"

/* What is shown: the first of these that fits.  The text part is not cut. */
struct layout {
	size_t abstract_max; /* bytes */
	bool rows; /* of each paper */
	const char *less; /* what the reader is told */
};

static const struct layout layouts[] = {
    {SIZE_MAX, false, NULL},
    {700, false, "Abstracts are shortened here"},
    {350, false, "Abstracts are shortened here"},
    {0, false, "Abstracts are left out here"},
    {0, true, "Abstracts, authors and comments are left out here"},
};

static bool
is_full(const struct strbuf *b)
{
	return b->len > HTML_MAX;
}

static void
add_cut(struct strbuf *b, struct slice s, size_t max)
{
	size_t n = utf8_cut(s.p, s.n, max);

	escape_html(b, (struct slice) {s.p, n});
	strbuf_addstr(b, n < s.n ? " \xe2\x80\xa6" : "");
}

static void
open_para(struct strbuf *b, const char *style)
{
	strbuf_addf(b, "<p style=\"" PARA "%s\">", style);
}

static void
close_para(struct strbuf *b)
{
	strbuf_addstr(b, "</p>\n");
}

static void
add_anchor(struct strbuf *b, struct slice url, const char *style)
{
	strbuf_addstr(b, "<a href=\"");
	escape_html(b, url);
	strbuf_addf(b, "\" style=\"" LINK "%s\">", style);
}

/* Lines before the first tag are what a list of mails previews. */
static void
add_head(struct strbuf *b, const struct digest *d)
{
	strbuf_addstr(b,
	    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
	    "<meta charset=\"utf-8\">\n"
	    "<meta name=\"viewport\" "
	    "content=\"width=device-width,initial-scale=1\">\n<title>");
	escape_html(b, d->heading);
	strbuf_addstr(b,
	    "</title>\n</head>\n"
	    "<body style=\"margin:0;padding:0;background:#ffffff;\">\n"
	    "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" "
	    "cellspacing=\"0\" border=\"0\">\n<tr><td align=\"center\" "
	    "style=\"padding:16px;\">\n"
	    "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" "
	    "cellspacing=\"0\" border=\"0\" "
	    "style=\"max-width:680px;\">\n<tr><td align=\"left\" "
	    "style=\"" FONT TEXT "font-size:16px;line-height:1.5;\">\n"
	    "<h1 style=\"" SANS TEXT
	    "font-size:22px;line-height:1.3;margin:0 0 12px;\">");
	escape_html(b, d->heading);
	strbuf_addstr(b, "</h1>\n");
}

static const char *const notice_styles[] = {
    [NOTICE_INFO] = SANS "font-size:14px;background:#eef4fb;"
			 "border-left:4px solid #0b57a4;padding:8px 12px;",
    [NOTICE_WARNING] = SANS "font-size:14px;background:#fff6dd;"
			    "border-left:4px solid #9a6700;padding:8px 12px;",
    [NOTICE_OUTAGE] = SANS "font-size:14px;background:#ffebe9;"
			   "border-left:4px solid #b3261e;padding:8px 12px;",
};

static void
add_notices(struct strbuf *b, const struct digest *d)
{
	for (size_t i = 0; i < d->nnotices; i++) {
		open_para(b, notice_styles[d->notices[i].level]);
		strbuf_addf(b, "<strong>%s:</strong> ",
		    digest_level_name(d->notices[i].level));
		escape_html(b, d->notices[i].text);
		close_para(b);
	}
}

static void
add_figures(struct strbuf *b, const struct digest *d)
{
	const struct digest_usage *u = &d->usage;

	open_para(b, SANS MUTED "font-size:14px;");
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
	close_para(b);
	if (d->ntopics > 0) {
		open_para(b, SANS MUTED "font-size:14px;");
		for (size_t i = 0; i < d->ntopics; i++) {
			strbuf_addstr(b, i == 0 ? "Topics: " : ", ");
			escape_html(b, d->topics[i].label);
			strbuf_addf(b, " %zu", d->topics[i].all);
		}
		close_para(b);
	}
	if (d->empty_reason.n > 0) {
		open_para(b, "");
		escape_html(b, d->empty_reason);
		close_para(b);
	}
}

static void
add_scores(struct strbuf *b, const struct digest_paper *p)
{
	strbuf_addstr(b, "<span style=\"" BADGE "\">relevance ");
	number_add_or_dash(b, p->has_relevance, p->relevance);
	strbuf_addstr(b, "</span> <span style=\"" BADGE "\">novelty ");
	number_add_or_dash(b, p->has_novelty, p->novelty);
	strbuf_addstr(b, "</span>");
	for (size_t i = 0; i < p->naxes; i++) {
		strbuf_addstr(b, " <span style=\"" BADGE "\">");
		escape_html(b, p->axes[i].name);
		strbuf_addch(b, ' ');
		number_add(b, p->axes[i].value);
		strbuf_addstr(b, "</span>");
	}
	for (size_t i = 0; i < p->topics.n; i++) {
		strbuf_addstr(b, " <span style=\"" BADGE "\">");
		escape_html(b, p->topics.v[i]);
		strbuf_addstr(b, "</span>");
	}
}

static void
add_links(struct strbuf *b, const struct digest_paper *p)
{
	escape_html(b, p->id);
	if (p->primary.n > 0) {
		strbuf_addstr(b, " &middot; ");
		escape_html(b, p->primary);
	}
	if (p->pdf.n > 0) {
		strbuf_addstr(b, " &middot; ");
		add_anchor(b, p->pdf, "");
		strbuf_addstr(b, "PDF</a>");
	}
	for (size_t i = 0; i < p->code.n; i++) {
		strbuf_addstr(b, " &middot; ");
		add_anchor(b, p->code.v[i], "");
		strbuf_addstr(b, "code</a>");
	}
}

/* One line: scores, title, where it is. */
static void
add_row(struct strbuf *b, const struct digest_paper *p)
{
	strbuf_addf(b, "<p style=\"margin:0 0 6px;\">%zu. ", p->number);
	add_anchor(b, p->url, "");
	add_cut(b, p->title, TITLE_MAX);
	strbuf_addstr(b, "</a> ");
	if (p->scored) {
		number_add_or_dash(b, p->has_relevance, p->relevance);
		strbuf_addch(b, '/');
		number_add_or_dash(b, p->has_novelty, p->novelty);
		strbuf_addch(b, ' ');
	}
	add_links(b, p);
	close_para(b);
}

static void
add_paper(
    struct strbuf *b, const struct digest_paper *p, const struct layout *layout)
{
	if (layout->rows) {
		add_row(b, p);
		return;
	}
	strbuf_addf(b,
	    "<h2 style=\"" SANS
	    "font-size:17px;line-height:1.35;margin:0 0 4px;"
	    "padding-top:16px;border-top:1px solid #d0d7de;\">%zu. ",
	    p->number);
	add_anchor(b, p->url, "text-decoration:none;");
	escape_html(b, p->title);
	strbuf_addstr(b, "</a></h2>\n");
	open_para(b, SANS MUTED "font-size:14px;");
	entry_list(b, &p->authors);
	strbuf_addstr(b, "<br>");
	add_links(b, p);
	close_para(b);
	if (p->match_authors.n > 0) {
		open_para(b, SANS "font-size:14px;font-weight:bold;");
		strbuf_addstr(b, "Author match: ");
		entry_list(b, &p->match_authors);
		close_para(b);
	}
	if (p->scored) {
		open_para(b, "");
		add_scores(b, p);
		close_para(b);
	}
	if (p->comment.n > 0) {
		open_para(b, "font-style:italic;");
		escape_html(b, p->comment);
		close_para(b);
	}
	if (p->abstract.n == 0 || layout->abstract_max == 0)
		return;
	open_para(b, "");
	add_cut(b, p->abstract, layout->abstract_max);
	close_para(b);
}

static void
add_group_head(struct strbuf *b, const struct digest_group *g)
{
	if (g->label.n == 0)
		return;
	strbuf_addstr(
	    b, "<h2 style=\"" SANS "font-size:19px;margin:20px 0 8px;\">");
	escape_html(b, g->label);
	strbuf_addch(b, ' ');
	entry_group_size(b, g);
	strbuf_addstr(b, "</h2>\n");
}

/* How many papers stand there whole when it is full. */
static size_t
add_groups(
    struct strbuf *b, const struct digest *d, const struct layout *layout)
{
	const struct digest_group *g;
	size_t shown = 0, whole;

	for (size_t i = 0; i < d->ngroups; i++) {
		g = &d->groups[i];
		add_group_head(b, g);
		for (size_t j = 0; j < g->papers.n; j++) {
			whole = b->len;
			add_paper(b, g->papers.v[j], layout);
			if (is_full(b)) {
				strbuf_setlen(b, whole);
				return shown;
			}
			shown++;
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
	strbuf_addf(b,
	    "<h2 style=\"" SANS "font-size:17px;margin:20px 0 8px;\">"
	    "Papers that could not be scored (%zu)</h2>\n<ul>\n",
	    d->nunscored);
	for (i = 0; i < d->nunscored; i++) {
		u = &d->unscored[i];
		whole = b->len;
		strbuf_addstr(b, "<li>");
		add_anchor(b, u->url, "");
		add_cut(b, u->title, TITLE_MAX);
		strbuf_addstr(b, "</a>: ");
		escape_html(b, u->code);
		strbuf_addstr(b, u->detail.n > 0 ? ", " : "");
		add_cut(b, u->detail, TITLE_MAX);
		strbuf_addstr(b, "</li>\n");
		if (is_full(b)) {
			strbuf_setlen(b, whole);
			break;
		}
	}
	strbuf_addstr(b, "</ul>\n");
	return i;
}

static void
add_prompt_part(struct strbuf *b, const char *title, struct slice text)
{
	if (text.n == 0)
		return;
	strbuf_addf(b,
	    "<h3 style=\"" SANS "\">%s</h3>\n"
	    "<pre style=\"white-space:pre-wrap;font-size:13px;\">",
	    title);
	escape_html_lines(b, text);
	strbuf_addstr(b, "</pre>\n");
}

static void
add_left_out(struct strbuf *b, const struct layout *layout, size_t more)
{
	if (layout->less == NULL)
		return;
	open_para(b, SANS MUTED "font-size:14px;");
	strbuf_addstr(b, layout->less);
	if (more > 0) {
		strbuf_addstr(b, ", and ");
		number_add_plural(b, more, "paper", "papers");
	}
	strbuf_addstr(b,
	    ", since mail programs cut long messages; the text part has "
	    "everything.");
	close_para(b);
}

/* The digest as HTML with inline styles, tables for layout and nothing to
 * load: what Gmail, Outlook and their like leave standing.  False if not all
 * of it fits. */
static bool
add_html(struct strbuf *b, const struct digest *d, const struct layout *layout)
{
	size_t shown, all = d->nunscored;

	add_head(b, d);
	add_notices(b, d);
	add_figures(b, d);
	shown = add_groups(b, d, layout);
	shown += add_unscored(b, d);
	for (size_t i = 0; i < d->ngroups; i++)
		all += d->groups[i].papers.n;
	if (d->style.prompt && !layout->rows) {
		add_prompt_part(b, "System Prompt", d->prompt_system);
		add_prompt_part(b, "User Prompt", d->prompt_user);
	}
	add_left_out(b, layout, all - shown);
	strbuf_addstr(b,
	    "</td></tr>\n</table>\n</td></tr>\n</table>\n"
	    "</body>\n</html>\n");
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
	const struct layout *layout = layouts;

	add_headers(&out->buf, d);
	text_document(d, &body, NULL, TEXT_WIDTH, false);
	add_part(&out->buf, "text/plain", &body);
	do
		strbuf_reset(&body);
	while (!add_html(&body, d, layout) && !layout++->rows);
	add_part(&out->buf, "text/html", &body);
	strbuf_addstr(&out->buf, "--" BOUNDARY "--\n");
	strbuf_release(&body);
}
