/* SPDX-License-Identifier: ISC */
/*
 * Where a harvest stands, written after each page: a harvest that was killed
 * goes on from there.  Also how long its output was then, so that what a
 * killed run wrote of an unfinished page can be taken back.
 */
#ifndef CHECKPOINT_H
#define CHECKPOINT_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/date.h"
#include "common/base/strbuf.h"

struct checkpoint {
	char *what; /* sets and dates: another harvest is another file */
	long set; /* index of the set in hand */
	char *token; /* of the next page; NULL: the set's first page */
	day_t last; /* latest datestamp; NO_DAY */
	day_t from; /* of each set's first page; NO_DAY */
	day_t next_from; /* of the next harvest; NO_DAY until one ended */
	bool done;
	uint64_t pages, records;
	/* The output, if it is a file. */
	uint64_t device, inode, size;
	/* Hashes of the records of the last page and the last day, 16
	 * hexadecimal digits each, to know them again. */
	char *seen;
};

/* False if the text is none, but c is to be released in any case. */
bool checkpoint_parse(struct checkpoint *c, struct slice text);
/* Appends it as a line. */
void checkpoint_format(struct strbuf *b, const struct checkpoint *c);

/* Keeps other runs from the same checkpoint until this one ends; exits if one
 * is at it. */
void checkpoint_lock(const char *path);
/* False if there is no such file, and c is as it was but for what; exits if
 * there is one that is not of this harvest of so many sets, or is damaged. */
bool checkpoint_read(
    struct checkpoint *c, const char *path, const char *what, long sets);
/* Exits on failure: a harvest that cannot be resumed must not go on. */
void checkpoint_write(const struct checkpoint *c, const char *path);
void checkpoint_release(struct checkpoint *c);

#endif
