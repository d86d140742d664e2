/* SPDX-License-Identifier: ISC */
/* What RSS and Atom feeds pack into one text. */
#ifndef DESCRIPTION_H
#define DESCRIPTION_H

#include "entry.h"

/*
 * "arXiv:2504.17830v1 Announce Type: new \nAbstract: We .." sets id, version,
 * announcement and abstract; text without that head is the abstract.
 */
void description_apply(struct entry *e, struct slice text);
/* "TeX title (arXiv:1111.11111v1 [astro-ph.GA] UPDATED)", as feeds had it
 * until 2024, sets title, id, version and primary category. */
void old_title_apply(struct entry *e, struct slice text);
/* Appends text without HTML tags, its five entities decoded. */
void html_strip(struct strbuf *out, struct slice text);
/* Appends the first of several DOIs. */
void first_word(struct strbuf *out, struct slice text);
/* Journal references have been seen as ", Phys. Rev. D 1 (2000)". */
struct slice without_comma(struct slice s);

#endif
