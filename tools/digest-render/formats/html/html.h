/* SPDX-License-Identifier: ISC */
/*
 * The parts of the web page.  Each appends to a buffer; words end in white
 * space wherever a browser would break the line, so that the text of the page
 * can be read without its layout.
 */
#ifndef HTML_H
#define HTML_H

#include "common/base/slice.h"
#include "common/base/strbuf.h"
#include "common/io/output.h"
#include "model/digest.h"

/* The style and the script: files of this folder that the Makefile turns into
 * arrays, with the checksum that the page's Content-Security-Policy names. */
struct asset {
	const unsigned char *bytes;
	size_t n;
	const char *sha256; /* in base64 */
};

extern const struct asset page_css, page_js, index_js;

/* head.c: what stands above the papers, in place of them, and below. */
void html_masthead(struct strbuf *b, const struct digest *d);
void html_empty_reason(struct strbuf *b, const struct digest *d);
void html_unscored(struct output *out, const struct digest *d);

/* run.c: what the operator wants to know, closed. */
void html_run(struct output *out, const struct digest *d);

/* paper.c: both open in place; a closed card has all of the comment, a row is
 * two lines. */
enum html_shape {
	HTML_CARD,
	HTML_ROW
};
void html_paper(struct strbuf *b, const struct digest *d,
    const struct digest_paper *p, enum html_shape shape);
/* The id attribute of a paper's article: "p-2510.13999". */
void html_anchor(struct strbuf *b, const struct digest_paper *p);

/* papers.c: the bar, of use with JavaScript only, .. */
void html_toolbar(struct strbuf *b, const struct digest *d);
/* What the index's search has too: the button that clears, the choices and what
 * may be ticked; the caller ends the last paragraph, the box and its details. */
void html_filter(struct strbuf *b, const char *first_order);
/* So many papers stand first: as many as wanted, or more where more are by
 * authors the reader follows, but at most twice as many. */
#define HTML_FIRST	   3 /* of a day */
#define HTML_FIRST_OF_MANY 10 /* of a week or a month */
size_t html_count_first(const struct digest *d, size_t wanted);
/* .. those as cards, and what has labels in rows, without those. */
void html_papers(struct output *out, const struct digest *d);

/* charts.c: how many papers stand at each relevance and novelty: a bubble is
 * a link to its first paper, and with JavaScript a filter. */
void html_plot(struct strbuf *b, const struct digest *d);
/* Bars by day: papers shown; and USD, if any report tells of them. */
void html_day_bars(struct strbuf *b, const struct digest *d);
void html_cost_bars(struct strbuf *b, const struct digest *d);
/* "12 papers", a dash, or nothing where the day's state says it all. */
void html_day_count(struct strbuf *b, const struct digest_day *day);
/* From a month's page to a day's, and from the index to a month's. */
void html_day_url(struct strbuf *b, const struct digest_day *day);
void html_month_url(struct strbuf *b, struct ymd month);

/* overview.c */
void html_month(struct output *out, const struct digest *d);
void html_index(struct output *out, const struct digest *d);

/* prompt.c: the Markdown of prompts, as HTML that holds nothing but what
 * that file writes. */
void html_prompt(struct strbuf *b, const struct digest *d);

/*
 * pack.c: records of text made small and quick to search, as what a page's
 * script reads (search.js): every distinct word stands once in a dictionary,
 * and a record is a row of their numbers.  A search looks through the
 * dictionary, and then compares numbers.
 */

struct pack;

struct pack *pack_new(void);
void pack_free(struct pack *p);

/* The next item of the record's field: a text that is cut into words; or a name
 * that stays one, which the script can tell from others by its number. */
void pack_text(struct pack *p, struct slice text);
void pack_name(struct pack *p, struct slice name);
void pack_end_field(struct pack *p);
/* After the last field, which needs no end of its own. */
void pack_end_record(struct pack *p);

/* The dictionary, and the records.  Neither holds '<', so that they can stand in
 * a <script>.  pack_finish goes before both, and nothing is added after it. */
void pack_finish(struct pack *p);
void pack_write_words(const struct pack *p, struct output *out);
void pack_write_records(const struct pack *p, struct output *out);

#endif
