/* SPDX-License-Identifier: ISC */
/*
 * The judge that asks nobody: what the files of this folder need of each other,
 * each under its name, from the bottom upwards.
 */
#ifndef LOCAL_H
#define LOCAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/slice.h"
#include "common/base/strbuf.h"
#include "common/base/strlist.h"
#include "common/io/line_reader.h"
#include "common/record/paper.h"
#include "common/words/words.h"

/*
 * wishes.c: a topics file as people write them: headings, lists, phrases,
 * prose.  What is read out of it are phrases, each wanted or unwanted:
 *
 *	# Sparse experts {#moe}
 *	routing, conditional computation, but no medical images
 *
 * Words of asking ("I am interested in", "papers") say nothing.  What follows
 * "not", "no", "without", "except", "leave out" in a sentence is unwanted, up
 * to its end or a "but"; so is all of a list labelled "Irrelevant:".
 */

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
	bool weak; /* finding it tells little: set by lexical.c */
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
 * sentence.c: phrases out of running text, and which of them a "not" turns.
 */

/* The hash of a word's stem, which stands for all its forms: what these have in
 * common by Snowball's rules for English. */
uint64_t tokens_stem_hash(const struct tokens *t, const struct token *k);

/* True if the list, in the order of its bytes, has the word. */
bool word_is_in(struct slice word, const char *const *list, size_t n);
#define WORD_IS_IN(word, list) \
	word_is_in((word), (list), sizeof(list) / sizeof(*(list)))

/* The word, folded, is none of a phrase, since it says nothing, or turns what
 * follows; it may stand within one ("of"). */
bool wish_word_is_empty(struct slice word);
bool wish_word_joins(struct slice word);

/* For wishes.c alone: adds the phrases of running text, those of a topic or of
 * WISH_NO_TOPIC: all unwanted if that is so, but for words in it that turn what
 * follows. */
void sentence_read(struct wishes *out, struct tokens *t, struct slice text,
    size_t topic, bool unwanted);

/*
 * likes.c: papers that stand for what a reader wants, or does not: from files
 * of records as in paper(5), of marks, and of ids, one a line.
 */

struct like {
	char *id, *title, *abstract; /* owned */
	bool starred; /* by a mark */
	bool picked; /* by a model, and nobody starred it */
};

struct likes {
	struct like *v;
	size_t n, cap;
	struct strlist categories; /* of all of them, each as often as it is */
};

/*
 * Reads the files.  What is no paper with a title is looked up in the files of
 * earlier papers: an id on a line of its own, and a mark if the last one of
 * its paper is the one asked for ("star", "drop").  Exits with 2 if there are
 * files and no such paper can be found; warns of those that cannot.
 */
void likes_read(struct likes *l, const struct strlist *files, const char *mark,
    const struct strlist *earlier);
void likes_release(struct likes *l);

/* Has take see each line of the files; p is for a paper it may read.  A file
 * that cannot be read is misuse: it was named for what is in it. */
typedef void likes_take(void *arg, struct paper *p,
    const struct line_reader *in, struct slice line);
void likes_each_line(const struct strlist *files, likes_take *take, void *arg);

/* lexical.c: which wishes stand in a paper, word for word. */

struct matches {
	const struct wishes *wishes; /* borrowed */
	/* Wishes by their first stem: chains through next, both plus 1. */
	size_t *bucket, *next, nbuckets;
	double *times; /* by wish: how often it stands in the paper at hand */
	size_t words; /* of that paper */
};

void matches_init(struct matches *m, const struct wishes *w);
void matches_release(struct matches *m);
/* Forgets the paper at hand. */
void matches_reset(struct matches *m);
/* Counts what stands in the text that was split last, so often each time. */
void matches_add(struct matches *m, struct tokens *t, double times);
/* True if a wish of that kind stands there that is not weak. */
bool matches_any(const struct matches *m, bool unwanted);
/* Appends those for a reader, longest first, no words twice: "Matched: low
 * rank, pruning.", with before in front. */
void matches_tell(const struct matches *m, struct strbuf *b, bool unwanted,
    const char *before);

/*
 * lexical.c: what the words themselves tell: BM25 of a paper against the
 * wishes, with how often words are used taken from the papers that the vectors
 * were learnt from.
 */

struct lexical {
	double *gain; /* by wish: what finding it is worth */
	double mean, deviation; /* of the sum, if words came independently */
};

