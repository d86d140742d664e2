/* SPDX-License-Identifier: ISC */
/* The custom_id of a request: see batch_api.h. */
#ifndef BATCH_ID_H
#define BATCH_ID_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/strbuf.h"
#include "sha256.h"
#include "task.h"

#define BATCH_KEY_CHARS 6
/* A vote and a paper, NUL-terminated. */
#define BATCH_KEY_SIZE	(1 + BATCH_KEY_CHARS + 1)

/* The key of a paper's vote. */
void batch_key(
    char key[BATCH_KEY_SIZE], const struct sha256_digest *paper, int vote);
void batch_id_write(struct strbuf *out, const struct task *t);
/* How many papers an id names; 0 if it is none of ours. */
size_t batch_id_papers(const char *id);
/* The key of its paper k. */
void batch_id_key(const char *id, size_t k, char key[BATCH_KEY_SIZE]);

#endif
