/* SPDX-License-Identifier: ISC */
/*
 * Answers keyed by local ids: "P1" is the first paper of a request.  Models
 * never see arXiv's ids, so they cannot invent one that exists.
 */
#ifndef LOCAL_ID_H
#define LOCAL_ID_H

#include <cJSON.h>
#include <stdbool.h>
#include <stddef.h>

#include "common/base/slice.h"

/* The tree of a model's text, to be freed, or NULL if it is no JSON object.
 * A code fence around it is forgiven; loose also forgives prose. */
cJSON *local_answer(struct slice text, bool loose);

struct local_counts {
	size_t unknown, duplicate;
};

/*
 * The members for n papers: member[i] is the value for P(i+1), or NULL if it is
 * not there or stands twice.
 */
void local_members(const cJSON *answer, const cJSON **member, size_t n,
    struct local_counts *counts);

#endif
