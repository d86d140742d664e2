/* SPDX-License-Identifier: ISC */
/*
 * Lines from the FILE operands of a tool, or stdin: the input loop of every
 * filter.
 *
 * A line of more than SOURCE_LINE_MAX bytes and a file that cannot be read
 * are reported and counted as failures; the rest goes on.  Memory is bounded by the
 * longest line.
 */
#ifndef LINE_READER_H
#define LINE_READER_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/slice.h"
#include "common/io/operands.h"

#define SOURCE_LINE_MAX ((size_t)4 << 20)

struct line_reader {
	struct operands files;
	int fd; /* -1: none open */
	const char *name; /* for messages: "<stdin>" or the operand */
	unsigned long line; /* of the last line returned, from 1 */
	unsigned long skipped; /* lines too long to be returned */
	unsigned long unread; /* files that failed, at once or in the middle */
	bool cut; /* the last line had no newline */
	char *buf;
	size_t cap, start, end;
};

/* Opens the operands, which are borrowed and end with NULL.  Without any,
 * stdin is read; a terminal there is misuse. */
void line_reader_open(struct line_reader *in, char *const *files);
/* The next line without its newline, valid until the next call.  False at the
 * end of the last file, or when a signal asks the tool to stop. */
bool line_reader_next(struct line_reader *in, struct slice *line);
void line_reader_close(struct line_reader *in);

/* All of a file (or stdin for "-") up to max bytes, NUL-terminated; NULL and
 * errno on failure, EFBIG past max. *len may be NULL. */
char *line_reader_slurp(const char *path, size_t max, size_t *len);

#endif
