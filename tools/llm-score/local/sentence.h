/* SPDX-License-Identifier: ISC */
/* Phrases out of running text, and which of them a "not" turns. */
#ifndef SENTENCE_H
#define SENTENCE_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/slice.h"
#include "local/tokens.h"
#include "local/wishes.h"

/* Adds the phrases of text to out, those of a topic or of WISH_NO_TOPIC: all
 * unwanted if that is so, but for words in it that turn what follows. */
void sentence_read(struct wishes *out, struct tokens *t, struct slice text,
    size_t topic, bool unwanted);

#endif
