/* SPDX-License-Identifier: ISC */
/*
 * How often words are used: counts over many papers, from background.tsv,
 * which is compiled in.  They make a score independent of the other papers
 * of the day.
 */
#ifndef BACKGROUND_H
#define BACKGROUND_H

#include "common/base/slice.h"

unsigned long background_papers(void);
/* Words of a paper's title and abstract, on average. */
double background_words(void);
/* In how many of the papers the stem, or the two neighbouring stems ("low
 * rank"), stand; 0 if in too few to be listed. */
unsigned long background_count(struct slice term);
/* The BM25 weight of a term that is in count of the papers. */
double background_idf(unsigned long count);

#endif
