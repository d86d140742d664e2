/* SPDX-License-Identifier: ISC */
/*
 * What a tool gives up once its options are read and its files are open.
 * Input is hostile; a parser that it fools should find nothing to do with.
 *
 * What is refused answers EPERM or EACCES and never kills.  Where the kernel
 * lacks the means (or in a sanitizer's build, which needs more than we do) the
 * tool runs on, says so with --verbose, and these return false.
 */
#ifndef CONFINE_H
#define CONFINE_H

#include <stdbool.h>

/*
 * Reading, writing and allocating only: no sockets, no programs, no files
 * opened for writing.  Renaming and unlinking stay possible, for -o.  What is to be
 * written must be open before.
 */
bool confine_to_filter(void);

/* The same, but files may be written below that folder, and beside the file
 * replaced (NULL: none). */
bool confine_to_folder(const char *folder, const char *replaced);

/*
 * For the tools that use the network: no programs, and no writing outside
 * the files and directories below the given paths (ended by NULL; "" and what
 * is missing are left out).  What was opened before stays open; where it is
 * to be put in place of the file replaced, renaming and removing are possible
 * in that file's directory.  NULL: nothing is.
 */
bool confine_writes(const char *const *paths, const char *replaced);

#endif
