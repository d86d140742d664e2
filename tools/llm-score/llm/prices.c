/* SPDX-License-Identifier: ISC */
#include "llm/prices.h"

#include <math.h>
#include <string.h>

#define BATCH_SHARE    0.5
#define PRIORITY_SHARE 2
#define HOUR_SECONDS   3600

enum tier
tier_named(const char *name)
{
	static const struct {
		const char *name;
		enum tier tier;
	} rows[] = {
	    {"batch", TIER_BATCH},
	    {"flex", TIER_FLEX},
	    {"priority", TIER_PRIORITY},
	    {"fast", TIER_PRIORITY},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (name != NULL && strcmp(name, rows[i].name) == 0)
			return rows[i].tier;
	return TIER_STANDARD;
}

static bool
holds(const struct price_when *w, double tokens, moment_t t)
{
	day_t day = day_of(t);
	int hour = (int)((t - day * 24 * HOUR_SECONDS) / HOUR_SECONDS);

	return tokens > w->above - (w->above == 0) && t >= w->from &&
	    (w->hours == 0 ||
		((w->hours >> hour & 1) != 0 &&
		    (w->weekdays >> day_weekday(day) & 1) != 0));
}

struct price
prices_at(const struct prices *p, double tokens, moment_t when)
{
	size_t i = p->n - 1;

	while (i > 0 && !holds(&p->step[i].when, tokens, when))
		i--;
	return p->step[i].price;
}

struct price
prices_worst(const struct prices *p, double tokens, moment_t when)
{
	struct price worst = {.cached = 0};

	for (size_t i = 0; i < p->n; i++) {
		struct price_when w = p->step[i].when;
		const struct price *q = &p->step[i].price;

		w.hours = 0;
		if (!holds(&w, tokens, when + 24 * HOUR_SECONDS))
			continue;
		worst.cached = fmax(worst.cached, q->cached);
		worst.cache_write = fmax(worst.cache_write, q->cache_write);
		for (int t = 0; t < NTIERS; t++) {
			worst.input[t] = fmax(worst.input[t], q->input[t]);
			worst.output[t] = fmax(worst.output[t], q->output[t]);
		}
	}
	return worst;
}

static double or (double v, double other)
{
	return isnan(v) ? other : v;
}

bool
prices_add(struct prices *p, const struct price_when *when,
    const struct price_cells *c)
{
	static const double shares[NTIERS] = {
	    1, BATCH_SHARE, 1, PRIORITY_SHARE};
	double in = c->input[TIER_STANDARD], out = c->output[TIER_STANDARD];
	struct price *q;

	if (isnan(in) || isnan(out) || p->n == PRICE_STEPS)
		return false;
	q = &p->step[p->n].price;
	p->step[p->n++].when = *when;
	q->cached = or (c->cached, in);
	q->cache_write = or (c->cache_write, 0) > 0 ? c->cache_write : in;
	for (int t = 0; t < NTIERS; t++) {
		q->input[t] = or (c->input[t], shares[t] * in);
		q->output[t] = or (c->output[t], shares[t] * out);
	}
	return true;
}
