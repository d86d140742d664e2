/* SPDX-License-Identifier: ISC */
/* What models cost, in USD per token. */
#ifndef PRICES_H
#define PRICES_H

#include <stdbool.h>

#include "common/base/slice.h"

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

#endif
