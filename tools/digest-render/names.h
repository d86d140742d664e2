/* SPDX-License-Identifier: ISC */
/* A number for each name: ids, topics, dates.  Names are borrowed. */
#ifndef NAMES_H
#define NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/slice.h"

struct names {
	struct name_slot {
		struct slice name;
		uint32_t number;
		bool used;
	} * slot;
	size_t nslots, n; /* n is at most half of nslots */
};

/* False if the name is not there. */
bool names_get(const struct names *names, struct slice name, uint32_t *number);
/* The name must not be there yet and must outlive names. */
void names_add(struct names *names, struct slice name, uint32_t number);
void names_release(struct names *names);

#endif
