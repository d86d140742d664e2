/* SPDX-License-Identifier: ISC */
/*
 * When to try again.  No clock and no randomness of its own, so that tests
 * need not wait.
 */
#ifndef RETRY_H
#define RETRY_H

#include <stdbool.h>

#include "common/base/date.h"
#include "common/net/http.h"

/* Full jitter: random (0..1) times the smaller of cap and base * 2^attempt,
 * seconds; attempt counts from 0. */
double retry_backoff(unsigned attempt, double base, double cap, double random);
/* Seconds a server asks to wait: retry-after-ms, retry-after in seconds or as
 * an HTTP date against when.  False if it does not say. */
bool
retry_after(const struct http_reply *reply, moment_t when, double *seconds);
/* Transient by status or failure alone: 408 425 429 500 502 503 504 522 524
 * 529, connect, receive, timeout. */
bool retry_is_transient(const struct http_reply *reply);
/* 0 <= x < 1, from the system; the seed of $PAPERROUND_SEED if set, for tests. */
double retry_random(void);

#endif
