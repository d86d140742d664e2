/* SPDX-License-Identifier: ISC */
#include "common/base/utf8.h"
#include "common/text/fold.h"

#include "../fuzz.h"

/* Folding by pieces is folding, keeps UTF-8 valid, leaves plain text as it is,
 * and case makes no difference where it is folded. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct strbuf in = STRBUF_INIT(STRBUF_MAX);
	struct strbuf whole = STRBUF_INIT(STRBUF_MAX);
	struct strbuf parts = STRBUF_INIT(STRBUF_MAX);
	struct slice text;
	size_t end;

	utf8_add_clean(&in, (const char *)data, n);
	text = strbuf_slice(&in);
	fold(&whole, text, true);
	FUZZ_ASSERT(utf8_valid(whole.s, whole.len));
	if (fold_is_plain(text))
		FUZZ_ASSERT(slice_same(text, strbuf_slice(&whole)));
	for (size_t pos = 0; pos < text.n; pos = end) {
		end = fold_piece(text, pos);
		FUZZ_ASSERT(end > pos && end <= text.n);
		fold(&parts, (struct slice) {text.p + pos, end - pos}, true);
	}
	FUZZ_ASSERT(slice_same(strbuf_slice(&whole), strbuf_slice(&parts)));
	strbuf_reset(&whole);
	fold(&whole, text, false);
	for (size_t i = 0; i < whole.len; i++)
		FUZZ_ASSERT(whole.s[i] < 'A' || whole.s[i] > 'Z');
	strbuf_release(&in);
	strbuf_release(&whole);
	strbuf_release(&parts);
	return 0;
}
