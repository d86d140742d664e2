/* SPDX-License-Identifier: ISC */
/*
 * A borrowed run of bytes: not NUL-terminated, may hold NULs, and lives as
 * long as what it was cut from.  An empty one need not point anywhere.
 */
#ifndef SLICE_H
#define SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct slice {
	const char *p;
	size_t n;
};

#define SLICE_LIT(s) ((struct slice) {(s), sizeof(s) - 1})

static inline struct slice
slice_of(const char *s)
{
	return (struct slice) {s, strlen(s)};
}

static inline bool
slice_eq(struct slice a, const char *s)
{
	size_t n = strlen(s);

	return a.n == n && (n == 0 || memcmp(a.p, s, n) == 0);
}

static inline bool
slice_same(struct slice a, struct slice b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

/* Byte order, a prefix before what it begins. */
static inline int
slice_cmp(struct slice a, struct slice b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int c = n > 0 ? memcmp(a.p, b.p, n) : 0;

	return c != 0 ? c : (a.n > b.n) - (a.n < b.n);
}

/* ASCII white space, in whatever locale. */
static inline bool
ascii_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline bool
ascii_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool
ascii_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline bool
ascii_alnum(char c)
{
	return ascii_letter(c) || ascii_digit(c);
}

/*
 * Eight bytes at once.  Bit 7 of each byte of w that is less than limit (up to
 * 0x80) is set, and perhaps that of bytes above such a one: not 0 if there is
 * one.
 */
#define EIGHT_TIMES(byte) (UINT64_C(0x0101010101010101) * (byte))
static inline uint64_t
bytes_below(uint64_t w, unsigned char limit)
{
	return (w - EIGHT_TIMES(limit)) & ~w & EIGHT_TIMES(0x80);
}

static inline uint64_t
bytes_equal(uint64_t w, unsigned char c)
{
	return bytes_below(w ^ EIGHT_TIMES(c), 1);
}

/* Without the white space at both ends. */
static inline struct slice
slice_trim(struct slice s)
{
	while (s.n > 0 && ascii_space(s.p[0])) {
		s.p++;
		s.n--;
	}
	while (s.n > 0 && ascii_space(s.p[s.n - 1]))
		s.n--;
	return s;
}

/*
 * Cuts the part before the next sep off *rest, or all of it if there is none:
 *
 *	while (slice_cut(&rest, '\n', &line))
 *
 * False when nothing is left, so that a sep at the end begins no empty part.
 */
static inline bool
slice_cut(struct slice *rest, char sep, struct slice *part)
{
	const char *end;

	if (rest->n == 0)
		return false;
	end = memchr(rest->p, sep, rest->n);
	part->p = rest->p;
	part->n = end != NULL ? (size_t)(end - rest->p) : rest->n;
	rest->p += part->n + (end != NULL);
	rest->n -= part->n + (end != NULL);
	return true;
}

#endif
