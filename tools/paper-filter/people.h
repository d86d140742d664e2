/* SPDX-License-Identifier: ISC */
/*
 * The people whose papers the reader wants to see: a file with one on each
 * line, "Name" or "Name, S2id" (Semantic Scholar's number); "#" begins a
 * comment.
 *
 * Accents, hyphens and middle names may be there or not.  A number decides
 * where the paper has numbers too; a name does otherwise; an initial matches
 * every name that begins with it, which is said.
 */
#ifndef PEOPLE_H
#define PEOPLE_H

#include <stdbool.h>

#include "common/base/strlist.h"
#include "common/record/paper.h"

struct people;

struct people_match {
	struct strlist names; /* the authors that matched, as the paper has
				 them */
	struct strlist unsure; /* those of them matched by initials alone */
};

/* Reads the files; one that is not there but looks like a name is taken for one,
 * which is said.  A file that cannot be read ends the program, a line that is no
 * name exits 2. */
struct people *people_new(const struct strlist *files);
void people_free(struct people *l);
/* Adds the paper's authors that are on the list to m; false if none is. */
bool
people_find(struct people *l, const struct paper *p, struct people_match *m);

#endif
