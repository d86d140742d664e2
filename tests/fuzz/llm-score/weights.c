/* SPDX-License-Identifier: ISC */
#include <openssl/sha.h>

#include "screen/screen.h"

#include "../fuzz.h"

/* With a checksum that fits, or all would end there. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);
	struct feature some[] = {{0, 1}, {7, 3}, {FEATURES_DIM - 1, 1000000}};
	struct features f = {.v = some, .n = 3, .meaning = {1, -1}};
	unsigned char sum[SHA256_DIGEST_LENGTH];
	struct screen_model w;
	const char *why;
	double p;

	if (screen_model_parse(
		&w, (struct slice) {(const char *)data, n}, &why))
		screen_model_release(&w);
	strbuf_add(&b, data, n);
	SHA256(data, n, sum);
	strbuf_add(&b, sum, sizeof(sum));
	if (screen_model_parse(&w, strbuf_slice(&b), &why)) {
		p = screen_model_probability(&w, &f);
		FUZZ_ASSERT(p >= 0 && p <= 1);
		FUZZ_ASSERT(
		    screen_model_at_threshold(&w, 0.5) < SCREEN_MODEL_RECALLS);
		screen_model_release(&w);
	} else {
		FUZZ_ASSERT(why != NULL);
	}
	strbuf_release(&b);
	return 0;
}
