/* SPDX-License-Identifier: ISC */
/* Any bytes as a file of word vectors: what is taken for one can be asked for
 * words, categories and papers, and nothing outside of it is read. */
#include <string.h>

#include "common/base/xalloc.h"
#include "common/words/words.h"

#include "../fuzz.h"

static void
ask(const struct vectors *v)
{
	static const char *const texts[] = {
	    "a", "attention", "dark matter halos", "neural networks"};
	struct tokens t;
	vector sum = {0};

	FUZZ_ASSERT(vectors_category(v, SLICE_LIT("cs.LG")) < v->ncategories);
	tokens_init(&t);
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		tokens_split(&t, slice_of(texts[i]));
		FUZZ_ASSERT(vectors_add_words(v, &t, 0, t.n, sum) <= t.n);
	}
	tokens_release(&t);
	for (size_t i = 0; i < v->nbackground; i++)
		vectors_of_background(v, i, sum);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct vectors v = {.map = NULL};
	/* As aligned as a page, and as long as the file. */
	void *file = xmalloc(n + 1);

	memcpy(file, data, n);
	if (vectors_parse(&v, file, n) == NULL)
		ask(&v);
	free(file);
	return 0;
}
