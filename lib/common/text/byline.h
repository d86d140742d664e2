/* SPDX-License-Identifier: ISC */
/* The line that names a paper's authors, as they type it. */
#ifndef BYLINE_H
#define BYLINE_H

#include <stdbool.h>

#include "common/base/slice.h"
#include "common/base/strbuf.h"

/*
 * Appends the text without the marks that lead to footnotes and affiliations:
 * * # @ and daggers behind a name, raised numbers ($^{1,2}$, ^1, a ¹), [1],
 * \thanks{..}.  Accents of TeX (\^o) and numbers that are names stay.
 */
void byline_strip_marks(struct strbuf *out, struct slice text);
/*
 * True for what is not one person: "The ATLAS Collaboration", "Example
 * Consortium", "Team X", "Romeo and Juliet".
 */
bool byline_is_group(struct slice name);

#endif
