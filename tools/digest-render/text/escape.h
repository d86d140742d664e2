/* SPDX-License-Identifier: ISC */
/*
 * The only way of hostile text into a document: one function per target.
 *
 * Every one of them turns bad UTF-8 into U+FFFD and drops the characters that
 * a person does not see but a program may act on (controls, bidi controls,
 * zero-width), so that no target needs to think of these again.  Line breaks
 * become blanks, but where the comment says otherwise.  (Mail headers have
 * mime.h, which takes text through here.)
 */
#ifndef ESCAPE_H
#define ESCAPE_H

#include <stdbool.h>

#include "common/base/slice.h"
#include "common/base/strbuf.h"

/* Text and quoted attribute values of HTML and XML 1.0: & < > " '. */
void escape_html(struct strbuf *b, struct slice s);
/* The same between markup of our own. */
void escape_html_in(
    struct strbuf *b, const char *before, struct slice s, const char *after);
/* The same, line breaks kept: for <pre>. */
void escape_html_lines(struct strbuf *b, struct slice s);
/* Inline Markdown (CommonMark and GitHub's), also within link texts and
 * table cells. */
void escape_markdown(struct strbuf *b, struct slice s);
/* For running text: URLs become <https://..> instead of being escaped. */
void escape_markdown_text(struct strbuf *b, struct slice s);
/* A terminal, and the plain text part of mail: what is left is printable. */
void escape_tty(struct strbuf *b, struct slice s);
/* The same with newlines and tabs left: a text that is no document of ours. */
void escape_lines(struct strbuf *b, struct slice s);
/* Slack's mrkdwn and plain_text: & < >. */
void escape_slack(struct strbuf *b, struct slice s);
/* A braced BibTeX field: TeX's specials outside of formulas, and commands
 * that do more than print, are made harmless; braces balance. */
void escape_bibtex(struct strbuf *b, struct slice s);
/* A cell of a table: nothing that a spreadsheet takes for a formula, and behind
 * separator ',' in quotes where RFC 4180 wants them. */
void escape_cell(struct strbuf *b, struct slice s, char separator);
/* A URL: everything but URL characters percent-encoded; quotes and parentheses
 * too, so that it fits into any markup. */
void escape_url(struct strbuf *b, struct slice s);
/* True if s is an http or https URL with a host. */
bool url_is_web(struct slice s);

#endif
