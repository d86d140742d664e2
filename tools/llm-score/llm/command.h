/* SPDX-License-Identifier: ISC */
/*
 * A program that is asked instead of a server: the question on its standard
 * input, the answer on its standard output.  To the engine it is a transport
 * like any other; a failure that may pass, or is for good, is one of a
 * connection.
 */
#ifndef COMMAND_H
#define COMMAND_H

#include "common/net/http.h"

struct commands;

/* For a command line, which a shell reads. */
struct commands *commands_new(const char *line);
/* Ends what is running. */
void commands_free(struct commands *c);
/* As http_start and http_next. */
void commands_start(void *arg, struct http_request *r);
struct http_request *
commands_next(void *arg, int timeout_ms, struct http_reply *reply);

#endif
