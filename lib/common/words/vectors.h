/* SPDX-License-Identifier: ISC */
/*
 * Word vectors of a group of archives, from a file that scripts/make-vectors
 * wrote (its comment describes the format) and that is mapped, not read.
 */
#ifndef VECTORS_H
#define VECTORS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/slice.h"
#include "common/words/tokens.h"

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

#endif
