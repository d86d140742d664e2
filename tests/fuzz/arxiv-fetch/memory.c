/* SPDX-License-Identifier: ISC */
/* Any bytes as a memory of batches: what is taken for one is written as the
 * same. */
#include "model/model.h"

#include <string.h>

#include "../fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct strbuf a = STRBUF_INIT(STRBUF_MAX), b = STRBUF_INIT(STRBUF_MAX);
	struct batch_memory m, again;

	if (memory_parse(&m, (struct slice) {(const char *)data, n}) ==
	    MEMORY_GOOD) {
		FUZZ_ASSERT(m.n <= MEMORY_DAYS);
		memory_format(&a, &m);
		FUZZ_ASSERT(
		    memory_parse(&again, strbuf_slice(&a)) == MEMORY_GOOD);
		memory_format(&b, &again);
		FUZZ_ASSERT(slice_same(strbuf_slice(&a), strbuf_slice(&b)));
		memory_release(&again);
	}
	memory_release(&m);
	strbuf_release(&a);
	strbuf_release(&b);
	return 0;
}
