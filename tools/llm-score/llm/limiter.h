/* SPDX-License-Identifier: ISC */
/*
 * How many requests may be in flight, and when the next one may go: up to
 * --jobs, halved when the server is congested and growing again, within --rpm
 * and --tpm, and within what the server says is left.
 *
 * Times are seconds of any clock that does not go back; there is none in here.
 */
#ifndef LIMITER_H
#define LIMITER_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/date.h"
#include "common/net/http.h"

struct limiter_event {
	double at, tokens;
};

/* What the server reported to be left until a moment. */
struct allowance {
	bool reported;
	double left, reset_at;
};

struct limiter {
	long jobs, rpm, tpm; /* 0: no limit, but for jobs */
	long limit; /* now allowed in flight */
	unsigned good; /* successes since limit changed */
	double halved_at; /* older requests do not halve it again */
	double paused_until;
	bool alone; /* the first request goes alone */
	/* What was sent within the last minute, oldest first. */
	struct limiter_event *log;
	size_t first, n, cap;
	struct allowance requests, tokens;
};

/* alone: nothing else is sent until the first request has ended. */
void limiter_init(struct limiter *l, long jobs, long rpm, long tpm, bool alone);
void limiter_release(struct limiter *l);

/* Seconds to wait before one more request of that many tokens may go, 0 for
 * now; negative if one in flight must end first. */
double
limiter_wait(struct limiter *l, double now, size_t in_flight, double tokens);
void limiter_sent(struct limiter *l, double now, double tokens);

/* A request sent at that time has ended: well, or because there were too many. */
void limiter_good(struct limiter *l);
void limiter_congested(struct limiter *l, double sent_at, double now);
/* It ended in another way. */
void limiter_ended(struct limiter *l);
/* Nothing is sent until then. */
void limiter_pause(struct limiter *l, double until);

/* What servers say in headers about the requests and tokens that are left. */

/* Seconds in "6m0s", "120ms", "1h2m3.5s" or "7" (a number alone is seconds);
 * false if s is none. */
bool ratelimit_duration(const char *s, double *seconds);

/* Takes over what the reply tells.  now is the limiter's clock, wall the time
 * of day, for servers that name a moment. */
void ratelimit_read(struct limiter *l, const struct http_reply *reply,
    double now, moment_t wall);

#endif
