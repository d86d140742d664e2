/* SPDX-License-Identifier: ISC */
/*
 * Answers that were paid for, under the SHA-256 of everything that shaped
 * them: a second run asks only for what the first did not get, however it
 * ended.  Two processes may use it at the same time.
 */
#ifndef SCORE_CACHE_H
#define SCORE_CACHE_H

#include <stdbool.h>

#include "common/base/hash.h"
#include "common/base/slice.h"
#include "common/base/strbuf.h"

struct score_cache;

/* Where the cache at path is, or the default if it is NULL, made if missing;
 * "" if nowhere.  To be freed. */
char *score_cache_directory(const char *path);
/* Opens path, made if missing, or the default if it is NULL: then a cache that
 * cannot be used is warned of and NULL returned.  A path that was named and
 * cannot be used exits with 1.  A damaged cache, whenever that is found, is
 * renamed to PATH.damaged with a warning, and a new one takes its place. */
struct score_cache *score_cache_open(const char *path);
void score_cache_close(struct score_cache *c);

/* Appends the answer kept under key; false if there is none.  c may be NULL in
 * all of these. */
bool score_cache_get(struct score_cache *c, const struct sha256_digest *key,
    struct strbuf *value);
/* What is put between begin and commit is kept together. */
void score_cache_begin(struct score_cache *c);
void score_cache_put(
    struct score_cache *c, const struct sha256_digest *key, struct slice value);
void score_cache_commit(struct score_cache *c);

#endif
