/* SPDX-License-Identifier: ISC */
/* How far a run is, for its terminal. */
#ifndef STATUS_H
#define STATUS_H

#include "common/base/strbuf.h"
#include "engine.h"

/* Appends the line; seconds is how long the run has been asking. */
void status_line(struct strbuf *b, const struct engine *e, double seconds);
/* Draws it when it is time to. */
void status_show(const struct engine *e);

#endif
