/* SPDX-License-Identifier: ISC */
/*
 * arXiv's identifiers, in any of the spellings met in feeds, addresses and
 * lists of people: 2510.13999v2, arXiv:2510.13999v1 [cs.LG],
 * oai:arXiv.org:math.GT/0309136, https://arxiv.org/pdf/2510.13999v2#page=3,
 * https://doi.org/10.48550/arXiv.2510.13999.
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
/* True of 2510.13999 and hep-th/9901001, the ids as records spell them. */
bool arxiv_id_ok(struct slice id);

#endif
