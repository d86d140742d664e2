/* SPDX-License-Identifier: ISC */
/* Any bytes as a checkpoint: what is taken for one is written as the same. */
#include "fetch.h"

#include <string.h>

#include "../fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct strbuf a = STRBUF_INIT(STRBUF_MAX), b = STRBUF_INIT(STRBUF_MAX);
	struct checkpoint c, again;

	if (checkpoint_parse(&c, (struct slice) {(const char *)data, n})) {
		FUZZ_ASSERT(c.what != NULL && c.set >= 0);
		checkpoint_format(&a, &c);
		FUZZ_ASSERT(checkpoint_parse(&again, strbuf_slice(&a)));
		checkpoint_format(&b, &again);
		FUZZ_ASSERT(slice_same(strbuf_slice(&a), strbuf_slice(&b)));
		checkpoint_release(&again);
	}
	checkpoint_release(&c);
	strbuf_release(&a);
	strbuf_release(&b);
	return 0;
}
