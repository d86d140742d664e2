/* SPDX-License-Identifier: ISC */
/* What a paper's record already says of whether it is to be judged. */
#ifndef KNOWN_H
#define KNOWN_H

#include <stdbool.h>

#include "common/record/paper.h"

/* It is by an author the reader follows: match.authors. */
bool known_followed(const struct paper *p);
/* A screen put it aside: screen.keep is false. */
bool known_put_aside(const struct paper *p);
/* There is nothing to judge: title or abstract is missing. */
bool known_no_text(struct paper *p);

#endif
