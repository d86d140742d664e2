/* SPDX-License-Identifier: ISC */
/*
 * arXiv's names: the identifiers of papers, in any of the spellings met in
 * feeds, URLs and lists of people (2510.13999v2, arXiv:2510.13999,
 * oai:arXiv.org:math.GT/0309136, https://arxiv.org/pdf/2510.13999.pdf), and
 * those of archives and categories.
 */
#ifndef ARXIV_NAMES_H
#define ARXIV_NAMES_H

#include <stdbool.h>

#include "common/base/slice.h"
#include "common/base/strbuf.h"
#include "common/base/strlist.h"

/* Room for the longest canonical id and its NUL. */
#define ARXIV_ID_SIZE 32

/*
 * Writes the canonical id (no prefix, no version, no subject class, lower
 * case: math/0309136) and the version, 0 if none is named.  False, with both
 * untouched, if text is no identifier.
 */
bool arxiv_id_parse(struct slice text, char id[ARXIV_ID_SIZE], long *version);

/* True for what looks like cs, cs.LG, hep-th, cond-mat.stat-mech; MSC and ACM
 * classes, which old answers mix in, do not. */
bool category_is_name(struct slice name);
/* The spelling arXiv uses: "CS.lg" is cs.LG, "COND-MAT.soft" cond-mat.soft. */
char *category_canonical(const char *name);
/* True if paper is the category wanted or belongs to the archive wanted. */
bool category_covers(const char *wanted, const char *paper);
/*
 * The narrowest OAI set that holds all the categories: cs:cs:LG for cs.LG
 * alone, cs:cs for several of cs, "" where only everything will do.
 */
void category_set(struct strbuf *out, const struct strlist *categories);

#endif
