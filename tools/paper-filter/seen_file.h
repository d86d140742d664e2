/* SPDX-License-Identifier: ISC */
/*
 * The file of ids already delivered: one line each, the id, a blank and the
 * day it was delivered.  The day may be missing; "#" begins a comment.
 */
#ifndef SEEN_FILE_H
#define SEEN_FILE_H

#include <stdbool.h>

#include "common/base/date.h"
#include "common/base/slice.h"
#include "common/base/strbuf.h"
#include "common/base/strmap.h"

/*
 * Adds the ids of the file that were delivered on the day since or later, and
 * those without a day.  A file that does not exist yet holds none, which is
 * said; one that cannot be read ends the program.
 */
void seen_file_load(struct strmap *set, const char *path, day_t since);

/* Opens the file for seen_file_append, so that one that cannot be written is known
 * before anything else is; ends the program then. */
int seen_file_open(const char *path);
/* Ids to be appended, kept in memory until the output was written. */
void seen_file_note(struct strbuf *notes, struct slice id);
/*
 * Appends the noted ids, all of them or none, with the day they were
 * delivered, and closes fd.  Safe against other processes that do the same.
 * False, with a message given, on failure.
 */
bool seen_file_append(
    int fd, const char *path, const struct strbuf *notes, day_t day);

#endif
