/* SPDX-License-Identifier: ISC */
#include "common/base/run_state.h"

#include <stdlib.h>

struct run_counts run_counts;
volatile sig_atomic_t run_stop_signal;
void (*run_reader_gone)(void);
const char *run_program = "";
int run_exit_status = EXIT_SOME_FAILED;

void
run_exit(int status)
{
	run_exit_status = status;
	exit(status);
}
