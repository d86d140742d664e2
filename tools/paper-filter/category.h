/* SPDX-License-Identifier: ISC */
/*
 * Patterns for categories: "cs.LG", "cs.*", "hep-*", or the name of an
 * archive, which means all of it.  Upper and lower case are the same.
 */
#ifndef CATEGORY_H
#define CATEGORY_H

#include <stdbool.h>
#include <stddef.h>

#include "common/paper.h"
#include "common/slice.h"
#include "common/strlist.h"

/* Exits 2, showing the place, if a pattern cannot match any category. */
void category_check(const struct strlist *patterns);
bool category_match(const char *pattern, struct slice category);
/* True if one of the paper's categories (or only its first) matches. */
bool category_wanted(
    const struct strlist *patterns, struct paper *p, bool primary_only);

#endif
