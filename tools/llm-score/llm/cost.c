/* SPDX-License-Identifier: ISC */
#include "llm/llm.h"

#include <math.h>

#include "common/json/json_write.h"

/* Sums of doubles must not let rounding pass for spending. */
#define SLACK	 1e-12
#define DECIMALS 6

double
cost_total(const struct cost *c)
{
	return c->input + c->output + c->reported + c->unsettled;
}

bool
cost_is_passed(const struct cost *c)
{
	return c->limit >= 0 && cost_total(c) > c->limit + SLACK;
}

double
cost_worst(
    const struct cost *c, size_t input_bytes, long max_tokens, moment_t when)
{
	/* A server that has no room in a cheap tier serves at the usual price. */
	enum tier tier = c->tier == TIER_FLEX ? TIER_STANDARD : c->tier;
	struct price p;
	double in, written, worst;

	if (c->prices.n == 0)
		return 0;
	p = prices_worst(&c->prices, (double)input_bytes, when);
	in = p.input[tier];
	written = p.input[0] > 0 ? p.cache_write * in / p.input[0] : 0;
	worst =
	    (double)input_bytes * fmax(in, tier == TIER_BATCH ? 0 : written) +
	    (double)max_tokens * p.output[tier];
	return worst * fmax(1, c->excess);
}

bool
cost_reserve(struct cost *c, double amount)
{
	if (c->limit >= 0 &&
	    cost_total(c) + c->reserved + amount > c->limit + SLACK)
		return false;
	c->reserved += amount;
	return true;
}

void
cost_return(struct cost *c, double amount)
{
	c->reserved = fmax(0, c->reserved - amount);
}

void
cost_forfeit(struct cost *c, double amount)
{
	cost_return(c, amount);
	c->unsettled += amount;
}

static void
add_priced(struct cost *c, const struct usage *u, moment_t when)
{
	double prompt = u->input + u->cached + u->cache_write;
	struct price p = prices_at(&c->prices, prompt, when);
	enum tier tier = c->tier == TIER_BATCH ? TIER_BATCH : u->tier;
	double in = p.input[tier], share, hour;

	/* Cached tokens keep their proportion in the other tiers; a cache that
	 * lives an hour takes twice the input's price to write. */
	share = p.input[0] > 0 ? in / p.input[0] : 1;
	hour = fmin(u->cache_write_hour, u->cache_write);
	c->input += u->input * in + u->cached * p.cached * share +
	    (u->cache_write - hour) * p.cache_write * share + hour * 2 * in;
	c->output += u->output * p.output[tier];
}

/* The server's own account wins; our prices only split it. */
static void
add_reported(struct cost *c, const struct usage *u, moment_t when)
{
	struct cost ours = {.prices = c->prices, .tier = c->tier};
	double sum;

	if (c->prices.n > 0)
		add_priced(&ours, u, when);
	sum = ours.input + ours.output;
	if (sum <= 0) {
		c->reported += u->cost;
		return;
	}
	c->input += u->cost * ours.input / sum;
	c->output += u->cost * ours.output / sum;
}

void
cost_settle(struct cost *c, double amount, const struct usage *u, moment_t when)
{
	double before = cost_total(c), spent;

	cost_return(c, amount);
	if (!u->known && u->cost <= 0) {
		if (c->prices.n > 0)
			add_priced(c, u, when);
		c->unpriced |= c->prices.n == 0;
		spent = cost_total(c) - before;
		c->unsettled += fmax(0, amount - spent);
		return;
	}
	/* Nothing for what has a price is no account. */
	if (u->cost > 0 || (u->cost == 0 && c->prices.n == 0))
		add_reported(c, u, when);
	else if (c->prices.n > 0)
		add_priced(c, u, when);
	else
		c->unpriced = true;
	/* More than the worst: then the next one is expected to be so too. */
	spent = cost_total(c) - before;
	if (amount > 0 && spent > amount + SLACK)
		c->excess = fmax(1, c->excess) * spent / amount;
}

void
cost_write(struct strbuf *b, const struct cost *c)
{
	struct jsonw j = JSONW_INIT(b);

	if (c->unpriced) {
		jsonw_null(&j);
		return;
	}
	jsonw_open(&j, '{');
	if (c->reported == 0) {
		jsonw_decimals(jsonw_key(&j, "input"), c->input, DECIMALS);
		jsonw_decimals(jsonw_key(&j, "output"), c->output, DECIMALS);
	}
	jsonw_decimals(jsonw_key(&j, "total"),
	    c->input + c->output + c->reported, DECIMALS);
	if (c->unsettled > 0) {
		jsonw_decimals(
		    jsonw_key(&j, "unsettled"), c->unsettled, DECIMALS);
	}
	jsonw_close(&j, '}');
}
