/* SPDX-License-Identifier: ISC */
/*
 * Where files are: folders of caches and other state, and what is installed
 * with the programs (prompts, prices, samples).
 */
#ifndef PATH_H
#define PATH_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

/* Makes dir and what is missing above it, for this user only.  False and
 * errno if it is not there afterwards. */
bool directory_make(const char *dir);
/* mkstemp(3), and no program that is started gets it. */
int file_temporary(char *path);
/*
 * fstat(2) itself: what the C library has of that name asks by an empty path,
 * and those who confined themselves may ask by none.
 */
bool file_status(int fd, struct stat *st);
/* The one a file stands in, "." for a bare name; to be freed. */
char *directory_of(const char *file);
/* What a symbolic link leads to in the end, there or not; else the path itself.
 * To be freed. */
char *path_followed(const char *path);
/*
 * True if what is written to both ends in one file, which may be still to be
 * made; NULL is stdout.  Devices and pipes take what comes from many.
 */
bool path_is_same(const char *a, const char *b);
/*
 * The same of what is written to path and read from input, where NULL is stdin.
 * A stdout that is not appended to was emptied before we could know, so there is
 * nothing to save.
 */
bool path_is_input(const char *path, const char *input);

/*
 * True for what was typed where a file is expected but is none: there is no
 * such file, and it has blanks or commas, and neither a slash nor a suffix such
 * as ".txt".
 */
bool path_is_words(const char *typed);

/*
 * The user's file of that name, as the XDG base directories have it, to be
 * freed: xdg_path("XDG_CACHE_HOME", ".cache", "paperround/x") is in
 * $XDG_CACHE_HOME, or else in ~/.cache.  NULL if neither variable holds an
 * absolute path.
 */
char *xdg_path(const char *variable, const char *in_home, const char *name);

/*
 * The path of an installed file ("prompts/system.md"), to be freed: from
 * $PAPERROUND_DATADIR if that is set; else from share/ beside the folder of
 * the running program, so that a build and a moved installation find their
 * own; else from where the installation put it.  NULL if there is none.
 */
char *data_file(const char *name);

/*
 * Bits that another process would not have chosen, for names and for how long
 * to wait.  No secret is made of them: a system that has no better ones gives
 * those of its clock.
 */
uint64_t random_bits(void);

#endif
