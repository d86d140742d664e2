/* SPDX-License-Identifier: ISC */
/* What is read: the operands, one file after the other, and their lines. */
#ifndef LINE_READER_H
#define LINE_READER_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/slice.h"

/*
 * The FILE operands of a tool, opened before the tool confines itself and
 * taken one after the other.  What is wrong with one is told when its turn
 * comes, and a pipe that nobody has opened for writing yet is waited for only
 * then.
 *
 * Of more files than a process may have open, the rest waits for its turn
 * unopened.
 */

struct operand; /* private */

struct operands {
	char *const *names; /* borrowed, ended by NULL; "-" is stdin */
	struct operand *v;
	size_t next;
};

/* Without any, stdin is read; a terminal there is misuse. */
void operands_open(struct operands *o, char *const *names);
/*
 * The next one's descriptor, now the caller's (STDIN_FILENO for "-"), or -1
 * and errno.  *name is its operand, or NULL if there was none left.
 */
int operands_take(struct operands *o, const char **name);
/* If stdin is one of them, waits until something comes, or its end. */
void operands_await_stdin(const struct operands *o);
/* What is missing may be there when its turn comes. */
void operands_await_missing(struct operands *o);
/* Closes those that were not taken. */
void operands_close(struct operands *o);

/* The next one from number *i on that waits unopened, or NULL; for loops that
 * begin with *i = 0. */
const char *operands_waiting(const struct operands *o, size_t *i);

/*
 * Lines from the FILE operands of a tool, or stdin: the input loop of every
 * filter.
 *
 * A line of more than SOURCE_LINE_MAX bytes and a file that cannot be read
 * are reported and counted as failures; the rest goes on.  Memory is bounded by the
 * longest line.
 */

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
