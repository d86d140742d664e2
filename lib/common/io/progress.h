/* SPDX-License-Identifier: ISC */
/*
 * One line on the terminal that tells how far the work is.  It is drawn over
 * itself, makes way for messages (msg.h), and does not exist where stderr is
 * no terminal or -q was given.
 */
#ifndef PROGRESS_H
#define PROGRESS_H

#include <stdbool.h>

#include "common/base/slice.h"
#include "common/base/strbuf.h"

/* True if there is somebody to tell. */
bool progress_wanted(void);
/* True if a line may be drawn at that time (monotonic_seconds); not more than
 * ten times a second, so that asking is cheap. */
bool progress_due(double now);
/* Draws it, cut to the terminal's width. */
void progress_show(struct slice line);
/* Wipes it, if it is there. */
void progress_hide(void);

/* Appends "12 s", "3 min", "2 h 5 min". */
void progress_duration(struct strbuf *b, double seconds);
/* The longest part of line that fits in so many columns, a character a
 * column. */
struct slice progress_cut(struct slice line, size_t columns);

#endif