/* The logarithm of how many papers there are for each that has the wish. */
double lexical_rarity(const struct wish *w, const struct vectors *v);
/* Marks as weak what stands in too many papers to tell anything. */
void lexical_mark_weak(struct wishes *w, const struct vectors *v);
void lexical_open(
    struct lexical *l, const struct wishes *w, const struct vectors *v);
void lexical_release(struct lexical *l);
/* How far the paper that was looked through is from what is usual, in standard
 * deviations. */
double lexical_z(const struct lexical *l, const struct matches *m);

/*
 * evidence.c: why a paper is near to what a reader wants, for a person to read:
 * phrases that stand in it, topics and liked papers that it is like.
 */

#define EVIDENCE_TOPICS 3

/* What speaks for one paper, or against it. */
struct reasons {
	struct strbuf comment;
	/* Ids of the topics it has a phrase of or is near to, best first; the
	 * wishes'. */
	const char *topics[EVIDENCE_TOPICS];
	size_t ntopics;
};

#define REASONS_INIT                               \
	{                                          \
		STRBUF_INIT(STRBUF_MAX), {NULL}, 0 \
	}

struct evidence {
	const struct wishes *wishes; /* borrowed */
	const struct likes *likes; /* borrowed */
	vector *wish; /* by wish: its query; nothing where no word is known */
	struct near_topic *topic; /* by topic */
	vector *liked; /* by like */
	struct matches matches; /* in the paper at hand */
	bool titled; /* an unwanted one stands in its title */
};

/* x has room for a value of each background paper. */
void evidence_open(struct evidence *e, const struct wishes *w,
    const struct likes *l, struct space *s, double *x);
void evidence_release(struct evidence *e);

/* Looks through a paper's texts, each split into s->tokens first: the title,
 * which begins a paper, then the abstract. */
void evidence_title(struct evidence *e, struct space *s);
void evidence_abstract(struct evidence *e, struct space *s);
/* True if a wanted phrase that tells something stood in one of them. */
bool evidence_for(const struct evidence *e);

/* The paper with the vector x. */
void evidence_tell(
    struct evidence *e, const vector x, int relevance, struct reasons *r);

/*
 * vector_judge.c: the judge that knows words: a paper is near to what the
 * topics want, and to papers that were liked, or it is not.  What near means is
 * told by background papers of the reader's categories, so that a paper's
 * rating depends on nothing but the paper and what the judge was opened with.
 * Without vectors, only what stands in a paper word for word counts.
 */

/* What score.model says of this judge, with vectors and without. */
#define VECTOR_JUDGE_MODEL  "vectors"
#define VECTOR_JUDGE_SIMPLE "bm25"

/* What to judge by; at least topics, likes or a model. */
struct vector_policy {
	const char *topics_path; /* for messages */
	struct slice topics; /* only used while opening; may be empty */
	const struct strlist *categories; /* the reader's; may be empty */
	const struct likes *likes, *dislikes; /* borrowed */
	/* A trained one, which gives its own probability: how many of the
	 * papers that it learnt from were selected (0: there is none), and
	 * which share of them. */
	double model_selected, model_usual;
	double usual; /* the share of papers that the reader selects */
	bool words_only; /* by the topics alone */
};

struct vector_judge;

/* Start with VECTOR_RATING_INIT, reuse for every paper, release at the end. */
struct vector_rating {
	double p; /* that this reader selects the paper */
	int relevance; /* 1 to 10 */
	struct reasons reasons;
	/* The value of the key "near"; empty: there are no earlier papers. */
	struct strbuf near;
};

#define VECTOR_RATING_INIT                                  \
	{                                                   \
		0, 1, REASONS_INIT, STRBUF_INIT(STRBUF_MAX) \
	}

/* Exits with 2 if there is nothing to judge by. */
struct vector_judge *vector_judge_open(const struct vector_policy *policy);
/* One of the papers in which the nearest to those judged are looked for. */
void vector_judge_add_earlier(struct vector_judge *j, struct paper *p);
/* model: the trained model's probability, where there is one. */
void vector_judge_rate(struct vector_judge *j, struct paper *p, double model,
    struct vector_rating *r);
/* Appends lines of what the topics were read as. */
void vector_judge_explain(const struct vector_judge *j, struct strbuf *b);
void vector_rating_release(struct vector_rating *r);
void vector_judge_free(struct vector_judge *j);

#endif
