/* SPDX-License-Identifier: ISC */
#include "batch_id.h"

#include <string.h>

#define PREFIX "pr1"

static const char digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

void
batch_key(char key[BATCH_KEY_SIZE], const struct sha256_digest *paper, int vote)
{
	uint64_t bits = 0;

	for (int i = 0; i < 8; i++)
		bits = bits << 8 | paper->b[i];
	key[0] = digits[vote & 63];
	for (int i = 1; i <= BATCH_KEY_CHARS; i++) {
		key[i] = digits[bits >> 58];
		bits <<= 6;
	}
	key[1 + BATCH_KEY_CHARS] = '\0';
}

void
batch_id_write(struct strbuf *out, const struct task *t)
{
	char key[BATCH_KEY_SIZE];

	strbuf_addstr(out, PREFIX);
	strbuf_addch(out, digits[t->vote & 63]);
	for (size_t i = 0; i < t->n; i++) {
		batch_key(key, &t->items[i]->key, t->vote);
		strbuf_addstr(out, key + 1);
	}
}

size_t
batch_id_papers(const char *id)
{
	size_t prefix = strlen(PREFIX) + 1, n = strlen(id);

	if (strncmp(id, PREFIX, prefix - 1) != 0 || n <= prefix ||
	    (n - prefix) % BATCH_KEY_CHARS != 0)
		return 0;
	return (n - prefix) / BATCH_KEY_CHARS;
}

void
batch_id_key(const char *id, size_t k, char key[BATCH_KEY_SIZE])
{
	size_t prefix = strlen(PREFIX);

	key[0] = id[prefix];
	memcpy(key + 1, id + prefix + 1 + k * BATCH_KEY_CHARS, BATCH_KEY_CHARS);
	key[1 + BATCH_KEY_CHARS] = '\0';
}
