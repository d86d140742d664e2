/* SPDX-License-Identifier: ISC */
/* A number for each name: ids, topics, dates.  Strings are borrowed. */
#ifndef STR_INDEX_H
#define STR_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/slice.h"

struct str_index {
	struct str_index_slot {
		struct slice name;
		uint32_t number;
		bool used;
	} * slot;
	size_t nslots, n; /* n is at most half of nslots */
};

/* False if the name is not there. */
bool str_index_get(
    const struct str_index *index, struct slice name, uint32_t *number);
/* The name must not be there yet and must outlive index. */
void str_index_add(struct str_index *index, struct slice name, uint32_t number);
void str_index_release(struct str_index *index);

#endif
