/* SPDX-License-Identifier: ISC */
/* Prices, tokens in disjoint buckets, and a limit that holds. */

#include "common/base/exitcode.h"
#include "llm/cost.h"
#include "result.h"
#include "../tap.h"

static bool
near(double a, double b)
{
	return a - b < 1e-12 && b - a < 1e-12;
}

static const char lines[] = "# a comment\n"
			    "alpha\t2\t0.5\t-\t8\t-\t-\t-\t-\n"
			    "alpha-mini\t1\t-\t-\t4\t0.25\t1\t0.5\t2\n"
			    "other/beta\t3\t-\t3.75\t15\n"
			    "broken\tx\t1\t1\t1\n"
			    "short\t1\n";
static const char json[] =
    "{\"sample_spec\":{\"input_cost_per_token\":0},"
    "\"alpha\":{\"input_cost_per_token\":2e-06,\"output_cost_per_token\":8e-06,"
    "\"cache_read_input_token_cost\":5e-07,\"max_tokens\":\"x\"},"
    "\"free\":{\"input_cost_per_token\":0,\"output_cost_per_token\":0},"
    "\"half\":{\"input_cost_per_token\":1e-6}}";

static bool
find(const char *table, const char *model, struct price *p)
{
	return prices_find(p, slice_of(table), model, "other");
}

static void
test_prices(void)
{
	struct price p;

	ok(find(lines, "alpha", &p) && near(p.input, 2e-6) &&
		near(p.cached, 5e-7) && near(p.output, 8e-6),
	    "per million in lines");
	ok(near(p.cache_write, 2e-6), "written tokens cost as input");
	ok(near(p.batch_input, 1e-6) && near(p.batch_output, 4e-6),
	    "batches cost half");
	ok(near(p.flex_output, 8e-6), "no flex tier, no discount");
	ok(find(lines, "alpha-mini", &p) && near(p.batch_input, 2.5e-7) &&
		near(p.flex_output, 2e-6) && near(p.cached, 1e-6),
	    "unless the table says more");
	ok(find(lines, "alpha-2025-08-07", &p) && near(p.input, 2e-6),
	    "a dated snapshot");
	ok(find(lines, "alpha-20250807", &p), "in the other spelling");
	ok(find(lines, "beta", &p) && near(p.cache_write, 3.75e-6),
	    "with the provider's name before it");
	ok(find(lines, "maker/alpha", &p), "without a maker's name");
	ok(!find(lines, "alp", &p) && !find(lines, "alpha-maxi", &p) &&
		!find(lines, "alphabet", &p),
	    "never by a prefix");
	ok(!find(lines, "broken", &p) && !find(lines, "short", &p) &&
		!find(lines, "# a comment", &p),
	    "a row without both prices is none");
	ok(find(json, "alpha", &p) && near(p.output, 8e-6) &&
		near(p.cached, 5e-7),
	    "per token in JSON");
	ok(find(json, "free", &p) && p.input == 0, "free is a price");
	ok(!find(json, "half", &p) && !find(json, "sample_spec", &p),
	    "half a price is none");
	ok(!find("", "alpha", &p) && !find("{", "alpha", &p), "empty tables");
}

static void
test_buckets(void)
{
	struct price p = {.input = 1e-6,
	    .cached = 1e-7,
	    .cache_write = 1.25e-6,
	    .output = 1e-5,
	    .batch_input = 5e-7,
	    .batch_output = 5e-6,
	    .flex_input = 5e-7,
	    .flex_output = 5e-6};
	struct usage u = {.known = true,
	    .input = 1000,
	    .cached = 2000,
	    .cache_write = 400,
	    .output = 100,
	    .cost = -1};
	struct cost c = {.priced = true, .price = p, .limit = -1};

	cost_settle(&c, 0, &u);
	ok(near(c.input, 1e-3 + 2e-4 + 5e-4) && near(c.output, 1e-3),
	    "each bucket at its price");
	c = (struct cost) {.priced = true, .price = p, .limit = -1};
	u.flex = true;
	cost_settle(&c, 0, &u);
	ok(near(c.input, 8.5e-4) && near(c.output, 5e-4), "the flex tier");
	u.flex = false;
	c = (struct cost) {
	    .priced = true, .price = p, .limit = -1, .batch = true};
	cost_settle(&c, 0, &u);
	ok(near(c.input, 8.5e-4) && near(c.output, 5e-4), "a batch");
	c = (struct cost) {.priced = true, .price = p, .limit = -1};
	u.cost = 0.27;
	cost_settle(&c, 0, &u);
	ok(near(c.input + c.output, 0.27) && near(c.input, 0.17),
	    "the server's account wins, and is split as ours");
	c = (struct cost) {.limit = -1};
	cost_settle(&c, 0, &u);
	ok(near(cost_total(&c), 0.27) && !c.unpriced, "without prices too");
	u.cost = -1;
	cost_settle(&c, 0, &u);
	ok(c.unpriced, "no price and no account: unpriced");
}

static void
test_limit(void)
{
	struct price p = {
	    .input = 1e-6, .cached = 1e-7, .cache_write = 2e-6, .output = 1e-5};
	struct cost c = {.priced = true, .price = p, .limit = 0.1};
	struct usage u = {
	    .known = true, .input = 1000, .output = 100, .cost = -1};
	double worst = cost_worst(&c, 10000, 1000);
	int sent = 0;

	ok(near(worst, 0.02 + 0.01), "a byte a token, at the dearer price");
	while (cost_reserve(&c, worst))
		sent++;
	is_int(sent, 3, "what is in flight counts at its worst");
	cost_settle(&c, worst, &u);
	ok(cost_reserve(&c, worst), "an answer frees what it did not take");
	cost_forfeit(&c, worst);
	ok(!cost_reserve(&c, 0.03), "what may have been billed is not free");
	cost_return(&c, worst);
	ok(cost_reserve(&c, 0.02), "what was not billed is");
	ok(cost_total(&c) + c.reserved <= 0.1 + 1e-9, "never past the limit");
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
	test_buckets();
	test_limit();
	test_kinds();
	test_status();
	return done_testing();
}
