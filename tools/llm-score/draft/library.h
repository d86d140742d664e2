/* SPDX-License-Identifier: ISC */
/*
 * The papers of a library, each once, as a draft of topics sees them: what they
 * say, as a typesetter would write it, and where they lie.
 */
#ifndef DRAFT_LIBRARY_H
#define DRAFT_LIBRARY_H

#include <stddef.h>

#include "common/base/strlist.h"
#include "common/base/strmap.h"
#include "common/record/paper.h"
#include "common/words/space.h"

/* So many are kept, the first, and so many bytes of each text. */
#define LIBRARY_PAPERS_MAX 10000
#define LIBRARY_TEXT_MAX   4096

struct library_paper {
	char *title, *abstract; /* owned */
};

/* Starts as zeros but for STRMAP_INITs. */
struct library {
	struct library_paper *v;
	size_t n, cap;
	struct strmap titles; /* folded: what is there already */
	struct strlist categories; /* of all of them, each as often as it is */
	/* What was not kept: without a title, there already, beyond the
	 * maximum, in words that are not known. */
	size_t untitled, repeated, beyond, unknown;
	vector *x; /* by paper, of length 1; after library_place */
};

void library_add(struct library *l, struct paper *p);
/* Opens s for these papers, by categories or, if these are none, by their own or
 * else their words; finds where each lies, and forgets those that cannot be
 * placed. */
void library_place(
    struct library *l, struct space *s, const struct strlist *categories);
void library_release(struct library *l);

#endif
