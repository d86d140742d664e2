/* SPDX-License-Identifier: ISC */
/*
 * The judge that learns: a linear model of what the reader selected, trained
 * by train.h on the archive, that tells which papers are worth an LLM's
 * reading.
 */
#ifndef SCREEN_H
#define SCREEN_H

#include <stdbool.h>

#include "common/base/strbuf.h"
#include "common/record/paper.h"

struct screen;

/* How to use the model.  The threshold holds if it is not negative, else the
 * one that kept the wanted recall in cross-validation. */
struct screen_policy {
	double recall; /* 0..1 */
	double threshold;
	double explore; /* this share of what is screened out is kept */
};

struct screen_verdict {
	bool keep;
	double p; /* probability of being selected */
	bool explored; /* kept only to look for misses */
};

/* Reads a model file.  A damaged or foreign one, or one of a newer version,
 * exits with 2; one made from too little data is reported, and keeps every
 * paper. */
struct screen *
screen_open(const char *path, const struct screen_policy *policy);
void screen_free(struct screen *s);

double screen_probability(struct screen *s, struct paper *p);
/* Papers by authors the reader follows (match.authors) are always kept. */
void screen_judge(struct screen *s, struct paper *p, struct screen_verdict *v);
/* Appends the value of the key "screen". */
void screen_verdict_json(
    struct strbuf *b, const struct screen *s, const struct screen_verdict *v);

#endif
