/* SPDX-License-Identifier: ISC */
/*
 * Topics made of a library: what the files of this folder need of each other,
 * each under its name, from the bottom upwards.
 */
#ifndef DRAFT_H
#define DRAFT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/slice.h"
#include "common/base/strbuf.h"
#include "common/base/strlist.h"
#include "common/base/strmap.h"
#include "common/record/paper.h"
#include "common/words/words.h"
#include "local/local.h"

/*
 * library.c: the papers of a library, each once, as a draft of topics sees
 * them: what they say, as a typesetter would write it, and where they lie.
 */

/* So many are kept, the first, and so many bytes of each text. */
#define LIBRARY_PAPERS_MAX 10000
#define LIBRARY_TEXT_MAX   4096

struct library_paper {
	char *title, *abstract; /* owned */
};

/* Starts as zeros but for STRMAP_INITs. */
struct library {
	struct library_paper *v;
	size_t n, cap;
	struct strmap titles; /* folded: what is there already */
	struct strlist categories; /* of all of them, each as often as it is */
	/* What was not kept: without a title, there already, beyond the
	 * maximum, in words that are not known. */
	size_t untitled, repeated, beyond, unknown;
	vector *x; /* by paper, of length 1; after library_place */
};

void library_add(struct library *l, struct paper *p);
/* Opens s for these papers, by categories or, if these are none, by their own or
 * else their words; finds where each lies, and forgets those that cannot be
 * placed. */
void library_place(
    struct library *l, struct space *s, const struct strlist *categories);
void library_release(struct library *l);

/*
 * clusters.c: papers that lie together: spherical k-means from several
 * beginnings, and then what is too alike, or too small, is joined.  The same
 * papers in the same order give the same clusters.
 */

#define CLUSTERS_MAX 7

struct clusters {
	size_t n;
	/* Of length 1, and how many papers each has: the largest first. */
	vector centre[CLUSTERS_MAX];
	size_t papers[CLUSTERS_MAX];
};

/* Of n > 0 vectors of length 1; of[i] becomes the number of the i-th's
 * cluster. */
void clusters_find(struct clusters *c, const vector *x, size_t n, size_t *of);

/*
 * forms.c: texts as words, folded and as they were written, and how each word
 * is written where nothing but the word itself decides: "LoRA", "Bayesian",
 * "pruning". Titles in capitals say little of that; texts, and titles that have
 * small words too, say it.
 */

/* A text that was split, reused for one after the other. */
struct wording {
	struct tokens tokens;
	struct strbuf cased; /* tokens.text, but as it was written .. */
	bool has_case; /* .. if that is known */
	/* By word, for who looks at all of them: the folded word says nothing
	 * in running text; or that, but may stand within a phrase ("of"). */
	struct wording_word {
		bool empty, joins;
		bool tells; /* a phrase may begin with it: phrases.c */
	} * word;
	size_t cap;
};

struct form {
	char *written; /* owned; what a majority of texts has, if any has */
	long votes;
	bool small, named; /* seen without a capital; with one, among others */
};

struct forms {
	struct strmap words; /* folded */
	struct form *v;
	size_t cap;
};

void wording_init(struct wording *w);
void wording_release(struct wording *w);
void wording_split(struct wording *w, struct slice text);
/* The words from first on, with what stands between them: folded. */
struct slice wording_words(const struct wording *w, size_t first, size_t n);

/* Starts as zeros and STRMAP_INIT.  Learns from the text that was split. */
void forms_learn(struct forms *f, const struct wording *w, bool is_title);
/* Once all is learnt: rare words of which only capitals are known are names. */
void forms_settle(struct forms *f, const struct vectors *v);
/* Appends words that are parted by blanks or hyphens. */
void forms_write(const struct forms *f, struct slice words, struct strbuf *b);
void forms_release(struct forms *f);

/*
 * phrases.c: what papers that lie together are about, in their own words:
 * phrases that stand in many of them, in few of the other papers and in few of
 * the papers that the vectors were learnt from, and that mean what is in their
 * middle.
 */

struct phrase {
	char *text; /* owned; folded, with its hyphens, as most have it */
	long votes;
	uint64_t stem[WISH_WORDS];
	size_t words;
	size_t blanks; /* within it: "fine-tuning" has none */
	size_t n[CLUSTERS_MAX]; /* papers that have it, by cluster */
	/* How often it stands there, and how often so as nouns do. */
	size_t times, as_noun;
	bool titled; /* stands in a title */
	size_t last; /* the paper that it was counted in last, from 1 */
	size_t cluster; /* the one that it tells most of .. */
	double score; /* .. and how much */
};

struct phrases {
	struct strmap keys;
	struct phrase *v;
	size_t cap;
	struct forms forms;
};

/* of: each paper's cluster. */
void
phrases_collect(struct phrases *f, const struct library *l, const size_t *of);
/* Scores them, and has the best in front, without those that say again what a
 * better one says; returns how many are left. */
size_t
phrases_rank(struct phrases *f, const struct clusters *c, struct space *s);
void phrases_release(struct phrases *f);

#endif
