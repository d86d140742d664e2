/* SPDX-License-Identifier: ISC */
#include <string.h>
#include <utf8proc.h>

#include "common/base/utf8.h"
#include "common/text/detex.h"

#include "../fuzz.h"

/* What is no TeX at all is put into NFC and otherwise as it was. */
static void
check_plain(struct slice in, struct slice out)
{
	utf8proc_uint8_t *nfc = NULL;
	utf8proc_ssize_t n;

	for (size_t i = 0; i < in.n; i++)
		if (in.p[i] != '\0' && strchr("\\{$^_~-`'", in.p[i]) != NULL)
			return;
	n = utf8proc_map((const utf8proc_uint8_t *)in.p, (utf8proc_ssize_t)in.n,
	    &nfc, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	FUZZ_ASSERT(n >= 0);
	FUZZ_ASSERT(
	    slice_same(out, (struct slice) {(const char *)nfc, (size_t)n}));
	free(nfc);
}

/* Text without TeX keeps UTF-8 valid, is bounded, and is the same whatever it
 * is appended to. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct strbuf in = STRBUF_INIT(STRBUF_MAX);
	struct strbuf a = STRBUF_INIT(STRBUF_MAX), b = STRBUF_INIT(STRBUF_MAX);

	utf8_add_clean(&in, (const char *)data, n);
	detex(&a, strbuf_slice(&in));
	FUZZ_ASSERT(utf8_valid(a.s, a.len));
	FUZZ_ASSERT(a.len <= 4 * in.len + 16);
	check_plain(strbuf_slice(&in), strbuf_slice(&a));
	strbuf_addch(&b, '7');
	detex(&b, strbuf_slice(&in));
	FUZZ_ASSERT(
	    slice_same(strbuf_slice(&a), (struct slice) {b.s + 1, b.len - 1}));
	/* Bad UTF-8 must not make it read past the end. */
	strbuf_reset(&a);
	detex(&a, (struct slice) {(const char *)data, n});
	strbuf_release(&in);
	strbuf_release(&a);
	strbuf_release(&b);
	return 0;
}
