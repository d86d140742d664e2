/* SPDX-License-Identifier: ISC */
/*
 * What an HTTP reply means for the papers it was to be about.  A function of
 * the reply alone: what follows from it is reply.c's business.
 */
#ifndef API_ERROR_H
#define API_ERROR_H

#include <stdbool.h>

#include <cJSON.h>

#include "common/net/http.h"
#include "llm/provider.h"

enum action {
	ACTION_READ, /* it is an answer */
	ACTION_RETRY, /* the same again, later */
	ACTION_LOSE, /* again without a parameter */
	ACTION_SPLIT, /* too long: ask about half as many */
	ACTION_LENGTHEN, /* the answer was too long for its bound */
	ACTION_BISECT, /* one of the papers may be at fault: find it */
	ACTION_REASK, /* the answer is bad: fewer papers, another order */
	ACTION_FAIL, /* not worth trying again */
	ACTION_STOP /* no request can do better */
};

/* With less room than this an answer is not worth asking for. */
#define ANSWER_LEAST 128

struct api_error {
	enum action action;
	const char *code; /* for score_error */
	const char *kind; /* for the report's errors */
	char kind_buf[32];
	char detail[256]; /* in words; quotes the server */
	enum param param;
	long left; /* with PARAM_SIZE: tokens for the answer; 0: not said */
	double wait; /* seconds that the body asks to wait; -1: not said */
	bool congested; /* too many requests */
	bool refused; /* with ACTION_STOP: exit status 77, not 75 */
	bool billed; /* tokens may have been spent */
};

/* root is the reply's body as a tree, or NULL if it is not JSON. */
void api_error_read(
    struct api_error *f, const struct http_reply *r, const cJSON *root);

/* The same of an answer that was read, to a question of so many bytes (0: not
 * known). */
void api_error_of_answer(
    struct api_error *f, const struct answer *a, size_t question_bytes);

#endif
