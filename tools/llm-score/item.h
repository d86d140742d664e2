/* SPDX-License-Identifier: ISC */
/*
 * The papers that are being asked about, in the order they were read: they are
 * written in that order too, however the answers come.
 */
#ifndef ITEM_H
#define ITEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/io/output.h"
#include "common/record/paper.h"
#include "sha256.h"
#include "text.h"
#include "verdict.h"

/* At most so much waits for an answer at its head. */
#define WINDOW_PAPERS 2048
#define WINDOW_BYTES  ((size_t)64 << 20)

enum screened {
	SCREEN_NONE, /* nobody looked */
	SCREEN_KEPT,
	SCREEN_DROPPED
};

struct item {
	struct item *next; /* in the window */
	struct item *queued; /* in a list of what waits */
	uint64_t seq;
	char *line; /* owned */
	size_t len;
	const char *file;
	unsigned long lineno;

	struct text text;
	bool suspect; /* asked about alone */
	bool followed; /* by an author the reader follows */
	bool shortened; /* the abstract was, to fit */
	struct sha256_digest key, screen_key;

	unsigned asked; /* votes still to come */
	struct verdict *votes;
	size_t nvotes;
	enum screened screened;
	char *screen; /* the value of the key, owned */

	/* How it ended; written when done. */
	bool done;
	bool pass; /* as it came */
	bool scored;
	bool free; /* from the cache */
	struct verdict verdict;
	const char *code; /* why not */
	char *detail;
};

struct window {
	struct item *head, **tail;
	size_t n, bytes;
	uint64_t next_seq;
};

/* A list of items that wait, by seq. */
struct item_list {
	struct item *head, *last;
	size_t n;
};

void window_init(struct window *w);
void window_free(struct window *w);
bool window_full(const struct window *w);
/* A new item at the end, for the paper. */
struct item *window_add(struct window *w, const struct paper *p);
/* The first item if it is done, taken out of the window: free it with
 * item_free. */
struct item *window_take_done(struct window *w);
void item_free(struct item *i);

/* Keeps the list in the order of seq. */
void item_list_add(struct item_list *l, struct item *i);
struct item *item_list_take(struct item_list *l);

/* Why there would be no score; detail may be NULL. */
void item_note(struct item *i, const char *code, const char *detail);
/* The same, and ends it. */
void item_fail(struct item *i, const char *code, const char *detail);

#endif
