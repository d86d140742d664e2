/* SPDX-License-Identifier: ISC */
/*
 * A paper's words as a model gets them: NFC, visible characters only, bounded,
 * and free of what could pass for a marker.
 */
#ifndef TEXT_H
#define TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/slice.h"
#include "common/base/strbuf.h"

#define TEXT_TITLE_MAX	  600
#define TEXT_ABSTRACT_MAX 4000

struct text {
	char *title, *abstract; /* owned */
	bool hidden; /* invisible characters were removed */
};

void text_make(struct text *t, struct slice title, struct slice abstract);
void text_release(struct text *t);

/* Appends s made fit: at most max bytes, on a character's boundary.  True if
 * it held invisible characters other than line ends. */
bool text_clean(struct strbuf *out, struct slice s, size_t max);

/* About how many tokens s is: bytes / 4 for ASCII, more for the rest. */
double text_tokens(struct slice s);

#endif
