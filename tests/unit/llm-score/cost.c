/* SPDX-License-Identifier: ISC */
/* Prices, tokens in disjoint buckets, and a limit that holds. */

#include <string.h>

#include "../tap.h"
#include "common/base/run_state.h"
#include "llm/llm.h"

static bool
near(double a, double b)
{
	return a - b < 1e-12 && b - a < 1e-12;
}

static const char lines[] =
    "# a comment\n"
    "alpha\topenai\t-\t2\t0.5\t-\t8\n"
    "alpha-mini\topenai\t-\t1\t-\t-\t4\t0.25/1\t0.5/2\t-\t4096\n"
    "other/beta\tother\t-\t3\t-\t3.75\t15\n"
    "long\topenai\t-\t1\t-\t-\t2\n"
    "long\topenai\tprompt>1000\t5\t-\t-\t10\n"
    "dear\topenai\t-\t1\t-\t-\t2\n"
    "dear\topenai\tfrom=2027-01-01\t2\t-\t-\t4\n"
    "day\topenai\t-\t1\t-\t-\t2\n"
    "day\topenai\tmon-fri=01-04,06-10\t2\t-\t-\t4\n"
    "later\topenai\t-\t1\t-\t-\t2\n"
    "later\topenai\tfull-moon=1\t9\t-\t-\t9\n"
    "broken\topenai\t-\tx\t1\t1\t1\n"
    "short\topenai\t-\t1\n"
    "gone\topenai\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\t2026-10-23\n"
    "alpha*\topenai\t-\t-\t-\t-\t-\t-\t-\t-\t8192\ttemperature\tyes\n";
static const char json[] =
    "{\"sample_spec\":{\"input_cost_per_token\":0},"
    "\"alpha\":{\"input_cost_per_token\":2e-06,\"output_cost_per_token\":8e-06,"
    "\"cache_read_input_token_cost\":5e-07,\"max_tokens\":\"x\","
    "\"input_cost_per_token_above_200k_tokens\":4e-06,"
    "\"output_cost_per_token_above_200k_tokens\":1e-05,"
    "\"input_cost_per_token_priority\":3e-06,"
    "\"output_cost_per_token_priority\":9e-06},"
    "\"free\":{\"input_cost_per_token\":0,\"output_cost_per_token\":0},"
    "\"half\":{\"input_cost_per_token\":1e-6}}";

/* A Saturday, as is the day of the first table. */
#define SATURDAY INT64_C(1795824000) /* 2026-11-28 */
#define HOUR	 3600

static bool
find(const char *table, const char *name, struct model *m)
{
	return models_find(m, slice_of(table), name, "other") &&
	    m->prices.n > 0;
}

static double
input_at(const char *name, double tokens, moment_t when)
{
	struct model m;

	if (!find(lines, name, &m))
		return -1;
	return prices_at(&m.prices, tokens, when).input[TIER_STANDARD] * 1e6;
}

static double
worst_input(const char *name, double tokens, moment_t when)
{
	struct model m;

	if (!find(lines, name, &m))
		return -1;
	return prices_worst(&m.prices, tokens, when).input[TIER_STANDARD] * 1e6;
}

static void
test_prices(void)
{
	struct model m;
	const struct price *p = &m.prices.step[0].price;

	ok(find(lines, "alpha", &m) && near(p->input[0], 2e-6) &&
		near(p->cached, 5e-7) && near(p->output[0], 8e-6),
	    "per million in lines");
	ok(near(p->cache_write, 2e-6), "written tokens cost as input");
	ok(near(p->input[TIER_BATCH], 1e-6) &&
		near(p->output[TIER_BATCH], 4e-6),
	    "batches cost half");
	ok(near(p->output[TIER_FLEX], 8e-6), "no flex tier, no discount");
	ok(near(p->output[TIER_PRIORITY], 16e-6), "priority costs double");
	ok(find(lines, "alpha-mini", &m) &&
		near(p->input[TIER_BATCH], 2.5e-7) &&
		near(p->output[TIER_FLEX], 2e-6) && near(p->cached, 1e-6),
	    "unless the table says more");
	ok(find(lines, "alpha-2025-08-07", &m) && near(p->input[0], 2e-6),
	    "a dated snapshot");
	ok(find(lines, "alpha-20250807", &m), "in the other spelling");
	ok(find(lines, "beta", &m) && near(p->cache_write, 3.75e-6),
	    "with the provider's name before it");
	ok(find(lines, "maker/alpha", &m), "without a maker's name");
	ok(!find(lines, "alp", &m) && !find(lines, "alpha-maxi", &m) &&
		!find(lines, "alphabet", &m),
	    "never by a prefix");
	ok(!find(lines, "broken", &m) && !find(lines, "short", &m) &&
		!find(lines, "# a comment", &m),
	    "a row without both prices is none");
	ok(find(json, "alpha", &m) && near(p->output[0], 8e-6) &&
		near(p->cached, 5e-7) && near(p->output[TIER_PRIORITY], 9e-6) &&
		near(prices_at(&m.prices, 200001, 0).input[0], 4e-6),
	    "per token in JSON");
	ok(find(json, "free", &m) && p->input[0] == 0, "free is a price");
	ok(!find(json, "half", &m) && !find(json, "sample_spec", &m),
	    "half a price is none");
	ok(!find("", "alpha", &m) && !find("{", "alpha", &m), "empty tables");
}

