/* SPDX-License-Identifier: ISC */
#include "common/base/utf8.h"
#include "common/text/detex.h"

#include "../fuzz.h"

/* TeX folding keeps UTF-8 valid, is bounded, and gives the same answer twice. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct strbuf in = STRBUF_INIT(STRBUF_MAX);
	struct strbuf a = STRBUF_INIT(STRBUF_MAX), b = STRBUF_INIT(STRBUF_MAX);

	utf8_add_clean(&in, (const char *)data, n);
	detex(&a, strbuf_slice(&in));
	detex(&b, strbuf_slice(&in));
	FUZZ_ASSERT(utf8_valid(a.s, a.len));
	FUZZ_ASSERT(a.len <= 4 * in.len + 16);
	FUZZ_ASSERT(slice_same(strbuf_slice(&a), strbuf_slice(&b)));
	/* Bad UTF-8 must not make it read past the end. */
	strbuf_reset(&a);
	detex(&a, (struct slice) {(const char *)data, n});
	strbuf_release(&in);
	strbuf_release(&a);
	strbuf_release(&b);
	return 0;
}
