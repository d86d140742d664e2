/* SPDX-License-Identifier: ISC */
/*
 * A fuzz target is one C file in tests/fuzz/common or tests/fuzz/TOOL with the
 * function below.  libFuzzer and AFL++ call it with inputs of their own
 * making (make fuzz SECONDS=60), and replay.c with the files of
 * tests/fuzz/corpus/NAME at every `make check`.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* What must hold whatever the input is. */
#define FUZZ_ASSERT(cond)                                             \
	do {                                                          \
		if (!(cond)) {                                        \
			fprintf(stderr, "%s:%d: does not hold: %s\n", \
			    __FILE__, __LINE__, #cond);               \
			abort();                                      \
		}                                                     \
	} while (0)

#endif
