/* SPDX-License-Identifier: ISC */
/*
 * Money: what models cost, what requests may cost at worst, what they did
 * cost, and the limit that is never passed.
 */
#ifndef COST_H
#define COST_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/slice.h"
#include "common/base/strbuf.h"
#include "llm/provider.h"

/* What models cost, in USD per token. */

struct price {
	double input, cached, cache_write, output;
	double batch_input, batch_output; /* through the batch interface */
	double flex_input, flex_output; /* in the flex tier */
};

/*
 * Finds model in a table: the one shipped as prices.tsv, or the community's
 * JSON, told apart by its first byte.  A name is looked up as it is, without
 * a "provider/" before it, with the provider's before it, and without a date
 * at its end; never by a mere prefix.  False if it is not there.
 */
bool prices_find(struct price *p, struct slice table, const char *model,
    const char *provider);

/* The same from a file, NULL for the one supplied.  Exits with 2 if a file
 * that was named cannot be read. */
bool prices_read(
    struct price *p, const char *path, const char *model, const char *provider);

struct cost {
	double input, output; /* USD, settled */
	double reported; /* by servers that do not split it */
	double reserved; /* for requests in flight */
	double unsettled; /* of requests that may have been billed */
	double limit; /* --max-cost; negative: none */
	bool priced; /* price holds */
	bool unpriced; /* tokens were spent that have no price */
	bool batch; /* served through the batch interface */
	struct price price;
};

/* Everything spent so far, and what may yet be. */
double cost_total(const struct cost *c);

/* The most that a request can cost: no token is shorter than a byte. */
double cost_worst(const struct cost *c, size_t input_bytes, long max_tokens);
/* Sets amount aside; false if that would pass the limit. */
bool cost_reserve(struct cost *c, double amount);
/* The request was not billed. */
void cost_return(struct cost *c, double amount);
/* It may have been billed: the money is not free again. */
void cost_forfeit(struct cost *c, double amount);
/* It was billed for this. */
void cost_settle(struct cost *c, double amount, const struct usage *u);

/* Appends the report's value: {"input","output","total"} or null. */
void cost_write(struct strbuf *b, const struct cost *c);

#endif
