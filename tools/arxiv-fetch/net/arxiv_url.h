/* SPDX-License-Identifier: ISC */
/* Query strings. */
#ifndef ARXIV_URL_H
#define ARXIV_URL_H

#include "common/base/strbuf.h"

/* Appends "?name=value" or, after the first, "&name=value", the value
 * percent-encoded; nothing if value is NULL. */
void url_add(struct strbuf *url, const char *name, const char *value);

#endif
