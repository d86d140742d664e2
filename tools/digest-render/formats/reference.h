/* SPDX-License-Identifier: ISC */
/* What bibliographies know of a paper: people in parts, and when it is of. */
#ifndef REFERENCE_H
#define REFERENCE_H

#include <stdbool.h>

#include "common/base/slice.h"
#include "model/digest.h"

/* "Jan van der Berg III" is Jan, van der Berg, III; of a group, and of who has
 * one name, all of it is family.  Parts of the name that was split; empty where
 * there is none. */
struct person {
	struct slice family, given, suffix;
	bool group; /* the name is to be taken as it stands */
};

/* arxiv: given names come first, so a comma is no person's; others write
 * "Family, Given". */
void person_split(struct person *out, struct slice name, bool arxiv);

/* The month of an id of arXiv's, else the day that is known; month and day are
 * 0 where they are not.  False if nothing is. */
bool reference_date(const struct digest_paper *p, struct ymd *date);
/* The id as a key or the name of a file: letters, digits, dots and dashes. */
void reference_key(struct strbuf *b, struct slice id);

#endif
