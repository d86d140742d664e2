/* SPDX-License-Identifier: ISC */
/* FNV-1a: to tell texts apart where nobody gains by making them collide. */
#ifndef FNV_H
#define FNV_H

#include <stdint.h>

#include "common/base/slice.h"

static inline uint64_t
fnv1a(struct slice s)
{
	uint64_t h = 0xcbf29ce484222325u;

	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 0x100000001b3u;
	return h;
}

#endif
