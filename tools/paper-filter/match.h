/* SPDX-License-Identifier: ISC */
/*
 * The record's key match: which of the reader's people and keywords let the
 * paper through.
 *
 *	{"authors":["Yann LeCun"],"authors_unsure":[],
 *	 "keywords":[{"keyword":"moe","field":"title","offset":4,"length":3}]}
 */
#ifndef MATCH_H
#define MATCH_H

#include <stdbool.h>

#include "common/base/strbuf.h"
#include "common/record/paper.h"
#include "keyword.h"
#include "people.h"

/*
 * Writes the paper's match joined with what was found now; false, writing
 * nothing, if that adds nothing to it.
 */
bool match_write(struct strbuf *b, struct paper *p,
    const struct people_match *people, const struct keyword_hits *hits);

#endif
