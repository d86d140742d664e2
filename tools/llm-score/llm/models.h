/* SPDX-License-Identifier: ISC */
/* Models, before anybody asks them: what they cost, what is known of them. */
#ifndef MODELS_H
#define MODELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cJSON.h>

#include "common/base/date.h"
#include "common/base/slice.h"

/*
 * model_table.c: what tokens cost: in tiers of service, and in steps by length
 * of the prompt, day and hour.
 */

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

/*
 * models.c: what is known of models before anybody asks them: what they cost,
 * which parameters they refuse, who serves them, and until when.  The user's
 * table comes before the one supplied as models.tsv, whose head says what its
 * columns mean.
 */

#define MODEL_NAME_MAX 128

struct model {
	char name[MODEL_NAME_MAX]; /* or a pattern */
	char provider[24];
	struct prices prices;
	long context; /* tokens; 0: not known */
	char refuses[64]; /* names of parameters, separated by commas */
	enum {
		THINKS_UNKNOWN,
		THINKS_NO,
		THINKS_YES
	} thinks;
	day_t ends; /* shut down on that day; 0: not known */
	day_t as_of;
};

bool model_is_family(const struct model *m);

/* The next model of a table in lines, with all of its rows; false at the end. */
bool models_next(struct slice *rest, struct model *m);

/* The entry of that very name in the community's JSON. */
bool model_in_tree(struct model *m, const cJSON *tree, const char *name);

/*
 * Finds a model in a table: lines, or the community's JSON, told apart by the
 * first byte.  A name is looked up as it is, without a "maker/" before it,
 * with the provider's before it, and without a date at its end; never by a
 * mere prefix.  What its row does not know is its family's.  False if there
 * is no row of its own; *m then holds what its family is known for.
 */
bool models_find(struct model *m, struct slice table, const char *name,
    const char *provider);

/* The tables. */
struct models {
	char *own, *supplied; /* NULL: there is none */
	size_t own_len, supplied_len;
};

/* Reads the user's table, if one is named, and the one supplied.  Exits with 2
 * if a file that was named cannot be read. */
void models_open(struct models *t, const char *path);
void models_close(struct models *t);
/* models_find in both. */
bool models_get(const struct models *t, struct model *m, const char *name,
    const char *provider);
/* Who serves models of that name, as --base-url has it; "" if that is not
 * known. */
void models_provider(const char *name, char provider[24]);

/* The name most like one that is not known; "" if none is. */
void models_likely(
    const struct models *t, const char *name, char likely[MODEL_NAME_MAX]);
/* The model that costs most nearly the same, of the same provider if it has
 * one, and lives on after that day; false if there is none. */
bool models_nearest(const struct models *t, const struct model *m, day_t after,
    struct model *nearest);

#endif
