/* SPDX-License-Identifier: ISC */
#include "common/base/hash.h"

#include <stdbool.h>
#include <stdio.h>

#include <openssl/evp.h>

#include "common/base/xalloc.h"

static void
check(bool ok)
{
	/* The digest is built into libcrypto: only memory can be missing. */
	if (!ok)
		xalloc_die();
}

void
sha256_init(struct sha256 *h)
{
	h->ctx = EVP_MD_CTX_new();
	check(h->ctx != NULL);
	check(EVP_DigestInit_ex(h->ctx, EVP_sha256(), NULL) == 1);
}

void
sha256_number(struct sha256 *h, int64_t v)
{
	unsigned char b[8];

	for (int i = 0; i < 8; i++)
		b[i] = (unsigned char)((uint64_t)v >> (8 * i));
	check(EVP_DigestUpdate(h->ctx, b, sizeof(b)) == 1);
}

void
sha256_field(struct sha256 *h, struct slice field)
{
	sha256_number(h, (int64_t)field.n);
	check(EVP_DigestUpdate(h->ctx, field.p, field.n) == 1);
}

struct sha256_digest
sha256_end(struct sha256 *h)
{
	struct sha256_digest d;

	check(EVP_DigestFinal_ex(h->ctx, d.b, NULL) == 1);
	EVP_MD_CTX_free(h->ctx);
	h->ctx = NULL;
	return d;
}

struct sha256_digest
sha256_of(struct slice bytes)
{
	struct sha256_digest d;

	check(EVP_Digest(bytes.p, bytes.n, d.b, NULL, EVP_sha256(), NULL) == 1);
	return d;
}

char *
sha256_hex(const struct sha256_digest *d, char *buf, unsigned n)
{
	for (unsigned i = 0; i < n / 2; i++)
		snprintf(buf + 2 * i, 3, "%02x", d->b[i]);
	return buf;
}
