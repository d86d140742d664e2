/* SPDX-License-Identifier: ISC */
#ifndef BIBTEX_H
#define BIBTEX_H

#include "common/base/strbuf.h"
#include "model/digest.h"

/* One entry, ended by a newline: what the web page copies too. */
void bibtex_entry(struct strbuf *b, const struct digest_paper *p);

#endif
