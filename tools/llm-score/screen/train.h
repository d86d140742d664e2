/* SPDX-License-Identifier: ISC */
/* Training: from scored papers to the file of a screen's model. */
#ifndef TRAIN_H
#define TRAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/date.h"
#include "common/io/output.h"
#include "options.h"
#include "screen/screen_model.h"

/*
 * Logistic regression on the features of papers, and cross-validation over
 * days, which tells how well it does and where to draw the line.  The only
 * user of liblinear.
 */

/* A paper in little memory: each feature's index and count in one word. */
#define EXAMPLE_COUNT_MAX (UINT32_MAX >> FEATURES_BITS)

struct example {
	uint64_t id; /* a hash */
	uint64_t seq; /* the order of reading */
	day_t day; /* EXAMPLE_NO_DAY: never tested on */
	uint32_t *packed; /* owned */
	uint32_t n;
	float meaning[VECTORS_DIM];
	bool selected;
	bool local; /* no model scored it, and nobody marked it */
	unsigned times; /* how much it counts, in parts of a paper */
};

#define EXAMPLE_NO_DAY INT64_MAX /* newer than all that have one */

uint32_t example_pack(const struct feature *f);

/* Of n selected papers, missed were not found: the least share that would have
 * been found, by the lower end of a one-sided 80 % interval (Clopper and
 * Pearson). */
double recall_at_least(unsigned long missed, unsigned long n);

/*
 * Fills w, which is initialized, from n examples of both classes; one that
 * counts base times counts as one paper.  They are emptied of their features
 * on the way, so that no paper is in memory twice.
 */
void learn(struct screen_model *w, struct example *v, size_t n, unsigned base);

/* Loads the library for that, where no file can be opened afterwards.  Exits if
 * it is not installed. */
void learn_prepare(void);

/*
 * llm-score --train: scored papers in, a model file for screen_model.h out.
 */

/*
 * Learns from the files of --train, and from those that stand as operands
 * after them (NULL-terminated), and --like, which may have marks: a star or a
 * drop decides for its paper, whoever scored it.  Writes the model to out and what was learnt to stderr.  Counts what it reads in run_counts.  The exit
 * status: 1 if all papers are of one class, with nothing written; too little
 * data is no error, but makes a model that keeps every paper, and says so.
 */
int train_run(const struct options *o, char *const *files, struct output *out);

#endif
