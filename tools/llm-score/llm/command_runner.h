/* SPDX-License-Identifier: ISC */
/*
 * Who starts commands for a process that has given up the right to: always
 * the same one, with the files it is given.
 */
#ifndef COMMAND_RUNNER_H
#define COMMAND_RUNNER_H

#include <stdbool.h>
#include <stdint.h>

#include "common/io/outside.h"

enum {
	INPUT,
	OUTPUT,
	ERRORS,
	NFILES
};

/* What it sends back when a command has ended. */
struct command_end {
	uint64_t number; /* as it was given */
	int error; /* an errno: it could not be started; else 0 */
	int status; /* as wait(2) has it */
	bool late; /* it took too long, and was killed */
};

/* line, for sh -c, is borrowed.  Exits if there is no process for it. */
void command_runner_start(struct outside *o, const char *line);
/* Runs it with copies of these files.  False and errno if it was not told. */
bool command_runner_send(
    struct outside *o, uint64_t number, double seconds, const int file[NFILES]);
/* False if it is gone. */
bool command_runner_receive(struct outside *o, struct command_end *end);
/* outside_end() ends what still runs. */

#endif
