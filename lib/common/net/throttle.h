/* SPDX-License-Identifier: ISC */
/*
 * Manners towards a site: when to ask, and when to ask again.
 */
#ifndef THROTTLE_H
#define THROTTLE_H

#include <stdbool.h>

#include "common/base/date.h"
#include "common/net/http.h"

/*
 * One request at a time, some seconds between two, and cool-downs that are
 * remembered, across all processes of the user.
 *
 * The state is a file that is locked while a request is under way: it holds
 * the time of the last request and, for each source (one interface of the
 * site), the time before which it wants no other.  Times are of the real
 * clock, since they outlive processes.
 */
struct pace;

enum pace_turn {
	PACE_GO, /* ask now, then call pace_leave */
	PACE_LATER, /* a cool-down longer than the caller's patience */
	PACE_STOPPED /* a signal came */
};

/*
 * dir is created if need be; the file in it is called like the site.  Where
 * no file can be had a warning is given and only this process is paced.
 */
struct pace *pace_new(const char *dir, const char *site, double interval);
void pace_free(struct pace *p);

/* Waits for our turn.  With PACE_LATER *wait is how long it would take. */
enum pace_turn
pace_enter(struct pace *p, const char *source, double patience, double *wait);
/* The request is over; the source wants none for cooldown seconds (0: no
 * more than the interval), and said so with that HTTP status. */
void
pace_leave(struct pace *p, const char *source, double cooldown, long status);
/* With PACE_LATER: that status, whichever process got it; 0: unknown. */
long pace_status(struct pace *p, const char *source);

/*
 * When to try again: no clock and no randomness of its own, so that tests need
 * not wait.
 */

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
