/* SPDX-License-Identifier: ISC */
/*
 * SHA-256 of fields.  Each field is hashed with its length before it, so that
 * no two lists of fields give the same bytes.
 */
#ifndef SHA256_H
#define SHA256_H

#include <stdint.h>

#include "common/base/slice.h"

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
