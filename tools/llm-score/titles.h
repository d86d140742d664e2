/* SPDX-License-Identifier: ISC */
/*
 * --screen titles: a first question about many titles at a time, which of them
 * are surely irrelevant.  Whatever goes wrong with it, the paper is kept.
 */
#ifndef TITLES_H
#define TITLES_H

#include <stdbool.h>

#include "engine.h"

/* Titles a question. */
#define TITLES_BATCH 40

/* True if the paper is to be screened: neither followed nor suspect. */
bool titles_wanted(const struct engine *e, const struct item *i);
/* Decides by what the cache holds, if it does. */
void titles_take_cached(struct engine *e, struct item *i);
/* Reads an answer about the items of t; those without a clear one are kept. */
void titles_read(struct engine *e, struct task *t, struct slice text);
/* There is no answer: the paper goes on to be scored. */
void titles_keep(struct engine *e, struct item *i);

#endif
