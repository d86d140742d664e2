/* SPDX-License-Identifier: ISC */
/*
 * arXiv identifiers, in any of the spellings met in feeds, URLs and lists of
 * people: 2510.13999v2, arXiv:2510.13999, oai:arXiv.org:math.GT/0309136,
 * https://arxiv.org/pdf/2510.13999.pdf.
 */
#ifndef ARXIV_ID_H
#define ARXIV_ID_H

#include <stdbool.h>

#include "common/base/slice.h"

/* Room for the longest canonical id and its NUL. */
#define ARXIV_ID_SIZE 32

/*
 * Writes the canonical id (no prefix, no version, no subject class, lower
 * case: math/0309136) and the version, 0 if none is named.  False, with both
 * untouched, if text is no identifier.
 */
bool arxiv_id_parse(struct slice text, char id[ARXIV_ID_SIZE], long *version);

#endif
