/* SPDX-License-Identifier: ISC */
#include "formats/email_html.h"

#include <string.h>

#include "text/escape.h"
#include "formats/render.h"

/* Gmail shows the first 102 KB: beyond this the abstracts are left to the text
 * part, which is not cut. */
#define ABSTRACTS_MAX ((size_t)64 << 10)

#define FONT	      "font-family:Georgia,'Times New Roman',serif;"
#define SANS	      "font-family:Helvetica,Arial,sans-serif;"
#define TEXT	      "color:#1f2328;"
#define MUTED	      "color:#57606a;"
#define PARA	      "margin:0 0 8px;"
#define LINK	      "color:#0b57a4;"
#define BADGE                                                   \
	SANS "font-size:13px;color:#1f2328;background:#eaeef2;" \
	     "border-radius:4px;padding:1px 6px;"

static void
add_list(struct strbuf *b, const struct slices *list)
{
	size_t i;

	for (i = 0; i < list->n; i++) {
		strbuf_addstr(b, i > 0 ? ", " : "");
		escape_html(b, list->v[i]);
	}
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
	size_t i;

	for (i = 0; i < d->nnotices; i++) {
		open_para(b, notice_styles[d->notices[i].level]);
		strbuf_addf(b, "<strong>%s:</strong> ",
		    render_level(d->notices[i].level));
		escape_html(b, d->notices[i].text);
		close_para(b);
	}
}

static void
add_figures(struct strbuf *b, const struct digest *d)
{
	const struct digest_usage *u = &d->usage;
	size_t i;

	open_para(b, SANS MUTED "font-size:14px;");
	render_totals(b, d);
	if (u->known && u->llm) {
		strbuf_addstr(b, "<br>");
		escape_html(b, u->model);
		strbuf_addstr(b, ": ");
		if (u->tokens_known) {
			render_count(b, u->prompt);
			strbuf_addstr(b, " prompt and ");
			render_count(b, u->completion);
			strbuf_addstr(b, " completion tokens, ");
		}
		if (u->priced)
			render_cost(b, u->cost);
		else
			strbuf_addstr(b, "unpriced");
	}
	close_para(b);
	if (d->ntopics > 0) {
		open_para(b, SANS MUTED "font-size:14px;");
		for (i = 0; i < d->ntopics; i++) {
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
	size_t i;

	strbuf_addstr(b, "<span style=\"" BADGE "\">relevance ");
	render_axis(b, p->has_relevance, p->relevance);
	strbuf_addstr(b, "</span> <span style=\"" BADGE "\">novelty ");
	render_axis(b, p->has_novelty, p->novelty);
	strbuf_addstr(b, "</span>");
	for (i = 0; i < p->naxes; i++) {
		strbuf_addstr(b, " <span style=\"" BADGE "\">");
		escape_html(b, p->axes[i].name);
		strbuf_addch(b, ' ');
		render_number(b, p->axes[i].value);
		strbuf_addstr(b, "</span>");
	}
	for (i = 0; i < p->topics.n; i++) {
		strbuf_addstr(b, " <span style=\"" BADGE "\">");
		escape_html(b, p->topics.v[i]);
		strbuf_addstr(b, "</span>");
	}
}

static void
add_links(struct strbuf *b, const struct digest_paper *p)
{
	size_t i;

	escape_html(b, p->id);
	if (p->primary.n > 0) {
		strbuf_addstr(b, " &middot; ");
		escape_html(b, p->primary);
	}
	strbuf_addstr(b, " &middot; ");
	add_anchor(b, p->pdf, "");
	strbuf_addstr(b, "PDF</a>");
	for (i = 0; i < p->code.n; i++) {
		strbuf_addstr(b, " &middot; ");
		add_anchor(b, p->code.v[i], "");
		strbuf_addstr(b, "code</a>");
	}
}

static void
add_paper(struct strbuf *b, const struct digest_paper *p)
{
	strbuf_addf(b,
	    "<h2 style=\"" SANS
	    "font-size:17px;line-height:1.35;margin:0 0 4px;"
	    "padding-top:16px;border-top:1px solid #d0d7de;\">%zu. ",
	    p->number);
	add_anchor(b, p->url, "text-decoration:none;");
	escape_html(b, p->title);
	strbuf_addstr(b, "</a></h2>\n");
	open_para(b, SANS MUTED "font-size:14px;");
	add_list(b, &p->authors);
	strbuf_addstr(b, "<br>");
	add_links(b, p);
	close_para(b);
	if (p->match_authors.n > 0) {
		open_para(b, SANS "font-size:14px;font-weight:bold;");
		strbuf_addstr(b, "Author match: ");
		add_list(b, &p->match_authors);
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
	if (b->len > ABSTRACTS_MAX || p->abstract.n == 0)
		return;
	open_para(b, "");
	escape_html(b, p->abstract);
	close_para(b);
}

static void
add_groups(struct strbuf *b, const struct digest *d)
{
	const struct digest_group *g;
	size_t i, j;

	for (i = 0; i < d->ngroups; i++) {
		g = &d->groups[i];
		if (g->label.n > 0) {
			strbuf_addstr(b,
			    "<h2 style=\"" SANS
			    "font-size:19px;margin:20px 0 8px;\">");
			escape_html(b, g->label);
			strbuf_addf(b, " (%zu)</h2>\n", g->papers.n);
		}
		for (j = 0; j < g->papers.n; j++)
			add_paper(b, g->papers.v[j]);
	}
}

static void
add_unscored(struct strbuf *b, const struct digest *d)
{
	const struct digest_unscored *u;
	size_t i;

	if (d->nunscored == 0)
		return;
	strbuf_addf(b,
	    "<h2 style=\"" SANS "font-size:17px;margin:20px 0 8px;\">"
	    "Papers that could not be scored (%zu)</h2>\n<ul>\n",
	    d->nunscored);
	for (i = 0; i < d->nunscored; i++) {
		u = &d->unscored[i];
		strbuf_addstr(b, "<li>");
		add_anchor(b, u->url, "");
		escape_html(b, u->title);
		strbuf_addstr(b, "</a>: ");
		escape_html(b, u->code);
		strbuf_addstr(b, u->detail.n > 0 ? ", " : "");
		escape_html(b, u->detail);
		strbuf_addstr(b, "</li>\n");
	}
	strbuf_addstr(b, "</ul>\n");
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
add_foot(struct strbuf *b, const struct digest *d)
{
	if (b->len > ABSTRACTS_MAX) {
		open_para(b, SANS MUTED "font-size:14px;");
		strbuf_addstr(b,
		    "Some abstracts are left out here, since mail programs "
		    "cut long messages; the text part has them all.");
		close_para(b);
	}
	if (d->style.prompt) {
		add_prompt_part(b, "System Prompt", d->prompt_system);
		add_prompt_part(b, "User Prompt", d->prompt_user);
	}
	strbuf_addstr(b,
	    "</td></tr>\n</table>\n</td></tr>\n</table>\n"
	    "</body>\n</html>\n");
}

void
email_html(const struct digest *d, struct strbuf *b)
{
	add_head(b, d);
	add_notices(b, d);
	add_figures(b, d);
	add_groups(b, d);
	add_unscored(b, d);
	add_foot(b, d);
}
