/* SPDX-License-Identifier: ISC */
/*
 * Questions: which papers go into one request, and when it may be sent.  No
 * clock, no network: the times are the caller's.
 */
#ifndef TASK_H
#define TASK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "item.h"

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
