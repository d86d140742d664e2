/* SPDX-License-Identifier: ISC */
/*
 * UTF-8 as RFC 3629 has it: no surrogates, no overlong forms, nothing past
 * U+10FFFF.
 */
#ifndef UTF8_H
#define UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/strbuf.h"

#define UTF8_REPLACEMENT 0xfffdu

/* Offset of the first byte that is not UTF-8; n if all of it is. */
size_t utf8_invalid_at(const char *s, size_t n);
bool utf8_valid(const char *s, size_t n);
/* The code point at s (n > 0 bytes there) and its length in *len.  A bad byte
 * gives UTF8_REPLACEMENT and length 1, so that a loop always moves on. */
uint32_t utf8_decode(const char *s, size_t n, size_t *len);
void utf8_add(struct strbuf *b, uint32_t cp);
/* Appends s with every bad byte replaced by U+FFFD. */
void utf8_add_clean(struct strbuf *b, const char *s, size_t n);
/* The largest length <= max that does not cut a character of s. */
size_t utf8_cut(const char *s, size_t n, size_t max);
/* Characters a person does not see but a program may act on: C0 and C1
 * controls, zero-width, bidi controls, tag characters, BOM. */
bool utf8_is_invisible(uint32_t cp);
/* Appends s for people to read: what a terminal would act on, or could not show,
 * as \xNN. */
void utf8_add_visible(struct strbuf *b, const char *s, size_t n);

#endif
