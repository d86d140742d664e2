/* SPDX-License-Identifier: ISC */
/*
 * The reader's own library, and what of it a paper cites: entries are found by
 * arXiv's id, by DOI, or by their title, without TeX, accents, case and
 * punctuation.  A title alone proves little: it has two words at least, and an
 * author or the year agrees with it.
 */
#ifndef CITES_H
#define CITES_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/strlist.h"
#include "common/record/paper.h"

struct cites;

/*
 * Reads files of records, as scripts/contrib/library makes them.  Lines that are
 * none are told, and the rest goes on; a file that cannot be read, or no entry
 * at all, exits with 2.
 */
struct cites *cites_new(const struct strlist *files);
void cites_free(struct cites *c);
/*
 * Adds to found what the paper's references cite, in the library's order and
 * each once, as JSON: {"id":"1706.03762","title":"Attention Is .."}.  The paper
 * itself, if it is in the library, does not count.  False if there is nothing.
 */
bool cites_find(struct cites *c, struct paper *p, struct strlist *found);

#endif
