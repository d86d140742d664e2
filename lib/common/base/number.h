/* SPDX-License-Identifier: ISC */
/* Numbers from the command line: all of the string, within bounds. */
#ifndef NUMBER_H
#define NUMBER_H

#include <stdbool.h>

/* On failure *why says what is wrong ("not a number", "too large", ..). */
bool
number_long(const char *s, long min, long max, long *out, const char **why);
/* Finite decimal numbers with a point, whatever the locale. */
bool number_double(
    const char *s, double min, double max, double *out, const char **why);

#endif
