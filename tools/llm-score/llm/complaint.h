/* SPDX-License-Identifier: ISC */
/*
 * What a server says is wrong: the shapes differ from one to the next, the
 * parts do not.
 */
#ifndef COMPLAINT_H
#define COMPLAINT_H

#include <stdbool.h>

#include <cJSON.h>

#include "llm/provider.h"

/* Strings are borrowed from the tree, and NULL if not there. */
struct complaint {
	long status; /* what it amounts to */
	long shown; /* what was said */
	const char *code, *type, *param, *message;
	const char *more; /* Anthropic's error.details.error_code */
	const char *quota; /* Google's name of the quota that is used up */
	const char *delay; /* Google's "4s" */
	bool flagged; /* moderation: the input was */
	bool in_answer; /* the status line said that all is well */
};

/* The error in the body of a reply that says all is well; NULL if it is none,
 * or says nothing. */
const cJSON *complaint_in_answer(const cJSON *root);
/* Fills c, whose status and in_answer are set. */
void complaint_read(struct complaint *c, const cJSON *error);

/* True if a string is, or holds in any case of letters, one of a list that
 * ends with NULL. */
bool complaint_is(const char *s, const char *const *list);
bool complaint_mentions(const char *s, const char *const *list);

/* The delay that it asks for, in seconds; -1: none. */
double complaint_wait(const struct complaint *c);
/* The parameter that it names; certain: by a name that stands for nothing
 * else. */
enum param complaint_param(const struct complaint *c, bool *certain);
/* How many tokens it leaves to the answer; 0: it does not say. */
long complaint_room(const struct complaint *c);

#endif
