/* SPDX-License-Identifier: ISC */
#include "limiter.h"

#include <math.h>
#include <stdlib.h>

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
	size_t i;

	forget_old(l, now);
	for (i = 0; i < l->n; i++)
		sum += event(l, i)->tokens;
	for (i = 0; i < l->n; i++) {
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
	if (a->told && now >= a->reset_at)
		a->told = false;
	return a->told && a->left < need ? a->reset_at - now : 0;
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
