/* SPDX-License-Identifier: ISC */
/* arXiv's categories: which of them are two names of one thing, and which one
 * somebody meant who mistyped it. */
#ifndef ARXIV_CATEGORY_H
#define ARXIV_CATEGORY_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/slice.h"

/* eess.SY of cs.SY and the other way round; NULL if there is only one name. */
const char *category_twin(struct slice name);
/* False also for one that is newer than this program. */
bool category_is_known(struct slice name);
/*
 * The category that was probably meant, NULL if none is near or if name is one.
 * A class of two letters in an archive that is known may be new: it counts as
 * one.
 */
const char *category_guess(const char *name);
/*
 * The categories called "Number Theory" or "Mathematics - Number Theory", one
 * with each call, since several may have one name; NULL when there is no more.
 * *row is 0 before the first call.
 */
const char *category_named(struct slice name, size_t *row);

#endif
