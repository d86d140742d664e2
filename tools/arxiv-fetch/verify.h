/* SPDX-License-Identifier: ISC */
/* --verify: a feed held against the listing page. */
#ifndef VERIFY_H
#define VERIFY_H

#include "daily.h"
#include "fetch.h"

/* Turns the feed's state to stale or failed where the page knows more. */
void verify_feed(struct fetch *f, struct daily *d);
/* The comparison alone. */
struct listing;
void verify_compare(struct daily *d, const struct listing *l);

#endif
