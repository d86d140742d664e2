/* SPDX-License-Identifier: ISC */
/*
 * Papers that lie together: spherical k-means from several beginnings, and
 * then what is too alike, or too small, is joined.  The same papers in the same
 * order give the same clusters.
 */
#ifndef CLUSTERS_H
#define CLUSTERS_H

#include <stddef.h>

#include "common/words/vectors.h"

#define CLUSTERS_MAX 7

struct clusters {
	size_t n;
	/* Of length 1, and how many papers each has: the largest first. */
	vector centre[CLUSTERS_MAX];
	size_t papers[CLUSTERS_MAX];
};

/* Of n > 0 vectors of length 1; of[i] becomes the number of the i-th's
 * cluster. */
void clusters_find(struct clusters *c, const vector *x, size_t n, size_t *of);

#endif