static void
test_steps(void)
{
	moment_t monday = SATURDAY + 48 * HOUR;

	ok(near(input_at("long", 1000, SATURDAY), 1) &&
		near(input_at("long", 1001, SATURDAY), 5),
	    "longer prompts cost more");
	ok(near(worst_input("long", 1000, SATURDAY), 1) &&
		near(worst_input("long", 1001, SATURDAY), 5),
	    "at worst too");
	ok(near(input_at("dear", 1, SATURDAY), 1) &&
		near(input_at("dear", 1, SATURDAY + 34 * 24 * HOUR), 2),
	    "a price of a later day");
	ok(near(worst_input("dear", 1, SATURDAY), 1) &&
		near(worst_input("dear", 1, SATURDAY + 33 * 24 * HOUR), 2),
	    "which is feared a day before");
	ok(near(input_at("day", 1, monday), 1) &&
		near(input_at("day", 1, monday + HOUR), 2) &&
		near(input_at("day", 1, monday + 4 * HOUR), 1) &&
		near(input_at("day", 1, monday + 9 * HOUR), 2) &&
		near(input_at("day", 1, SATURDAY + HOUR), 1),
	    "hours of weekdays");
	ok(near(worst_input("day", 1, SATURDAY), 2), "which are feared always");
	ok(near(input_at("later", 1, SATURDAY), 1),
	    "a condition of the future is passed over");
}

static void
test_facts(void)
{
	struct model m;

	ok(find(lines, "alpha", &m) && m.context == 8192 &&
		strcmp(m.refuses, "temperature") == 0 && m.thinks == THINKS_YES,
	    "what a row does not know is its family's");
	ok(find(lines, "alpha-mini", &m) && m.context == 4096,
	    "what it knows is not");
	ok(!models_find(&m, slice_of(lines), "x/alpha-new", "x") &&
		strcmp(m.refuses, "temperature") == 0 && m.prices.n == 0,
	    "a family has no row of its own");
	ok(models_find(&m, slice_of(lines), "gone", "x") && m.ends != 0 &&
		m.prices.n == 0,
	    "a model that is gone");
}

static void
test_tables(void)
{
	struct models t = {.supplied = (char *)lines,
	    .supplied_len = sizeof(lines) - 1,
	    .own = (char *)"alpha\tx\t-\t7\t-\t-\t7\n",
	    .own_len = 18};
	char likely[MODEL_NAME_MAX];
	struct model m, other;

	ok(models_get(&t, &m, "alpha", "x") &&
		near(m.prices.step[0].price.input[0], 7e-6) &&
		strcmp(m.provider, "x") == 0 && m.thinks == THINKS_YES,
	    "the user's table wins, the other one fills it up");
	ok(models_get(&t, &m, "long", "x") && m.prices.n == 2,
	    "what it lacks is in the other one");
	models_likely(&t, "alpah-mini", likely);
	is_str(likely, "alpha-mini", "a slip of the finger");
	models_likely(&t, "llama3", likely);
	is_str(likely, "", "another name altogether");
	ok(models_get(&t, &m, "dear", "x") &&
		models_nearest(&t, &m, day_of(SATURDAY), &other) &&
		near(other.prices.step[0].price.input[0], 1e-6),
	    "the nearest in price");
}

