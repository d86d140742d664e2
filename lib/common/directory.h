/* SPDX-License-Identifier: ISC */
/* Folders: where caches and other state live. */
#ifndef DIRECTORY_H
#define DIRECTORY_H

#include <stdbool.h>

/* Makes dir and what is missing above it, for this user only.  False and
 * errno if it is not there afterwards. */
bool directory_make(const char *dir);
/* The one a file stands in, "." for a bare name; to be freed. */
char *directory_of(const char *file);

#endif
