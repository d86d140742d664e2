/* SPDX-License-Identifier: ISC */
/* What a scored paper teaches the screen. */
#ifndef LABEL_H
#define LABEL_H

#include <stdbool.h>

#include "common/base/date.h"
#include "common/record/paper.h"
#include "options.h"

/*
 * NULL and whether the reader selected the paper, by the options'
 * min_relevance and min_novelty; or a short word for why there is nothing to
 * learn from it.
 */
const char *
label_read(const struct options *o, struct paper *p, bool *selected);
/* As how many papers this one counts: a paper that a screen kept by chance
 * stands for those that it did not keep. */
unsigned label_times(const struct paper *p);
/* The day it was announced, else published; 0 if that is not known. */
day_t label_day(struct paper *p);

#endif
