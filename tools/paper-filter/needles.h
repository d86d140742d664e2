/* SPDX-License-Identifier: ISC */
/*
 * Which of many short texts may occur in a long one?  One scan answers for all
 * of them, without regard to case; it may name one that is not there, never
 * miss one that is.
 */
#ifndef NEEDLES_H
#define NEEDLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/slice.h"

/* Pairs of bytes, five bits of each: upper and lower case fall together. */
#define NEEDLES_PAIRS 1024

struct needle {
	char *text;
	size_t len;
	unsigned owner; /* whatever the caller wants to be told */
	int next; /* the next one with the same last pair, or -1 */
};

struct needles {
	struct needle *v;
	size_t n;
	/* Filled by needles_ready: */
	size_t window; /* so many first bytes of each are looked at */
	uint8_t shift[NEEDLES_PAIRS]; /* how far on the next end may be */
	int first[NEEDLES_PAIRS];
};

/* The shortest needle that can be looked for. */
#define NEEDLE_MIN 2

void needles_init(struct needles *s);
void needles_release(struct needles *s);
/* ASCII of at least NEEDLE_MIN bytes. */
void needles_add(struct needles *s, struct slice text, unsigned owner);
/* To be called once after the last needle was added. */
void needles_ready(struct needles *s);
/* Calls found(arg, owner) for each occurrence; ends when that gives false. */
void needles_scan(const struct needles *s, struct slice text,
    bool (*found)(void *arg, unsigned owner), void *arg);

/*
 * The longest texts such that whatever the regular expression matches holds
 * one of them: one text for each branch on its top level.  Adds them for owner
 * and returns true, or adds nothing if there are none that are sure.
 */
bool needles_add_regex(struct needles *s, const char *regex, unsigned owner);

#endif
