/* SPDX-License-Identifier: ISC */
/* Names of people, taken apart so that they can be compared. */
#ifndef NAME_H
#define NAME_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/slice.h"
#include "common/base/strbuf.h"

#define NAME_PARTS_MAX 16

struct name {
	struct strbuf text; /* folded; what the parts point into */
	struct slice part[NAME_PARTS_MAX]; /* given names, then the family's */
	bool joined[NAME_PARTS_MAX]; /* by a hyphen, to the part before */
	size_t n;
};

enum name_likeness {
	NAME_OTHER,
	NAME_INITIALS, /* the same as far as the initials tell */
	NAME_SAME
};

void name_init(struct name *n);
void name_release(struct name *n);
/* Takes "Yann A. LeCun" or "LeCun, Yann A." apart.  False if no letter is in
 * it. */
bool name_parse(struct name *n, struct slice text);
/* The last part; empty for a name without parts. */
struct slice name_family(const struct name *n);
enum name_likeness name_compare(const struct name *a, const struct name *b);

#endif
