/* SPDX-License-Identifier: ISC */
/* URLs that may stand in a document. */
#ifndef URL_H
#define URL_H

#include <stdbool.h>

#include "common/base/slice.h"
#include "common/base/strbuf.h"

/* True if s is an http or https URL with a host. */
bool url_is_web(struct slice s);
/* Appends s with everything but URL characters percent-encoded; quotes and
 * parentheses too, so that it fits into any markup. */
void url_add(struct strbuf *b, struct slice s);

#endif
