/* SPDX-License-Identifier: ISC */
/*
 * Papers to be compared with, and which of them another paper is nearest to:
 * the value of the key "near" of paper(5).
 */
#ifndef NEAREST_H
#define NEAREST_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/slice.h"
#include "common/base/strbuf.h"
#include "common/record/paper.h"
#include "common/words/vectors.h"

/* So many papers are told of, and so many are remembered: the last added. */
#define NEAREST_TOLD 3
#define NEAREST_MAX  50000

struct nearest_paper {
	char *id; /* owned */
	char *told; /* owned: what else is told, as members of an object */
	float x[VECTORS_DIM];
};

/* Starts as zeros. */
struct nearest {
	struct nearest_paper *v;
	size_t n, cap;
	size_t oldest; /* is replaced next, once there are NEAREST_MAX */
};

/* Appends what is told of a paper beside its id and how near it is: title, the
 * day it was announced, and the mark that the reader gave it, if the record
 * says so. */
void nearest_tell(struct strbuf *b, struct paper *p);
/* x is of length 1, told is what nearest_tell gave. */
void nearest_add(
    struct nearest *l, struct slice id, struct slice told, const vector x);
/* Appends the papers nearest to x, best first, without the one that has the
 * same id. */
void nearest_write(
    const struct nearest *l, struct slice id, const vector x, struct strbuf *b);
void nearest_release(struct nearest *l);

#endif
