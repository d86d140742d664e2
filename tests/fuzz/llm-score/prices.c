/* SPDX-License-Identifier: ISC */
#include <math.h>

#include "llm/cost.h"

#include "../fuzz.h"

static void
check(double v)
{
	FUZZ_ASSERT(isfinite(v) && v >= 0);
}

/* A price that is found can be reckoned with, in either kind of table. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct slice table = {(const char *)data, n};
	struct price p;

	if (!prices_find(&p, table, "x/m-2025-08-07", "openai"))
		return 0;
	check(p.input);
	check(p.cached);
	check(p.cache_write);
	check(p.output);
	check(p.batch_input);
	check(p.batch_output);
	check(p.flex_input);
	check(p.flex_output);
	return 0;
}
