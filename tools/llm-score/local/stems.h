/* SPDX-License-Identifier: ISC */
/* What all forms of a word have in common, by Snowball's rules for English. */
#ifndef STEMS_H
#define STEMS_H

#include <stdint.h>

#include "common/words/tokens.h"

/* The hash of a word's stem, which stands for all its forms. */
uint64_t tokens_stem_hash(const struct tokens *t, const struct token *k);

#endif
