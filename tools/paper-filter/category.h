/* SPDX-License-Identifier: ISC */
/*
 * Patterns for categories: "cs.LG", "cs.*", "hep-*", or the name of an
 * archive, which means all of it.  Upper and lower case are the same.
 */
#ifndef CATEGORY_H
#define CATEGORY_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/slice.h"
#include "common/base/strlist.h"
#include "common/record/paper.h"

struct category {
	const char *text; /* borrowed */
	size_t n;
	bool wild; /* has a '*' */
	bool archive; /* has no '.', and so means all that has it in front */
};

struct categories {
	struct category *v;
	size_t n;
};

/* Exits 2, showing the place, if a pattern cannot match any category.
 * patterns must live as long as the set. */
void categories_init(struct categories *set, const struct strlist *patterns);
void categories_release(struct categories *set);
/* True if one of the paper's categories (or only its primary one) matches. */
bool categories_match(
    const struct categories *set, struct paper *p, bool primary_only);

#endif
