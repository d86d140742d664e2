/* SPDX-License-Identifier: ISC */
#include "llm/llm.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/number.h"
#include "common/base/xalloc.h"

#define MINUTE 60.0

void
limiter_init(struct limiter *l, long jobs, long rpm, long tpm, bool alone)
{
	*l = (struct limiter) {
	    .jobs = jobs,
	    .rpm = rpm,
	    .tpm = tpm,
	    .limit = jobs,
	    .alone = alone,
	    .halved_at = -INFINITY,
	    .paused_until = -INFINITY,
	};
}

void
limiter_release(struct limiter *l)
{
	free(l->log);
	l->log = NULL;
}

static struct limiter_event *
event(struct limiter *l, size_t i)
{
	return &l->log[(l->first + i) % l->cap];
}

static void
forget_old(struct limiter *l, double now)
{
	while (l->n > 0 && event(l, 0)->at <= now - MINUTE) {
		l->first = (l->first + 1) % l->cap;
		l->n--;
	}
}

/* When enough of the last minute is over for one more request. */
static double
minute_wait(struct limiter *l, double now, double tokens)
{
	double sum = tokens, until = now;

	forget_old(l, now);
	for (size_t i = 0; i < l->n; i++)
		sum += event(l, i)->tokens;
	for (size_t i = 0; i < l->n; i++) {
		bool too_many = l->rpm > 0 && l->n - i + 1 > (size_t)l->rpm;
		bool too_much = l->tpm > 0 && sum > (double)l->tpm;

		if (!too_many && !too_much)
			break;
		until = event(l, i)->at + MINUTE;
		sum -= event(l, i)->tokens;
	}
	return until - now;
}

/* When there is need left again, by the server's account. */
static double
allowance_wait(struct allowance *a, double now, double need)
{
	if (a->reported && now >= a->reset_at)
		a->reported = false;
	return a->reported && a->left < need ? a->reset_at - now : 0;
}

double
limiter_wait(struct limiter *l, double now, size_t in_flight, double tokens)
{
	double wait;

	if (in_flight >= (size_t)(l->alone ? 1 : l->limit))
		return -1;
	wait = minute_wait(l, now, tokens);
	wait = fmax(wait, l->paused_until - now);
	wait = fmax(wait, allowance_wait(&l->requests, now, 1));
	wait = fmax(wait, allowance_wait(&l->tokens, now, tokens));
	return fmax(wait, 0);
}

static void
remember(struct limiter *l, double now, double tokens)
{
	size_t cap = l->cap == 0 ? 64 : 2 * l->cap;
	struct limiter_event *log;

	if (l->n == l->cap) {
		log = xreallocarray(NULL, cap, sizeof(*log));
		for (size_t i = 0; i < l->n; i++)
			log[i] = *event(l, i);
		free(l->log);
		l->log = log;
		l->first = 0;
		l->cap = cap;
	}
	l->n++;
	*event(l, l->n - 1) = (struct limiter_event) {now, tokens};
}

void
limiter_sent(struct limiter *l, double now, double tokens)
{
	if (l->rpm > 0 || l->tpm > 0) {
		forget_old(l, now);
		remember(l, now, tokens);
	}
	l->requests.left -= 1;
	l->tokens.left -= tokens;
}

void
limiter_ended(struct limiter *l)
{
	l->alone = false;
}

void
limiter_good(struct limiter *l)
{
	limiter_ended(l);
	/* One more for each round of successes. */
	if (l->limit < l->jobs && ++l->good >= (unsigned)l->limit) {
		l->limit++;
		l->good = 0;
	}
}

void
limiter_congested(struct limiter *l, double sent_at, double now)
{
	limiter_ended(l);
	/* Requests that were already on their way when the limit was halved
	 * tell nothing about the new one. */
	if (sent_at < l->halved_at)
		return;
	l->halved_at = now;
	l->limit = l->limit > 1 ? l->limit / 2 : 1;
	l->good = 0;
}

void
limiter_pause(struct limiter *l, double until)
{
	if (until > l->paused_until)
		l->paused_until = until;
}

/* What servers say of their limits */

/* Longer waits are taken for nonsense, or for a quota that is no rate. */
#define LONGEST 3600.0

/* The part "120ms" of a duration; NULL if it is none. */
static const char *
duration_part(const char *s, double *seconds)
{
	static const struct {
		const char *unit;
		double seconds;
	} units[] = {{"ms", 1e-3}, {"us", 1e-6}, {"ns", 1e-9}, {"s", 1},
	    {"m", 60}, {"h", 3600}, {"d", 86400}};
	size_t digits = strspn(s, "0123456789."), n;
	char number[24];
	const char *why;
	double v;

	if (digits == 0 || digits >= sizeof(number))
		return NULL;
	memcpy(number, s, digits);
	number[digits] = '\0';
	if (!number_double(number, 0, 1e9, &v, &why))
		return NULL;
	s += digits;
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
		n = strlen(units[i].unit);
		if (strncmp(s, units[i].unit, n) == 0 &&
		    !isalpha((unsigned char)s[n])) {
			*seconds += v * units[i].seconds;
			return s + n;
		}
	}
	if (*s != '\0')
		return NULL;
	*seconds += v;
	return s;
}

bool
ratelimit_duration(const char *s, double *seconds)
{
	*seconds = 0;
	if (*s == '\0')
		return false;
	while (s != NULL && *s != '\0')
		s = duration_part(s, seconds);
	return s != NULL;
}

/* A duration, or a moment in RFC 3339. */
static bool
reset_time(const char *s, double now, moment_t wall, double *at)
{
	moment_t t;
	double wait;

	if (ratelimit_duration(s, &wait))
		*at = now + wait;
	else if (strlen(s) > 10 && moment_parse(s, &t))
		*at = now + (double)(t - wall);
	else
		return false;
	return *at > now && *at - now <= LONGEST;
}

static void
read_allowance(struct allowance *a, const struct http_reply *reply,
    const char *left_name, const char *reset_name, double now, moment_t wall)
{
	const char *left = http_header(reply, left_name);
	const char *reset = http_header(reply, reset_name), *why;
	double n, at;

	if (left == NULL || reset == NULL ||
	    !number_double(left, -1e12, 1e12, &n, &why) ||
	    !reset_time(reset, now, wall, &at))
		return;
	*a = (struct allowance) {true, n, at};
}

void
ratelimit_read(struct limiter *l, const struct http_reply *reply, double now,
    moment_t wall)
{
	read_allowance(&l->requests, reply, "x-ratelimit-remaining-requests",
	    "x-ratelimit-reset-requests", now, wall);
	read_allowance(&l->tokens, reply, "x-ratelimit-remaining-tokens",
	    "x-ratelimit-reset-tokens", now, wall);
	read_allowance(&l->requests, reply,
	    "anthropic-ratelimit-requests-remaining",
	    "anthropic-ratelimit-requests-reset", now, wall);
	read_allowance(&l->tokens, reply,
	    "anthropic-ratelimit-input-tokens-remaining",
	    "anthropic-ratelimit-input-tokens-reset", now, wall);
}
