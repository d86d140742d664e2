/* SPDX-License-Identifier: ISC */
/*
 * Allocation that succeeds or ends the program with status 1 and a message,
 * so that no function needs an error result for memory alone.
 */
#ifndef XALLOC_H
#define XALLOC_H

#include <stddef.h>

void *xmalloc(size_t n);
void *xcalloc(size_t n, size_t size);
void *xrealloc(void *p, size_t n);
/* For arrays: n * size, overflow checked. */
void *xreallocarray(void *p, size_t n, size_t size);
/*
 * p with room for need items of that size: p itself while *cap, which counts
 * items, is enough, else twice as large or more.  For arrays that grow:
 *
 *	v = xgrow(v, &cap, n + 1, sizeof(*v));
 */
void *xgrow(void *p, size_t *cap, size_t need, size_t size);
char *xstrdup(const char *s);
/* n bytes of s and a NUL; the bytes may hold NULs of their own. */
char *xmemdup0(const char *s, size_t n);
char *xasprintf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* The message and exit for libraries that report exhaustion themselves. */
_Noreturn void xalloc_die(void);

#endif
