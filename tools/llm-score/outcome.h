/* SPDX-License-Identifier: ISC */
/*
 * What can follow from a reply, for answer.c, which reads those that are
 * answers.  All of them take over t.
 */
#ifndef OUTCOME_H
#define OUTCOME_H

#include "engine.h"
#include "fault.h"

/* It failed for good; too many of these in a row are an outage. */
void outcome_failed(
    struct engine *e, struct task *t, const char *code, const char *detail);
/* One of its papers is at fault: halves, down to that one. */
void outcome_bisect(struct engine *e, struct task *t, const struct fault *f);
/* The question is too long for the server: halves, then a shorter text. */
void outcome_split(struct engine *e, struct task *t, const struct fault *f);
/* The answer was cut by its bound: halves have the whole bound each, and one
 * paper gets twice as much once. */
void outcome_lengthen(struct engine *e, struct task *t);

/* answer.c: takes in an answer. */
void answer_take(struct engine *e, struct task *t, const struct answer *a);

#endif
