/* SPDX-License-Identifier: ISC */
/*
 * Text made comparable: TeX accents become letters, compatibility forms and
 * diacritics are folded away, case is folded.  "Erd\H{o}s", "Erdős" and "ERDOS"
 * all become "erdos".
 */
#ifndef FOLD_H
#define FOLD_H

#include <stdbool.h>

#include "slice.h"
#include "strbuf.h"

/* Appends the folded text to out.  keep_case leaves upper case as it is. */
void fold(struct strbuf *out, struct slice text, bool keep_case);
/* True if folding (without case) cannot change the text: it is plain ASCII
 * without backslash.  The fast path of searches. */
bool fold_is_plain(struct slice text);

#endif
