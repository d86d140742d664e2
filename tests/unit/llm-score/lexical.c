/* SPDX-License-Identifier: ISC */
#include <math.h>

#include "../tap.h"
#include "common/base/hash.h"
#include "local/local.h"

#define PAPERS 100.0

/* Vectors that know the words "pruning" and "the" only. */
static const struct vectors *
few_words(void)
{
	static const char *const words[] = {"pruning", "model"};
	static const struct vectors_term terms[] = {{1, 10}, {1, 900}};
	static uint64_t hash[2];
	static const uint32_t bucket[] = {0, 1, 2};
	static struct vectors v;

	for (size_t i = 0; i < 2; i++)
		hash[i] = hash_mix(hash_bytes(words[i], strlen(words[i])));
	v = (struct vectors) {
	    .nterms = 2,
	    .nlearnt = (uint32_t)PAPERS,
	    .bucket_bits = 1,
	    .bucket = bucket,
	    .hash = hash,
	    .term = terms,
	};
	return &v;
}

static void
look_through(struct matches *m, struct tokens *t, const char *title,
    const char *abstract)
{
	matches_reset(m);
	tokens_split(t, slice_of(title));
	matches_add(m, t, 3);
	tokens_split(t, slice_of(abstract));
	matches_add(m, t, 1);
}

/* One wish, three times from the title and once from the abstract, in a paper
 * of six words. */
static void
test_bm25(struct tokens *t)
{
	const struct vectors *v = few_words();
	struct lexical l;
	struct matches m;
	struct wishes w;
	/* Of ten occurrences so many are expected to be in papers of their
	 * own. */
	double k = PAPERS * (1 - exp(-10 / PAPERS)), p = (k + 0.5) / 101;
	double worth = 4 * 2.2 / (4 + 1.2 * (0.25 + 0.75 * 6 / 178));

	wishes_read(&w, SLICE_LIT("pruning\n"), t);
	lexical_open(&l, &w, v);
	matches_init(&m, &w);
	look_through(&m, t, "Pruning networks", "We prune big nets.");
	ok(fabs(lexical_z(&l, &m) - (worth - p) / sqrt(p * (1 - p))) < 1e-9,
	    "BM25 by hand");
	look_through(&m, t, "Snow", "Ice.");
	ok(lexical_z(&l, &m) < 0, "less than usual");
	matches_release(&m);
	lexical_release(&l);
	wishes_release(&w);
}

static void
test_weak(struct tokens *t)
{
	struct lexical l;
	struct matches m;
	struct wishes w;
	double before, hinted;

	wishes_read(&w, SLICE_LIT("big nets\npruning\nno snow\n"), t);
	lexical_mark_weak(&w, few_words());
	ok(!w.v[0].weak && !w.v[1].weak, "what is rare is not weak");
	wishes_add_words(&w, 0.5);
	is_int(w.n, 5, "the words of a wanted phrase come in");
	ok(w.v[3].weak && w.v[4].weak, "  and are weak");
	lexical_open(&l, &w, few_words());
	matches_init(&m, &w);
	look_through(&m, t, "Ice", "Water.");
	before = lexical_z(&l, &m);
	look_through(&m, t, "Ice", "In nets.");
	hinted = lexical_z(&l, &m);
	ok(hinted > before && !matches_any(&m, false),
	    "a word of a phrase is a hint and no find");
	look_through(&m, t, "Ice", "In big nets.");
	ok(lexical_z(&l, &m) > hinted && matches_any(&m, false),
	    "the phrase is one");
	look_through(&m, t, "Ice", "In big. Nets.");
	ok(!matches_any(&m, false), "but not across a full stop");
	look_through(&m, t, "Ice", "And snow.");
	ok(lexical_z(&l, &m) < before && matches_any(&m, true),
	    "what is unwanted counts against");
	matches_release(&m);
	lexical_release(&l);
	wishes_release(&w);

	wishes_read(&w, SLICE_LIT("model\n"), t);
	lexical_mark_weak(&w, few_words());
	ok(w.v[0].weak, "a word that is everywhere is weak");
	wishes_release(&w);
}

int
main(void)
{
	struct tokens t;

	tokens_init(&t);
	test_bm25(&t);
	test_weak(&t);
	tokens_release(&t);
	return done_testing();
}
