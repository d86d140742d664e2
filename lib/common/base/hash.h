/* SPDX-License-Identifier: ISC */
/*
 * Hashes and a generator: fast, the same everywhere, and not secret.  Whoever
 * chooses the bytes can make two of them collide.
 */
#ifndef HASH_H
#define HASH_H

#include <stddef.h>
#include <stdint.h>

/* What hash_add starts from. */
#define HASH_INIT UINT64_C(0xcbf29ce484222325)

/* FNV-1a, 64 bit, going on from h. */
static inline uint64_t
hash_add(uint64_t h, const void *p, size_t n)
{
	const unsigned char *s = p;

	for (size_t i = 0; i < n; i++)
		h = (h ^ s[i]) * UINT64_C(0x100000001b3);
	return h;
}

/* FNV-1a; its high bits are poor: see hash_mix. */
static inline uint64_t
hash_bytes(const void *p, size_t n)
{
	return hash_add(HASH_INIT, p, n);
}

/* Every bit of x counts for every bit of the result; one to one. */
static inline uint64_t
hash_mix(uint64_t x)
{
	x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
	return x ^ (x >> 31);
}

/* The next number of splitmix64: any *state is a good seed. */
static inline uint64_t
hash_next(uint64_t *state)
{
	return hash_mix(*state += UINT64_C(0x9e3779b97f4a7c15));
}

#endif
