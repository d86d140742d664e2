/* SPDX-License-Identifier: ISC */
/*
 * What people read on stderr: messages, "prog: file:line: what happened", and
 * one line that tells how far the work is.
 *
 * Control bytes in a message are shown as \\xNN, since messages quote what
 * came from the network, and known keys are struck out.  msg_error counts as a failure: a tool that reported
 * one does not exit 0.
 */
#ifndef MSG_H
#define MSG_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/slice.h"
#include "common/base/strbuf.h"

#define MSG_PRINTF(a, b) __attribute__((format(printf, a, b)))

void msg_init(const char *prog);
void msg_set_quiet(bool quiet);
void msg_set_verbose(bool verbose);
bool msg_is_verbose(void);

void msg_error(const char *fmt, ...) MSG_PRINTF(1, 2);
/* line 0: the file as a whole.  Of errors, and of messages about lines, that
 * begin alike only the first few are told at once, unless --verbose was given. */
void msg_error_at(const char *file, unsigned long line, const char *fmt, ...)
    MSG_PRINTF(3, 4);
/* Not counted; silent with -q. */
void msg_warn(const char *fmt, ...) MSG_PRINTF(1, 2);
void msg_warn_at(const char *file, unsigned long line, const char *fmt, ...)
    MSG_PRINTF(3, 4);
/* Only with --verbose. */
void msg_verbose(const char *fmt, ...) MSG_PRINTF(1, 2);
unsigned long msg_failures(void);
/* Tells how many more there were, at the end of a run. */
void msg_tell_folded(void);

/* A message, then exit(status). */
_Noreturn void die(int status, const char *fmt, ...) MSG_PRINTF(2, 3);
/* A message, "try --help", exit status 2. */
_Noreturn void usage_error(const char *fmt, ...) MSG_PRINTF(1, 2);

/*
 * The line is drawn over itself, makes way for messages, and does not exist
 * where stderr is no terminal or -q was given.
 */

/* True if there is somebody to tell. */
bool progress_wanted(void);
/* True if a line may be drawn at that time (monotonic_seconds); not more than
 * ten times a second, so that asking is cheap. */
bool progress_due(double now);
/* Draws it, behind the name of the stage in $PAPERROUND_STAGE, cut to the
 * terminal's width. */
void progress_show(struct slice line);
/* Wipes it, if it is there. */
void progress_hide(void);

/* Appends "12 s", "3 min", "2 h 5 min". */
void progress_duration(struct strbuf *b, double seconds);
/* The longest part of line that fits in so many columns, a character a
 * column. */
struct slice progress_cut(struct slice line, size_t columns);

#endif
