/* SPDX-License-Identifier: ISC */
/* The wire form of mail: lines of at most 76 characters, ASCII only. */
#ifndef MIME_H
#define MIME_H

#include "common/base/date.h"
#include "common/base/slice.h"
#include "common/base/strbuf.h"

/* A header, folded, with RFC 2047 words where needed, and a newline. */
void mime_header(struct strbuf *b, const char *name, struct slice value);
/* An address or several, comma-separated: only the names before <..> may be
 * encoded. */
void mime_addresses(struct strbuf *b, const char *name, struct slice value);
/* "Fri, 17 Oct 2025 05:00:00 +0000" */
void mime_date(struct strbuf *b, moment_t t);
/* The body of a part as quoted-printable. */
void mime_quoted(struct strbuf *b, struct slice body);

#endif
