/* SPDX-License-Identifier: ISC */
/* Formulas in a line of text. */
#ifndef DETEX_MATH_H
#define DETEX_MATH_H

#include <stdbool.h>

#include "common/base/slice.h"
#include "common/base/strbuf.h"

/* Appends the formula (what stands between the dollars) in Unicode.  False,
 * with out as it was, if any part of it is not simple. */
bool detex_math(struct strbuf *out, struct slice formula);
/* Replaces what out holds from byte start on by its raised or lowered form.
 * False, with out cut to start, if a character has none. */
bool detex_raise(struct strbuf *out, size_t start);
bool detex_lower(struct strbuf *out, size_t start);

#endif
