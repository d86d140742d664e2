/* SPDX-License-Identifier: ISC */
#include "local/stems.h"

#include <libstemmer.h>

#include "common/base/xalloc.h"

/*
 * Stemming a word takes longer than all the rest, and papers use few words
 * often, so the latest stem of each slot is kept.  A slot holds whole hashes:
 * what is found is what stemming would give.
 */
#define MEMO_SLOTS 32768

static struct {
	uint64_t word, stem;
} memo[MEMO_SLOTS];

/* Made when it is first needed, and kept. */
static struct sb_stemmer *stemmer;

/* In letters, valid until the next call. */
static struct slice
stem(const struct tokens *t, const struct token *k)
{
	const sb_symbol *s;

	if (stemmer == NULL)
		stemmer = sb_stemmer_new("english", "UTF_8");
	if (stemmer == NULL)
		xalloc_die();
	s = sb_stemmer_stem(
	    stemmer, (const sb_symbol *)t->text.s + k->at, (int)k->len);
	if (s == NULL)
		xalloc_die();
	return (struct slice) {
	    (const char *)s, (size_t)sb_stemmer_length(stemmer)};
}

uint64_t
tokens_stem_hash(const struct tokens *t, const struct token *k)
{
	size_t slot = k->hash % MEMO_SLOTS;

	if (memo[slot].word != k->hash) {
		memo[slot].word = k->hash;
		memo[slot].stem = word_hash(stem(t, k));
	}
	return memo[slot].stem;
}
