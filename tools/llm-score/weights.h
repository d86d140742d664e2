/* SPDX-License-Identifier: ISC */
/*
 * What training learnt, and its file.
 *
 * The file is a few lines of text, "paperround-screen 1" first, then an empty
 * line, 32-bit little-endian floats, and the SHA-256 of all before it.
 */
#ifndef WEIGHTS_H
#define WEIGHTS_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/strbuf.h"
#include "features.h"

/* Recalls for which thresholds are known: 0, 0.001, .. 1. */
#define WEIGHTS_RECALLS	 1001
#define WEIGHTS_FILE_MAX ((size_t)8 << 20)

struct weights {
	/* By feature; an idf of 0 marks one that training did not see. */
	float *idf, *weight;
	float bias;
	/* From cross-validation: the probability at and above which that share
	 * of the selected papers was found, and the share of all papers
	 * there. */
	float threshold[WEIGHTS_RECALLS], share[WEIGHTS_RECALLS];
	bool enough; /* were there data for these? */
	double auc; /* in cross-validation; 0 if not enough */
	unsigned long papers, selected, days; /* learnt from */
	char id[13]; /* of the file: hexadecimal digits of its checksum */
};

void weights_init(struct weights *w);
void weights_release(struct weights *w);
/* The probability that a paper with these features is selected. */
double
weights_probability(const struct weights *w, const struct feature *v, size_t n);
/* What a feature that occurs so often counts, before normalization. */
double weights_value(double idf, unsigned count);
/* Index of the least known recall that is not below the wanted one. */
size_t weights_at_recall(double recall);
/* Index of the largest recall that this threshold gives. */
size_t weights_at_threshold(const struct weights *w, double threshold);

void weights_write(struct strbuf *b, const struct weights *w);
/* Initializes w.  False and *why if bytes are no such file; then there is
 * nothing to release. */
bool weights_parse(struct weights *w, struct slice bytes, const char **why);

#endif
