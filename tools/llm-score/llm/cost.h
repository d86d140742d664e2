/* SPDX-License-Identifier: ISC */
/*
 * Money: what requests may cost at worst, what they did cost, and the limit
 * that is never passed.
 */
#ifndef COST_H
#define COST_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/date.h"
#include "common/base/strbuf.h"
#include "llm/models.h"
#include "llm/provider.h"

struct cost {
	double input, output; /* USD, settled */
	double reported; /* by servers that do not split it */
	double reserved; /* for requests in flight */
	double unsettled; /* of requests that may have been billed */
	double limit; /* --max-cost; negative: none */
	bool unpriced; /* tokens were spent that have no price */
	enum tier tier; /* asked for; what an answer names counts for it */
	struct prices prices;
	/* How many times its reservation the dearest answer cost; 0: never
	 * more. */
	double excess;
};

/* Everything spent so far, and what may yet be. */
double cost_total(const struct cost *c);

/* The most that a request can cost that is sent then: no token is shorter than
 * a byte. */
double cost_worst(
    const struct cost *c, size_t input_bytes, long max_tokens, moment_t when);
/* Sets amount aside; false if that would pass the limit. */
bool cost_reserve(struct cost *c, double amount);
/* The request was not billed. */
void cost_return(struct cost *c, double amount);
/* It may have been billed: the money is not free again. */
void cost_forfeit(struct cost *c, double amount);
/* It was billed for this, then.  A usage that is not known is an estimate: what
 * is left of the amount is not free again. */
void cost_settle(
    struct cost *c, double amount, const struct usage *u, moment_t when);

/* Appends the report's value: {"input","output","total"} or null. */
void cost_write(struct strbuf *b, const struct cost *c);

#endif
