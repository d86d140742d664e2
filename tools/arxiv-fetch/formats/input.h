/* SPDX-License-Identifier: ISC */
/*
 * A saved answer, read in order and once: a file, stdin or a spooled page,
 * compressed by gzip or not.  A signal that asks the tool to stop ends it as
 * a failure.
 */
#ifndef INPUT_H
#define INPUT_H

#include <stdbool.h>
#include <stddef.h>

#include <zlib.h>

#include "common/base/slice.h"
#include "common/base/strbuf.h"
#include "common/io/operands.h"

struct input {
	gzFile gz;
	const char *name; /* for messages; borrowed */
	char *buf;
	size_t start, end; /* what buf holds unread */
	unsigned long line; /* of the last input_line, from 1 */
	bool eof, failed;
	bool stop; /* set by the caller: enough was read */
	char why[128]; /* of failed */
};

/* The next of the operands ("-" is stdin).  False if there was none left, or,
 * with failed and why set, if it cannot be opened. */
bool input_open_next(struct input *in, struct operands *files);
/* Reads fd from where it stands; fd stays the caller's. */
bool input_open_fd(struct input *in, int fd, const char *name);
void input_close(struct input *in);

/* The next bytes, unconsumed; empty at the end or on failure. */
struct slice input_peek(struct input *in);
/* Up to n bytes; 0 at the end, -1 with why set on failure: a read error or a
 * compressed file that is cut or damaged. */
long input_read(struct input *in, char *p, size_t n);
/*
 * The next line without its newline, in b; false at the end or on failure.
 * A line longer than b's maximum comes out empty with b->overflow set.
 */
bool input_line(struct input *in, struct strbuf *b);
/* All of fd from where it stands, in b; false if it cannot be read or does
 * not fit. */
bool input_all(int fd, struct strbuf *b);

#endif
