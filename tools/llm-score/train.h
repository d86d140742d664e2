/* SPDX-License-Identifier: ISC */
/*
 * llm-score --train: scored papers in, a model file for screen.h out.
 */
#ifndef TRAIN_H
#define TRAIN_H

#include "common/io/output.h"
#include "options.h"

/*
 * Learns from the files of --train, and from those that stand as operands
 * after them (NULL-terminated), and --like; writes the model to out and what
 * was learnt to stderr.  Counts what it reads in run_counts.  The exit
 * status: 1 if all papers are of one class, with nothing written; too little
 * data is no error, but makes a model that keeps every paper, and says so.
 */
int train_run(const struct options *o, char *const *files, struct output *out);

#endif
