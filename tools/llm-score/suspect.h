/* SPDX-License-Identifier: ISC */
/*
 * Texts that speak to the model instead of about their subject.  Such a paper
 * is asked about alone, so that it can harm at most itself.
 *
 * A list of phrases finds only what it knows, and finds papers about such
 * phrases too: being suspect changes no score.
 */
#ifndef SUSPECT_H
#define SUSPECT_H

#include <stdbool.h>

#include "text.h"

bool suspect_text(const struct text *t);

#endif
