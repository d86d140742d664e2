/* SPDX-License-Identifier: ISC */
/* Links to repositories and project pages in running text. */
#ifndef CODE_LINKS_H
#define CODE_LINKS_H

#include "common/base/slice.h"
#include "common/base/strlist.h"

/*
 * Adds each link once, in order: those to hosts known for code or project
 * pages, with or without https://, and any URL that the words before it call
 * code, a project page or a demo.  Punctuation after a link and TeX's \url
 * and \_ do not become part of it.
 */
void code_links_find(struct strlist *links, struct slice text);

#endif
