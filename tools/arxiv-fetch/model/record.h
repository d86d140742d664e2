/* SPDX-License-Identifier: ISC */
/* The record of paper(5) that an entry becomes, with the links to code that
 * stand in its texts. */
#ifndef RECORD_H
#define RECORD_H

#include "model/entry.h"

/* The record without newline, appended to b. */
void record_format(struct strbuf *b, const struct entry *e);

/*
 * Adds each link once, in order: those to hosts known for code or project
 * pages, with or without https://, and any URL that the words before it call
 * code, a project page or a demo.  Punctuation after a link and TeX's \url
 * and \_ do not become part of it.
 */
void code_links_find(struct strlist *links, struct slice text);

#endif
