/* SPDX-License-Identifier: ISC */
/* The plain text document, which is also a part of the email. */
#ifndef TEXT_H
#define TEXT_H

#include "model/digest.h"

/* Appends the whole document.  out, if not NULL, is b's and is flushed as it
 * fills. */
void text_document(const struct digest *d, struct strbuf *b, struct output *out,
    size_t width, bool color);

#endif
