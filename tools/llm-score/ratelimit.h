/* SPDX-License-Identifier: ISC */
/* What servers say in headers about the requests and tokens that are left. */
#ifndef RATELIMIT_H
#define RATELIMIT_H

#include <stdbool.h>

#include "common/base/date.h"
#include "common/net/http.h"
#include "limiter.h"

/* Seconds in "6m0s", "120ms", "1h2m3.5s" or "7" (a number alone is seconds);
 * false if s is none. */
bool ratelimit_duration(const char *s, double *seconds);

/* Takes over what the reply tells.  now is the limiter's clock, wall the time
 * of day, for servers that name a moment. */
void ratelimit_read(struct limiter *l, const struct http_reply *reply,
    double now, moment_t wall);

#endif