static void
test_buckets(void)
{
	struct price p = {.cached = 1e-7,
	    .cache_write = 1.25e-6,
	    .input = {1e-6, 5e-7, 5e-7, 2e-6},
	    .output = {1e-5, 5e-6, 5e-6, 2e-5}};
	struct prices prices = {.step[0].price = p, .n = 1};
	struct usage u = {.known = true,
	    .input = 1000,
	    .cached = 2000,
	    .cache_write = 400,
	    .output = 100,
	    .cost = -1};
	struct cost c = {.prices = prices, .limit = -1};

	cost_settle(&c, 0, &u, 0);
	ok(near(c.input, 1e-3 + 2e-4 + 5e-4) && near(c.output, 1e-3),
	    "each bucket at its price");
	c = (struct cost) {.prices = prices, .limit = -1};
	u.cache_write_hour = 400;
	cost_settle(&c, 0, &u, 0);
	ok(near(c.input, 1e-3 + 2e-4 + 8e-4), "what is kept an hour");
	u.cache_write_hour = 0;
	c = (struct cost) {.prices = prices, .limit = -1};
	u.tier = TIER_FLEX;
	cost_settle(&c, 0, &u, 0);
	ok(near(c.input, 8.5e-4) && near(c.output, 5e-4), "the flex tier");
	c = (struct cost) {.prices = prices, .limit = -1};
	u.tier = TIER_PRIORITY;
	cost_settle(&c, 0, &u, 0);
	ok(near(c.input, 3.4e-3) && near(c.output, 2e-3), "the priority tier");
	u.tier = TIER_STANDARD;
	c = (struct cost) {.prices = prices, .limit = -1, .tier = TIER_BATCH};
	cost_settle(&c, 0, &u, 0);
	ok(near(c.input, 8.5e-4) && near(c.output, 5e-4), "a batch");
	c = (struct cost) {.prices = prices, .limit = -1};
	u.cost = 0.27;
	cost_settle(&c, 0, &u, 0);
	ok(near(c.input + c.output, 0.27) && near(c.input, 0.17),
	    "the server's account wins, and is split as ours");
	c = (struct cost) {.prices = prices, .limit = -1};
	u.cost = 0;
	cost_settle(&c, 0, &u, 0);
	ok(near(c.input + c.output, 2.7e-3),
	    "nothing is no account of what has a price");
	u.cost = 0.27;
	c = (struct cost) {.limit = -1};
	cost_settle(&c, 0, &u, 0);
	ok(near(cost_total(&c), 0.27) && !c.unpriced, "without prices too");
	u.cost = -1;
	cost_settle(&c, 0, &u, 0);
	ok(c.unpriced, "no price and no account: unpriced");
}

static void
test_limit(void)
{
	struct price p = {.cached = 1e-7,
	    .cache_write = 2e-6,
	    .input = {1e-6},
	    .output = {1e-5}};
	struct cost c = {.prices = {.step[0].price = p, .n = 1}, .limit = 0.1};
	struct usage u = {
	    .known = true, .input = 1000, .output = 100, .cost = -1};
	double worst = cost_worst(&c, 10000, 1000, 0);
	int sent = 0;

	ok(near(worst, 0.02 + 0.01), "a byte a token, at the dearer price");
	while (cost_reserve(&c, worst))
		sent++;
	is_int(sent, 3, "what is in flight counts at its worst");
	cost_settle(&c, worst, &u, 0);
	ok(cost_reserve(&c, worst), "an answer frees what it did not take");
	cost_forfeit(&c, worst);
	ok(!cost_reserve(&c, 0.03), "what may have been billed is not free");
	cost_return(&c, worst);
	ok(cost_reserve(&c, 0.02), "what was not billed is");
	ok(cost_total(&c) + c.reserved <= 0.1 + 1e-9, "never past the limit");
	ok(!cost_is_passed(&c), "  which is not passed by what was set aside");
	u.output = 10 * 1000;
	cost_settle(&c, worst, &u, 0);
	ok(cost_is_passed(&c), "  but by an answer that cost more");
	ok(cost_worst(&c, 10000, 1000, 0) > 3 * worst,
	    "after an answer dearer than the worst, more is set aside");
	c.limit = 0;
	ok(!cost_reserve(&c, 1e-9), "a limit of nothing is a limit");
	c.limit = -1;
	ok(cost_reserve(&c, 1e9), "no limit is none");
}

static void
test_kinds(void)
{
	struct stats t = {0};
	char kind[12];

	for (int i = 0; i < STATS_KINDS + 7; i++) {
		snprintf(kind, sizeof(kind), "%d", 400 + i);
		stats_error(&t, kind);
	}
	is_int(t.errors[0].n, 1, "each kind of error is counted");
	is_int(t.errors[STATS_KINDS - 1].n, 8, "  the last with all others");
}

/* The paper has the votes that were paid for. */
static void
test_status(void)
{
	struct options o = {.max_unscored = 0.2};
	struct stats t = {0};
	struct result r;

	result_init(&r);
	result_fail(&r, "budget", "the next request might pass --max-cost");
	strbuf_addstr(&r.score, "{}");
	stats_count(&t, &r);
	is_int(t.over_budget, 0, "a paper with a score is not over the budget");
	is_int(stats_status(&t, &o), EXIT_OK, "  and fails no run");
	is_str(stats_health(&t, EXIT_OK), "ok", "  which is well");
	r.fewer_votes = true;
	stats_count(&t, &r);
	is_int(stats_status(&t, &o), EXIT_SOME_FAILED,
	    "one with fewer votes than were asked for does");
	is_str(stats_health(&t, EXIT_SOME_FAILED), "degraded", "  a little");
	is_int(t.unscored, 0, "  but has a score");
	r.fewer_votes = false;
	strbuf_reset(&r.score);
	stats_count(&t, &r);
	is_int(t.over_budget, 1, "one without a score is");
	is_int(stats_status(&t, &o), EXIT_SOME_FAILED, "  and is no outage");
	result_release(&r);
}

int
main(void)
{
	test_prices();
	test_steps();
	test_facts();
	test_tables();
	test_buckets();
	test_limit();
	test_kinds();
	test_status();
	return done_testing();
}
