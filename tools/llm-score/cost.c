/* SPDX-License-Identifier: ISC */
#include "cost.h"

#include <math.h>

#include "common/json/json_write.h"

/* Sums of doubles must not let rounding pass for spending. */
#define SLACK	 1e-12
#define DECIMALS 6

double
cost_total(const struct cost *c)
{
	return c->input + c->output + c->told + c->unsettled;
}

double
cost_worst(const struct cost *c, size_t input_bytes, long max_tokens)
{
	const struct price *p = &c->price;

	if (!c->priced)
		return 0;
	if (c->batch)
		return (double)input_bytes * p->batch_input +
		    (double)max_tokens * p->batch_output;
	return (double)input_bytes * fmax(p->input, p->cache_write) +
	    (double)max_tokens * p->output;
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
add_priced(struct cost *c, const struct usage *u)
{
	const struct price *p = &c->price;
	double in = p->input, out = p->output, share;

	if (c->batch) {
		in = p->batch_input;
		out = p->batch_output;
	} else if (u->flex) {
		in = p->flex_input;
		out = p->flex_output;
	}
	/* Cached tokens keep their proportion in the cheaper tiers. */
	share = p->input > 0 ? in / p->input : 1;
	c->input += u->input * in + u->cached * p->cached * share +
	    u->cache_write * p->cache_write * share;
	c->output += u->output * out;
}

/* The server's own account wins; our prices only split it. */
static void
add_told(struct cost *c, const struct usage *u)
{
	struct cost ours = {.price = c->price, .batch = c->batch};
	double sum;

	if (c->priced)
		add_priced(&ours, u);
	sum = ours.input + ours.output;
	if (sum <= 0) {
		c->told += u->cost;
		return;
	}
	c->input += u->cost * ours.input / sum;
	c->output += u->cost * ours.output / sum;
}

void
cost_settle(struct cost *c, double amount, const struct usage *u)
{
	if (!u->known && u->cost < 0) {
		cost_forfeit(c, amount);
		c->unpriced |= !c->priced;
		return;
	}
	cost_return(c, amount);
	if (u->cost >= 0)
		add_told(c, u);
	else if (c->priced)
		add_priced(c, u);
	else
		c->unpriced = true;
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
	if (c->told == 0) {
		jsonw_key(&j, "input");
		jsonw_decimals(&j, c->input, DECIMALS);
		jsonw_key(&j, "output");
		jsonw_decimals(&j, c->output, DECIMALS);
	}
	jsonw_key(&j, "total");
	jsonw_decimals(&j, c->input + c->output + c->told, DECIMALS);
	if (c->unsettled > 0) {
		jsonw_key(&j, "unsettled");
		jsonw_decimals(&j, c->unsettled, DECIMALS);
	}
	jsonw_close(&j, '}');
}
