/* SPDX-License-Identifier: ISC */
/*
 * The FILE operands of a tool, opened before the tool confines itself and
 * taken one after the other.  What is wrong with one is told when its turn
 * comes, and a pipe that nobody has opened for writing yet is waited for only
 * then.
 *
 * Of more files than a process may have open, the rest waits for its turn
 * unopened.
 */
#ifndef OPERANDS_H
#define OPERANDS_H

#include <stddef.h>

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

#endif
