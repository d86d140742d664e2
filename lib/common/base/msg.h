/* SPDX-License-Identifier: ISC */
/*
 * Messages for people, on stderr: "prog: file:line: what happened".
 *
 * Control bytes in a message are shown as \\xNN, since messages quote what
 * came from the network.  msg_error counts as a failure: a tool that reported
 * one does not exit 0.
 */
#ifndef MSG_H
#define MSG_H

#include <stdbool.h>

#define MSG_PRINTF(a, b) __attribute__((format(printf, a, b)))

void msg_init(const char *prog);
const char *msg_prog(void);
void msg_set_quiet(bool quiet);
bool msg_is_quiet(void);
void msg_set_verbose(bool verbose);
bool msg_is_verbose(void);

void msg_error(const char *fmt, ...) MSG_PRINTF(1, 2);
/* line 0: the file as a whole. */
void msg_error_at(const char *file, unsigned long line, const char *fmt, ...)
    MSG_PRINTF(3, 4);
/* Not counted; silent with -q. */
void msg_warn(const char *fmt, ...) MSG_PRINTF(1, 2);
void msg_warn_at(const char *file, unsigned long line, const char *fmt, ...)
    MSG_PRINTF(3, 4);
/* Only with --verbose. */
void msg_verbose(const char *fmt, ...) MSG_PRINTF(1, 2);
unsigned long msg_failures(void);

/* A message, then exit(status). */
_Noreturn void die(int status, const char *fmt, ...) MSG_PRINTF(2, 3);
/* A message, "try --help", exit status 2. */
_Noreturn void usage_error(const char *fmt, ...) MSG_PRINTF(1, 2);

#endif
