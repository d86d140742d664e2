/* SPDX-License-Identifier: ISC */
/*
 * Text made comparable: TeX accents become letters, compatibility forms and
 * diacritics are folded away, dashes and quotes become ASCII, case is folded.
 * "Erd\H{o}s", "Erdős" and "ERDOS" all become "erdos".
 */
#ifndef FOLD_H
#define FOLD_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/slice.h"
#include "common/base/strbuf.h"

/* Appends the folded text to out.  keep_case leaves upper case as it is. */
void fold(struct strbuf *out, struct slice text, bool keep_case);
/* True if folding (without case) cannot change the text: it is ASCII without
 * backslash and dollar.  The fast path of searches. */
bool fold_is_plain(struct slice text);
/*
 * The end of the piece of text that begins at pos.  Pieces (words and the
 * blanks between them, with TeX groups kept whole) fold independently of each
 * other, so a place in folded text can be traced back to where it came from.
 */
size_t fold_piece(struct slice text, size_t pos);

#endif
