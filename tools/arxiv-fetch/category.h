/* SPDX-License-Identifier: ISC */
/* Names of arXiv's archives and categories. */
#ifndef CATEGORY_H
#define CATEGORY_H

#include <stdbool.h>

#include "common/base/slice.h"
#include "common/base/strbuf.h"
#include "common/base/strlist.h"

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
