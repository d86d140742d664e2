/* SPDX-License-Identifier: ISC */
#ifndef EMAIL_HTML_H
#define EMAIL_HTML_H

#include "model/digest.h"

/* The digest as HTML with inline styles, tables for layout and nothing to
 * load: what Gmail, Outlook and their like leave standing. */
void email_html(const struct digest *d, struct strbuf *b);

#endif
