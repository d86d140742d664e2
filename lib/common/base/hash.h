/* SPDX-License-Identifier: ISC */
/*
 * Hashes and a generator, the same everywhere.  The fast ones are not secret:
 * whoever chooses the bytes can make two of them collide.
 */
#ifndef HASH_H
#define HASH_H

#include <stddef.h>
#include <stdint.h>

#include "common/base/slice.h"

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

/*
 * SHA-256 of fields.  Each field is hashed with its length before it, so that
 * no two lists of fields give the same bytes.
 */

#define SHA256_BYTES 32

struct sha256 {
	void *ctx; /* OpenSSL's EVP_MD_CTX */
};

struct sha256_digest {
	unsigned char b[SHA256_BYTES];
};

void sha256_init(struct sha256 *h);
void sha256_field(struct sha256 *h, struct slice field);
void sha256_number(struct sha256 *h, int64_t v);
/* Ends the hash and frees what it holds. */
struct sha256_digest sha256_end(struct sha256 *h);
/* Of the bytes as they are. */
struct sha256_digest sha256_of(struct slice bytes);
/* The first digits of the digest in hexadecimal, NUL-terminated; n is even and
 * buf has room for n + 1. */
char *sha256_hex(const struct sha256_digest *d, char *buf, unsigned n);

#endif
