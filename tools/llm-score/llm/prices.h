/* SPDX-License-Identifier: ISC */
/*
 * What tokens cost: in tiers of service, and in steps by length of the prompt,
 * day and hour.
 */
#ifndef PRICES_H
#define PRICES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/date.h"

enum tier {
	TIER_STANDARD,
	TIER_BATCH,
	TIER_FLEX,
	TIER_PRIORITY,
	NTIERS
};

/* The one of that name in a request or an answer; NULL is the usual one. */
enum tier tier_named(const char *name);

/* USD per token. */
struct price {
	double cached, cache_write; /* of the standard tier */
	double input[NTIERS], output[NTIERS];
};

/* When a price holds; all zero: always. */
struct price_when {
	double above; /* the prompt has more tokens */
	moment_t from; /* it is not before */
	uint32_t hours; /* bits: hours of UTC */
	unsigned weekdays; /* bits: days that the hours are of */
};

/* The usual price, then those that hold instead; the last one counts. */
#define PRICE_STEPS 4

struct prices {
	struct {
		struct price_when when;
		struct price price;
	} step[PRICE_STEPS];
	size_t n; /* 0: no price is known */
};

/* A prompt of so many tokens, then.  p->n is not 0. */
struct price prices_at(const struct prices *p, double tokens, moment_t when);
/* The highest that a prompt of at most so many tokens may have within a day. */
struct price prices_worst(const struct prices *p, double tokens, moment_t when);

/* What a table says of one price; NAN where it says nothing. */
struct price_cells {
	double cached, cache_write;
	double input[NTIERS], output[NTIERS];
};

/* Adds a step.  False without the two prices that nothing can stand in for:
 * standard input and output. */
bool prices_add(struct prices *p, const struct price_when *when,
    const struct price_cells *c);

#endif
