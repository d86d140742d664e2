/* SPDX-License-Identifier: ISC */
/*
 * Text cut into words, and what words mean: each file of this folder under its
 * name, from the bottom upwards.
 */
#ifndef WORDS_H
#define WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/slice.h"
#include "common/base/strbuf.h"
#include "common/base/strlist.h"
#include "common/record/paper.h"

/*
 * tokens.c: text cut into words, as all that compares papers by their words
 * sees it: TeX commands removed, accents and case folded away.
 */

/* No abstract is longer; hostile input is. */
#define TOKENS_TEXT_MAX 32768

struct token {
	size_t at, len; /* the folded word in tokens.text */
	uint64_t hash; /* stands for the word */
	bool gap; /* the first, or one after the end of a sentence */
};

/* Reused for one text after another; tokens_init, then tokens_release. */
struct tokens {
	struct token *v;
	size_t n, cap;
	struct strbuf text;
};

void tokens_init(struct tokens *t);
void tokens_release(struct tokens *t);
/* Forgets what was there and splits text, of which what is beyond
 * TOKENS_TEXT_MAX bytes is ignored.  Words of one character, and runs too
 * long to be words, are left out. */
void tokens_split(struct tokens *t, struct slice text);

/* Spreads every bit of x over the result; a bijection. */
uint64_t word_mix(uint64_t x);
uint64_t word_hash(struct slice s);
/* What stands for two tokens in a row. */
uint64_t word_pair(uint64_t a, uint64_t b);

/*
 * vectors.c: word vectors of a group of archives, from a file that
 * scripts/make-vectors wrote (its comment describes the format) and that is
 * mapped, not read.
 */

#define VECTORS_DIM	64
#define VECTORS_NO_TERM SIZE_MAX
#define VECTORS_GROUPS	4

/* Borrowed from the file. */
struct vectors {
	const char *path;
	const void *map;
	size_t size;
	uint64_t checksum; /* tells one file from another */
	uint32_t nterms, ncategories, nbackground;
	uint32_t nlearnt; /* papers that the words were counted in */
	unsigned bucket_bits;
	const uint32_t *bucket;
	const uint64_t *hash;
	const struct vectors_term *term;
	const int8_t (*vector)[VECTORS_DIM];
	const struct vectors_category *category; /* 0: the whole group */
	const struct vectors_paper *background;
};

struct vectors_term {
	float factor; /* makes the bytes a weighted unit vector */
	uint32_t count; /* how often it was seen */
};

struct vectors_category {
	char name[24];
	uint32_t papers;
	float mean[VECTORS_DIM];
};

#define VECTORS_PAPER_CATEGORIES 6

struct vectors_paper {
	float factor;
	uint16_t category[VECTORS_PAPER_CATEGORIES]; /* 0xffff: none */
	int8_t v[VECTORS_DIM];
};

/* The groups' names, as files in share/vectors; the first is the default. */
extern const char *const vectors_groups[VECTORS_GROUPS];

/* Maps the file of a group.  A missing, damaged or foreign one exits with 2
 * and a word on what to do. */
void vectors_open(struct vectors *v, const char *group);
/* The same without reading all of it, which takes longer than looking up words:
 * what is damaged in the middle is not noticed. */
void vectors_peek(struct vectors *v, const char *group);
void vectors_close(struct vectors *v);
/* Points at the parts of a file in memory, which starts at a multiple of 8.
 * NULL, or what is wrong with it; its words are not looked at. */
const char *vectors_parse(struct vectors *v, const void *file, size_t size);

/* The number of a category of the group, or 0. */
size_t vectors_category(const struct vectors *v, struct slice name);
/* The term that the word is, or VECTORS_NO_TERM. */
size_t vectors_find(const struct vectors *v, struct slice word);

typedef double vector[VECTORS_DIM];

double vector_dot(const vector a, const vector b);
/* a += times * b, which is another one */
void vector_add(double a[restrict VECTORS_DIM],
    const double b[restrict VECTORS_DIM], double times);
/* To length 1; nothing is left nothing. */
void vector_unit(vector a);

/* Adds the vectors of n words to sum, a pair that is a term in place of its
 * two words.  Returns the number of terms found. */
size_t vectors_add_words(const struct vectors *v, const struct tokens *t,
    size_t first, size_t n, vector sum);
/* That of a background paper. */
void vectors_of_background(const struct vectors *v, size_t i, vector out);

/*
 * space.c: where a reader's papers lie: the vectors of a group of archives, the
 * middle of the reader's categories, and background papers of them, against
 * which everything is measured.
 */

struct space {
	struct vectors vectors;
	struct tokens tokens; /* of what was split last */
	vector centre;
	vector *background; /* centred */
	size_t nbackground;
};

/* What z(x) = (x - mean) / deviation is over the background. */
struct scale {
	double mean, deviation;
};

/* True if the category is of an archive of arXiv. */
bool space_knows(const char *category);
/* Chooses the group by the categories, or without any by whose papers use the
 * phrases' words most.  Exits with 2 if its vectors are not there. */
void space_open(struct space *s, const struct strlist *phrases,
    const struct strlist *categories);
void space_close(struct space *s);

/* A paper's vector is made of its texts, each split into s->tokens first, and
 * then centred, unless none of its words is known: then it is left nothing. */
void space_add_title(struct space *s, vector out);
void space_add_abstract(struct space *s, vector out);
void space_centre(const struct space *s, vector x);
/* All of that. */
void space_add_paper(
    struct space *s, struct slice title, struct slice abstract, vector out);

/* Words to a query: adds the unit vector of what was split last, so often;
 * false if no word is known. */
bool space_add_phrase(struct space *s, double times, vector q);
/* Frees the sum of phrases of a part of what all papers have in common. */
void space_centre_query(const struct space *s, vector q);
/*
 * Adds what the background's papers say of the query: each its own vector, as
 * often as it is near.  Words of which the group's papers speak together come
 * in, and what only one word drew in counts less.
 */
void space_smooth(const struct space *s, vector q);

/* x.q of each background paper, in x, and what it is like. */
struct scale space_measure(const struct space *s, const vector q, double *x);
struct scale scale_of(const double *x, size_t n);
/* z(x), clipped to 6 either way. */
double standardize(const struct scale *s, double x);
/* The value below which that share of the n > 0 values is; puts them in another
 * order. */
double quantile(double *v, size_t n, double share);

/*
 * nearest.c: papers to be compared with, and which of them another paper is
 * nearest to: the value of the key "near" of paper(5).
 */

/* So many papers are told of, and so many are remembered: the last added. */
#define NEAREST_TOLD 3
#define NEAREST_MAX  50000

struct nearest_paper {
	char *id; /* owned */
	char *told; /* owned: what else is told, as members of an object */
	float x[VECTORS_DIM];
};

/* Starts as zeros. */
struct nearest {
	struct nearest_paper *v;
	size_t n, cap;
	size_t oldest; /* is replaced next, once there are NEAREST_MAX */
};

/* Appends what is told of a paper beside its id and how near it is: title, the
 * day it was announced, and the mark that the reader gave it, if the record
 * says so. */
void nearest_tell(struct strbuf *b, struct paper *p);
/* x is of length 1, told is what nearest_tell gave. */
void nearest_add(
    struct nearest *l, struct slice id, struct slice told, const vector x);
/* Appends the papers nearest to x, best first, without the one that has the
 * same id. */
void nearest_write(
    const struct nearest *l, struct slice id, const vector x, struct strbuf *b);
void nearest_release(struct nearest *l);

#endif
