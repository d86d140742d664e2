/* SPDX-License-Identifier: ISC */
/* Author lists as one string, split into names. */
#ifndef AUTHORS_H
#define AUTHORS_H

#include <stdbool.h>

#include "common/base/slice.h"
#include "common/base/strlist.h"

/*
 * Adds the names of "A. One (Inst, City), B. Two" to names: affiliations in
 * parentheses and "et al." are left out, "Jr." stays with its name, TeX is
 * kept.  with_and also splits at "and", which the raw list of the OAI
 * interface uses and the feeds do not.
 */
void authors_split(struct strlist *names, struct slice text, bool with_and);

#endif
