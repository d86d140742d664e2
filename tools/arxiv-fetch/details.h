/* SPDX-License-Identifier: ISC */
/* What the daily feeds leave out: comments, real dates, report numbers. */
#ifndef DETAILS_H
#define DETAILS_H

#include "fetch.h"

/* Completes the day's papers from OAI-PMH, with one list of the smallest set
 * that has them all.  A failure is said; the papers stay as they are. */
void details_add(struct fetch *f, struct papers *day);

#endif
