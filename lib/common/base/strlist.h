/* SPDX-License-Identifier: ISC */
/* A growing list of owned strings. */
#ifndef STRLIST_H
#define STRLIST_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/slice.h"

struct strlist {
	char **v; /* NULL while empty */
	size_t n;
};

#define STRLIST_INIT    \
	{               \
		NULL, 0 \
	}

void strlist_add(struct strlist *l, const char *s);
/* A copy of s, unless the list has it. */
void strlist_add_new(struct strlist *l, struct slice s);
/* Takes over s, which must come from malloc. */
void strlist_take(struct strlist *l, char *s);
/* Adds the parts of a comma-separated list, blanks around them trimmed;
 * false if a part is empty. */
bool strlist_split(struct strlist *l, const char *s);
void strlist_remove(struct strlist *l, size_t i);
bool strlist_has(const struct strlist *l, const char *s);
/* Its strings, still the list's, and NULL; to be freed. */
char **strlist_vector(const struct strlist *l);
void strlist_release(struct strlist *l);

#endif
