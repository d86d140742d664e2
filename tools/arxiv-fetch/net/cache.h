/* SPDX-License-Identifier: ISC */
/*
 * Answers on disk.  Every answer goes through a file: it is used only when it
 * is whole, whatever its size, and one that turned out good is kept for the
 * rest of the day.  A file is a head of fixed size, then the body; its name is
 * the hash of its key.
 */
#ifndef CACHE_H
#define CACHE_H

#include <stdbool.h>

#include "common/base/date.h"
#include "common/base/slice.h"

struct cache {
	char *dir; /* NULL: nothing is kept */
	bool pruned;
	int spare; /* an answer's file in TMPDIR, for when nothing is kept .. */
	int no_spare; /* .. or the errno why there is none */
};

/* What the head tells.  Empty strings: unknown. */
struct cache_head {
	char etag[256];
	char last_modified[64];
	moment_t fetched;
};

/* An answer's file.  fd -1: none. */
struct spool {
	int fd;
	char *temp; /* its name while it is not kept; NULL: none */
};

/* Opens what cannot be opened later, when a tool has confined itself. */
void cache_prepare(struct cache *c);
/* After that.  dir NULL: no cache.  The directory is made when it is needed. */
void cache_init(struct cache *c, const char *dir);
void cache_release(struct cache *c);

/* A kept answer, read from its body on, or false. */
bool cache_find(
    struct cache *c, const char *key, struct cache_head *head, struct spool *s);
/* A file to write a body to, at its end, one at a time.  Exits if there is none
 * to be had. */
void cache_spool(struct cache *c, struct spool *s);
bool spool_write(struct spool *s, const char *p, size_t n);
/* Empties it for another try. */
void spool_clear(struct spool *s);
/* To the body's beginning, for reading. */
void spool_rewind(struct spool *s);
void spool_release(struct spool *s);

/* Puts s in the cache under key; s stays readable.  A failure is said, and is
 * no more than that. */
void cache_keep(struct cache *c, const char *key, const struct cache_head *head,
    struct spool *s);
/* What is kept under key, if anything, is not to be used again. */
void cache_forget(struct cache *c, const char *key);
/* Revalidated: a kept answer's head is written anew. */
void cache_touch(struct spool *s, const struct cache_head *head);

#endif
