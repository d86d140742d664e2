/* SPDX-License-Identifier: ISC */
/*
 * What any part of a tool may have to know of the run it belongs to, and the
 * statuses it can end with; run.h begins and ends it.
 */
#ifndef RUN_STATE_H
#define RUN_STATE_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

/* What the tools tell the shell.  The same table stands in every page's
 * EXIT STATUS section. */
enum exitcode {
	EXIT_OK = 0,
	/* Something failed; what was written is valid and says what is
	 * missing.  Also: nothing passed, when -e asked to be told. */
	EXIT_SOME_FAILED = 1,
	EXIT_MISUSE = 2,
	/* Too little could be done to publish; trying again later may help
	 * (EX_TEMPFAIL of sysexits.h). */
	EXIT_TRY_LATER = 75,
	/* Refused for good: key, quota, permission (EX_NOPERM). */
	EXIT_REFUSED = 77
};

/* What every report counts.  The law of conservation: in = out + dropped +
 * failed. */
struct run_counts {
	uint64_t in; /* records read */
	uint64_t out; /* records written */
	uint64_t failed; /* lines that were no paper, feeds not got, .. */
};

extern struct run_counts run_counts;

/* The signal that asked the tool to stop, else 0. */
extern volatile sig_atomic_t run_stop_signal;

/* True after one: write what is done and finish. */
static inline bool
run_stopping(void)
{
	return run_stop_signal != 0;
}

/* Ends the process when stdout's reader closed its end; NULL before
 * run_start. */
extern void (*run_reader_gone)(void);

/* What messages call the tool; msg_init sets it. */
extern const char *run_program;

/* exit(3) for us, so that the report can say with which status; a library that
 * ends the process itself has failed. */
_Noreturn void run_exit(int status);
extern int run_exit_status;

#endif
