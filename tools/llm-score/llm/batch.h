/* SPDX-License-Identifier: ISC */
/*
 * The batch interfaces of providers: half the price, up to a day to wait.
 *
 * A request's custom_id spells which papers it is about, in order, by the first
 * 36 bits of their cache keys (in base64url, after "pr1" and the vote).  So the
 * results find their papers without a state file, whatever has been answered
 * in between.
 */
#ifndef BATCH_H
#define BATCH_H

#include <stddef.h>

#include "common/base/hash.h"
#include "common/base/strbuf.h"
#include "llm/engine.h"
#include "llm/paper_queue.h"

#define BATCH_KEY_CHARS 6
/* A vote and a paper, NUL-terminated. */
#define BATCH_KEY_SIZE	(1 + BATCH_KEY_CHARS + 1)

/* The parts of a custom_id: the key of a paper's vote. */
/* How many papers an id names; 0 if it is none of ours. */
size_t batch_id_papers(const char *id);
/* The key of its paper k. */
void batch_id_key(const char *id, size_t k, char key[BATCH_KEY_SIZE]);

/* Papers a request: what a custom_id of 64 characters has room for. */
#define BATCH_API_MOST 10

/* Writes requests for the papers of e->in that need an answer to e->out;
 * returns the exit status. */
int batch_emit(struct engine *e);

/* Reads files of results, so that e takes its answers from them; their tokens are counted and paid
 * for at the price of batches.  Exits with 2 if a file cannot be read. */
void batch_read(struct engine *e, const struct strlist *files);
void batch_free(struct batch_results *r);

#endif
