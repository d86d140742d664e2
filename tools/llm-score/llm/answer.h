/* SPDX-License-Identifier: ISC */
/*
 * The JSON in a model's text.  It is keyed by local ids: "P1" is the first
 * paper of a request.  Models never see arXiv's ids, so they cannot invent one
 * that exists.
 */
#ifndef ANSWER_H
#define ANSWER_H

#include <stddef.h>

#include <cJSON.h>

#include "common/base/slice.h"

/*
 * The tree of a text, to be freed, or NULL if there is nothing in it to read.
 * What is JSON is taken as it is, without the fence, the string or the one key
 * that it may be wrapped in.  Of anything else, what stands before the end of
 * the thinking is left out, and the members for papers that can be read by
 * themselves are kept: with trailing commas, lone backslashes and line ends in
 * strings forgiven, but with nothing added, so a member that was cut is none.
 */
cJSON *answer_json_parse(struct slice text);

struct answer_json_counts {
	size_t unknown, duplicate;
};

/*
 * The members for n papers: member[i] is the value for P(i+1), or NULL if it is
 * not there or stands twice.
 */
void answer_json_members(const cJSON *answer, const cJSON **member, size_t n,
    struct answer_json_counts *counts);

#endif
