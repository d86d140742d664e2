/* SPDX-License-Identifier: ISC */
/* The wire form of mail: lines of at most 76 characters, ASCII only. */
#ifndef MIME_H
#define MIME_H

#include "common/base/date.h"
#include "common/base/slice.h"
#include "common/base/strbuf.h"

/* A header, folded, with RFC 2047 words where needed, and a newline. */
void mime_header(struct strbuf *b, const char *name, struct slice value);
/* A header of addresses, comma-separated, as RFC 5322 has them: "Name
 * <local@host>" or local@host.  Names are quoted or encoded where needed. */
void mime_addresses(struct strbuf *b, const char *header, struct slice list);
/* False if one of them is no address; *wrong is that one.  A name without a
 * host, of a user of this machine, may stand alone. */
bool mime_check(struct slice list, struct slice *wrong);
/* How many they are; the first without its name; and its host, empty where it
 * has none or one without a name. */
size_t mime_count(struct slice list);
struct slice mime_address(struct slice list);
struct slice mime_host(struct slice address);
/* "Fri, 17 Oct 2025 05:00:00 +0000" */
void mime_date(struct strbuf *b, moment_t t);
/* The body of a part as quoted-printable. */
void mime_quoted(struct strbuf *b, struct slice body);

#endif
