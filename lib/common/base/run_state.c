/* SPDX-License-Identifier: ISC */
#include "common/base/run_state.h"

#include <stddef.h>

struct run_counts run_counts;
volatile sig_atomic_t run_stop_signal;
void (*run_reader_gone)(void);
