/* SPDX-License-Identifier: ISC */
/*
 * A topics file as people write them: headings, lists, phrases, prose.  What is
 * read out of it are phrases, each wanted or unwanted:
 *
 *	# Sparse experts {#moe}
 *	routing, conditional computation, but no medical images
 *
 * Words of asking ("I am interested in", "papers") say nothing.  What follows
 * "not", "no", "without", "except", "leave out" in a sentence is unwanted, up
 * to its end or a "but"; so is all of a list labelled "Irrelevant:".
 */
#ifndef WISHES_H
#define WISHES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/slice.h"
#include "common/base/strbuf.h"
#include "common/words/tokens.h"

#define WISH_WORDS    4
#define WISH_NO_TOPIC SIZE_MAX

struct wish {
	char *text; /* its words, folded, a blank between */
	uint64_t stem[WISH_WORDS];
	size_t nstems;
	size_t topic; /* its index, or WISH_NO_TOPIC */
	double times; /* it is wished for; a part of a longer phrase has its
			 share */
	bool unwanted;
	bool weak; /* finding it tells little: set by lexical.h */
};

struct wish_topic {
	char *id; /* "moe"; made from the name if the file gives none */
	char *name;
};

struct wishes {
	struct wish *v;
	size_t n, cap;
	struct wish_topic *topics;
	size_t ntopics, topics_cap;
};

void wishes_read(struct wishes *w, struct slice text, struct tokens *t);
void wishes_release(struct wishes *w);
/* True if b stands in a, word for word. */
bool wish_is_within(const struct wish *a, const struct wish *b);
/* Adds the words of wanted phrases that are no wishes themselves, as weak ones
 * that are wished for so often. */
void wishes_add_words(struct wishes *w, double times);

/*
 * Of running text (from sentence.c): the word, folded, is none of a phrase,
 * since it says nothing, or turns what follows; it may stand within one ("of").
 */
bool wish_word_is_empty(struct slice word);
bool wish_word_joins(struct slice word);

/* For wishes.c alone, from sentence.c: adds the phrases of running text, those
 * of a topic or of WISH_NO_TOPIC: all unwanted if that is so, but for words in
 * it that turn what follows. */
void sentence_read(struct wishes *out, struct tokens *t, struct slice text,
    size_t topic, bool unwanted);

#endif
