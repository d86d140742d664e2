/* SPDX-License-Identifier: ISC */
/* Numbers read from the command line, and numbers written for people. */
#ifndef NUMBER_H
#define NUMBER_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/strbuf.h"

/* All of the string, within bounds.  On failure *why says what is wrong ("not a number", "too large", ..). */
bool number_int(
    const char *s, int64_t min, int64_t max, int64_t *out, const char **why);
bool
number_long(const char *s, long min, long max, long *out, const char **why);
/* Finite decimal numbers with a point, whatever the locale. */
bool number_double(
    const char *s, double min, double max, double *out, const char **why);

/* 1.5 as "1.5", 8 as "8"; two decimals at most. */
void number_add(struct strbuf *b, double v);
/* A number that may be missing: an en dash then. */
void number_add_or_dash(struct strbuf *b, bool has, double v);
/* 10836 as "10,836". */
void number_add_count(struct strbuf *b, uint64_t n);
/* "1,134 papers", "1 paper". */
void number_add_plural(
    struct strbuf *b, uint64_t n, const char *one, const char *many);
/* "$0.54"; below a cent "$0.0041". */
void number_add_cost(struct strbuf *b, double usd);

#endif
