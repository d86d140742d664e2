/* SPDX-License-Identifier: ISC */
/*
 * The life of a tool: checked descriptors at the start, one report line and
 * one exit status at the end, whatever the end is.
 *
 *	run_start(&tool, argv[0]);
 *	first = options_parse(&tool, &o, argc, argv);
 *	output_open(&out, ..);
 *	...
 *	return run_finish(&out, status);
 */
#ifndef RUN_H
#define RUN_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/run_state.h"
#include "common/base/slice.h"
#include "common/io/output.h"

/* Opens /dev/null for any of the descriptors 0 to 2 that is closed, so that no
 * file or socket takes their place, and remembers it: output to a closed
 * stdout is an error.  Catches SIGINT, SIGTERM and SIGHUP (see
 * run_stopping).  When stdout's reader closes its end the report is written
 * and the process ends as by SIGPIPE, or quietly with 1 where the parent
 * ignores that signal. */
void run_start(const char *tool);
/* Opens the report for appending, so that a path that cannot be written is
 * known before anything is spent.  NULL: no report. */
void run_report_open(const char *path);

/* n more papers dropped for that reason; reason is a short word. */
void run_dropped(const char *reason, uint64_t n);
/* The tool's own part of the report: a key and its JSON value.  Setting a key
 * again replaces it. */
void run_report_set(const char *key, struct slice json);

/* Flushes and finishes out (NULL: none), appends the report and returns the
 * status for main: the given one, or 1 if it was 0 and something failed.  After a
 * signal it ends the process by that signal instead.  keep tells whether -o FILE
 * is put in place; die() and a failed write never do. */
int run_finish(struct output *out, int status, bool keep);

#endif
