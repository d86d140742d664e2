/* SPDX-License-Identifier: ISC */
/*
 * The listing page of a category, https://arxiv.org/list/cs.LG/new: HTML for
 * people, and an independent count of what was announced.
 */
#ifndef LISTING_H
#define LISTING_H

#include <stdbool.h>

#include "common/base/date.h"
#include "common/base/slice.h"

struct listing {
	day_t day; /* NO_DAY: the page names none */
	bool no_updates; /* "No updates today" */
	long fresh, cross, replaced; /* 0 where the page has no such list */
	bool any; /* at least one of the lists is there */
};

/* False if the page is no listing. */
bool listing_read(struct listing *l, struct slice html);
/* One heading or sentence of it; true if it says something of use. */
bool listing_heading(struct listing *l, const char *text);

#endif
