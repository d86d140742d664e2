/* SPDX-License-Identifier: ISC */
/*
 * What waits in an engine: papers, in the order they were read, and questions
 * about them.  No clock, no network: the times are the caller's.
 */
#ifndef PAPER_QUEUE_H
#define PAPER_QUEUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/hash.h"
#include "common/record/paper.h"
#include "llm/prompt.h"
#include "llm/rating.h"
#include "result.h"

/*
 * The papers that are being asked about, in the order they were read: they are
 * written in that order too, however the answers come.
 */

/* At most so much waits for an answer at its head. */
#define WINDOW_PAPERS 2048
#define WINDOW_BYTES  ((size_t)64 << 20)

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
	bool spared; /* as paper_is_spared() says */
	bool shortened; /* the abstract was, to fit */
	char *first; /* the score that a second look replaces; or NULL */
	struct sha256_digest key, screen_key;

	unsigned asked; /* votes still to come */
	struct rating *votes;
	size_t nvotes;

	bool done; /* the result is all there will be */
	struct result result;
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

/* Ends it without a score; detail may be NULL. */
void item_fail(struct item *i, const char *code, const char *detail);

/*
 * Questions: which papers go into one request, and when it may be sent.
 */

enum task_kind {
	TASK_SCORE,
	TASK_SCREEN
};

struct task {
	struct task *next;
	enum task_kind kind;
	struct item **items; /* owned array, borrowed items */
	size_t n;
	int vote; /* which of --votes */
	int round; /* how often its papers were asked again */
	unsigned attempt; /* tries so far */
	double not_before;
	unsigned congested; /* tries that met too many requests */
	double waited; /* seconds, for that reason */
	long max_tokens; /* bound of the answer; halves inherit it */
	/* While it is in flight: */
	double sent_at, reserved, tokens;
	unsigned changes; /* the abilities it was sent with */
	size_t bytes; /* of its prompt */
	/* The last error of status 500, to tell a server's trouble from a
	 * question it cannot take. */
	uint64_t same_error;
	unsigned same_times;
};

struct queue {
	struct task *head;
	size_t n;
};

/* What a request holds beside its texts: keys, roles, numbers. */
#define TASK_OVERHEAD_BYTES 512

/* The bound of an answer about n papers. */
long task_max_tokens(enum task_kind kind, size_t n);

/* A question about n items; max_tokens is computed if 0. */
struct task *task_new(
    enum task_kind kind, struct item *const *items, size_t n, long max_tokens);
void task_free(struct task *t);
/* Two halves of t, which is freed, are queued; t has more than one item. */
void task_halve(struct queue *q, struct task *t);
/* Its items in an order that depends on seed alone. */
void task_shuffle(struct task *t, uint64_t seed);

void queue_add(struct queue *q, struct task *t);
/* The task that may be sent at that time and whose first paper was read
 * first, taken out; NULL if there is none. */
struct task *queue_take(struct queue *q, double now);
/* When the first task may be sent; INFINITY if there is none. */
double queue_next_time(const struct queue *q);

/* How many of waiting papers to ask about, so that all batches are about the
 * same size and none is larger than batch. */
size_t task_even_size(size_t waiting, size_t batch);

#endif
