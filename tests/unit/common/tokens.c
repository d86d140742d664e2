/* SPDX-License-Identifier: ISC */
#include <stdlib.h>

#include "common/base/hash.h"
#include "common/words/words.h"

#include "../tap.h"

/* The folded words joined by blanks, "|" where a sentence starts. */
static const char *
words_of(struct tokens *t, const char *text)
{
	static struct strbuf b = STRBUF_INIT(STRBUF_MAX);

	strbuf_reset(&b);
	tokens_split(t, slice_of(text));
	for (size_t i = 0; i < t->n; i++) {
		strbuf_addstr(&b, t->v[i].gap ? "|" : " ");
		strbuf_add(&b, t->text.s + t->v[i].at, t->v[i].len);
	}
	return b.s;
}

static const struct {
	const char *text, *words;
} splits[] = {
    {"", ""},
    {"Low-Rank Adaptation", "|low rank adaptation"},
    {"We prune. It works: fast", "|we prune|it works|fast"},
    {"in cs.LG. And", "|in cs lg|and"},
    {"ends.", "|ends"},
    {"a b of", "|of"},
    {"\\textbf{AdaTop} and \\emph{gates}", "|adatop and gates"},
    {"Erd\\H{o}s", "|erdos"},
    {"Erd\xc5\x91s \xe2\x80\x93 R\xc3\xa9nyi", "|erdos renyi"},
    {"GPT-4o in 3D", "|gpt 4o in 3d"},
    {"50\\% less", "|50 less"},
    {"ends in \\", "|ends in"},
    {"\xce\xb1\xce\xb2 decay", "|\xce\xb1\xce\xb2 decay"},
};

static void
test_splits(struct tokens *t)
{
	for (size_t i = 0; i < sizeof(splits) / sizeof(*splits); i++)
		is_str(words_of(t, splits[i].text), splits[i].words,
		    "words of '%s'", splits[i].text);
}

static void
test_limits(struct tokens *t)
{
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);

	for (int i = 0; i < 65; i++)
		strbuf_addch(&b, 'x');
	strbuf_addstr(&b, " word");
	is_str(words_of(t, b.s), "|word", "a run too long is no word");
	strbuf_reset(&b);
	while (b.len < TOKENS_TEXT_MAX)
		strbuf_addstr(&b, "word ");
	strbuf_addstr(&b, "last");
	tokens_split(t, strbuf_slice(&b));
	ok(t->n <= TOKENS_TEXT_MAX / 5 + 1, "a text too long is cut");
	strbuf_release(&b);
}

static int
by_value(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* Of few and many values, with few and many that are the same. */
static void
test_quantile(void)
{
	double v[100], sorted[100];
	uint64_t state = 1;
	long wrong = 0;

	for (size_t n = 1; n <= 100; n++)
		for (uint64_t kinds = 1; kinds < 200; kinds += 3) {
			double share = (double)(hash_next(&state) % 101) / 100;

			for (size_t i = 0; i < n; i++)
				v[i] = sorted[i] =
				    (double)(hash_next(&state) % kinds);
			qsort(sorted, n, sizeof(*v), by_value);
			wrong += quantile(v, n, share) !=
			    sorted[(size_t)(share * (double)(n - 1))];
		}
	is_int(wrong, 0, "a quantile is what sorting would find");
}

int
main(void)
{
	struct tokens t;

	tokens_init(&t);
	test_splits(&t);
	ok(word_pair(1, 2) != word_pair(2, 1), "a pair has an order");
	test_limits(&t);
	tokens_release(&t);
	test_quantile();
	return done_testing();
}
