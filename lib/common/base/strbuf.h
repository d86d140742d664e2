/* SPDX-License-Identifier: ISC */
/*
 * A byte buffer that grows up to a maximum given at its birth.
 *
 * Invariants: s is never NULL and s[len] is NUL, so s can be used as a C
 * string whenever its bytes hold no NUL.  Going past the maximum sets
 * overflow and leaves the content as it was; the caller asks once at the
 * end instead of after every call.
 */
#ifndef STRBUF_H
#define STRBUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "common/base/slice.h"

struct strbuf {
	char *s;
	size_t len;
	size_t cap; /* 0: s is the shared empty string */
	size_t max; /* most bytes len may reach */
	bool overflow;
};

extern char strbuf_empty[];

/* A generous maximum for text whose input is itself bounded. */
#define STRBUF_MAX ((size_t)1 << 30)
#define STRBUF_INIT(maximum)                         \
	{                                            \
		strbuf_empty, 0, 0, (maximum), false \
	}

void strbuf_init(struct strbuf *b, size_t max);
/* Frees the bytes; the buffer can be used again. */
void strbuf_release(struct strbuf *b);
/* Keeps the memory, forgets the content and the overflow. */
void strbuf_reset(struct strbuf *b);
/* Cuts to n bytes, n <= len. */
void strbuf_setlen(struct strbuf *b, size_t n);
/* Hands over the malloc'd string; the buffer is empty again. */
char *strbuf_detach(struct strbuf *b);

/* Room for n more bytes at s + len; false (and overflow) past the maximum. */
bool strbuf_grow(struct strbuf *b, size_t n);
void strbuf_add(struct strbuf *b, const void *p, size_t n);
void strbuf_addstr(struct strbuf *b, const char *s);
void strbuf_addslice(struct strbuf *b, struct slice s);
void strbuf_addf(struct strbuf *b, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void strbuf_vaddf(struct strbuf *b, const char *fmt, va_list ap);

static inline void
strbuf_addch(struct strbuf *b, char c)
{
	if (b->len + 1 < b->cap && b->len < b->max) {
		b->s[b->len++] = c;
		b->s[b->len] = '\0';
	} else {
		strbuf_add(b, &c, 1);
	}
}

static inline struct slice
strbuf_slice(const struct strbuf *b)
{
	return (struct slice) {b->s, b->len};
}

/* Replaces every run of white space by one blank and trims both ends. */
void strbuf_fold_space(struct strbuf *b);

#endif
