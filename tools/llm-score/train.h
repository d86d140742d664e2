/* SPDX-License-Identifier: ISC */
/*
 * llm-score --train: scored papers in, a model file for screen.h out.
 */
#ifndef TRAIN_H
#define TRAIN_H

#include "common/output.h"
#include "common/strlist.h"

struct train_options {
	char *const *files; /* scored papers, NULL-terminated; "-" is stdin */
	char *const *likes; /* papers that count as selected; may be NULL */
	double min_relevance, min_novelty; /* what counts as selected */
	double recall; /* for which the expected share is printed */
};

/*
 * Writes the model to out and what was learnt to stderr.  Counts what it reads
 * in run_counts.  The exit status: 1 if all papers are of one class, with
 * nothing written; too little data is no error, but makes a model that keeps
 * every paper, and says so.
 */
int train_run(const struct train_options *o, struct output *out);

#endif
