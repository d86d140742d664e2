/* SPDX-License-Identifier: ISC */
#include <math.h>

#include "llm/models.h"

#include "../fuzz.h"

static void
check(double v)
{
	FUZZ_ASSERT(isfinite(v) && v >= 0);
}

static void
check_price(const struct price *p)
{
	check(p->cached);
	check(p->cache_write);
	for (int t = 0; t < NTIERS; t++) {
		check(p->input[t]);
		check(p->output[t]);
	}
}

/* A price that is found can be reckoned with, in either kind of table. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct slice table = {(const char *)data, n};
	struct price now, worst;
	struct model m;

	models_find(&m, table, "x/m-2025-08-07", "openai");
	FUZZ_ASSERT(m.context >= 0);
	if (m.prices.n == 0)
		return 0;
	now = prices_at(&m.prices, 1e5, 1764288000);
	worst = prices_worst(&m.prices, 1e5, 1764288000);
	check_price(&now);
	check_price(&worst);
	for (int t = 0; t < NTIERS; t++)
		FUZZ_ASSERT(now.input[t] <= worst.input[t] &&
		    now.output[t] <= worst.output[t]);
	return 0;
}
