/* SPDX-License-Identifier: ISC */
#include "../tap.h"
#include "local/local.h"

static void
test_stems(struct tokens *t)
{
	uint64_t first;

	tokens_split(t, SLICE_LIT("pruning pruned prunes attention"));
	first = tokens_stem_hash(t, &t->v[0]);
	ok(tokens_stem_hash(t, &t->v[1]) == first &&
		tokens_stem_hash(t, &t->v[2]) == first,
	    "forms of a word share their stem");
	ok(tokens_stem_hash(t, &t->v[3]) != first, "other words do not");
	ok(tokens_stem_hash(t, &t->v[0]) == first,
	    "and it is the same when it is remembered");
}

int
main(void)
{
	struct tokens t;

	tokens_init(&t);
	test_stems(&t);
	tokens_release(&t);
	return done_testing();
}
