/* SPDX-License-Identifier: ISC */
/*
 * The parts of the web page.  Each appends to a buffer; words end in white
 * space wherever a browser would break the line, so that the text of the page
 * can be read without its layout.
 */
#ifndef HTML_H
#define HTML_H

#include "common/base/strbuf.h"
#include "common/io/output.h"
#include "model/digest.h"

/* html_head.c: what stands above the papers, in place of them, and below. */
void html_masthead(struct strbuf *b, const struct digest *d);
void html_empty_reason(struct strbuf *b, const struct digest *d);
void html_unscored(struct output *out, const struct digest *d);

/* nav.c: previous, up and next, and the addresses of the site's pages. */
void html_nav(struct strbuf *b, const struct digest *d);
/* From a month's page to a day's, and from the index to a month's. */
void html_day_url(struct strbuf *b, const struct digest_day *day);
void html_month_url(struct strbuf *b, struct ymd month);

/* html_paper.c */
void html_toolbar(struct strbuf *b, const struct digest *d);
void html_contents(struct output *out, const struct digest *d);
/* level is the heading's: 2 or 3. */
void html_paper(struct strbuf *b, const struct digest *d,
    const struct digest_paper *p, int level);
void html_papers(struct output *out, const struct digest *d);
/* The id attribute of a paper's article: "p-2510.13999". */
void html_anchor(struct strbuf *b, const struct digest_paper *p);
/* The attributes that the page's script goes by: the paper's id and scores. */
void html_data(struct strbuf *b, const struct digest_paper *p);
void html_list(struct strbuf *b, const struct slices *list);

/* html_month.c, html_index.c */
void html_month(struct output *out, const struct digest *d);
void html_index(struct output *out, const struct digest *d);

/* calendar.c: the months that the digest's days lie in. */
void html_calendar(struct strbuf *b, const struct digest *d);
/* 1..12: "January" .. */
const char *html_month_name(int month);

/* markup.c: the Markdown of prompts, as HTML that holds nothing but what
 * this file writes.  Headings begin at <hN>. */
void html_markup(struct strbuf *b, struct slice text, int level);
void html_prompt(struct strbuf *b, const struct digest *d);

#endif
