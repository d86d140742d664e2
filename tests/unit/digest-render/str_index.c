/* SPDX-License-Identifier: ISC */
#include "model/str_index.h"
#include "../tap.h"

#include <stdlib.h>

#include "common/base/xalloc.h"

#define MANY 5000

int
main(void)
{
	static char *name[MANY];
	struct str_index names = {0};
	uint32_t number = 7;
	size_t i, right = 0;

	ok(!str_index_get(&names, SLICE_LIT("a"), &number), "nothing is there");
	is_int(number, 7, "and nothing is told");
	for (i = 0; i < MANY; i++) {
		name[i] = xasprintf("name %zu", i);
		str_index_add(&names, slice_of(name[i]), (uint32_t)i);
	}
	for (i = 0; i < MANY; i++)
		if (str_index_get(&names, slice_of(name[i]), &number) &&
		    number == i)
			right++;
	is_int(right, MANY, "each name has its number");
	ok(!str_index_get(&names, SLICE_LIT("name"), &number),
	    "what a name begins with is another");
	str_index_add(&names, (struct slice) {NULL, 0}, 1);
	ok(str_index_get(&names, SLICE_LIT(""), &number) && number == 1,
	    "the empty name");
	ok(!str_index_get(&names, (struct slice) {"\0", 1}, &number),
	    "a NUL is a name of its own");
	str_index_release(&names);
	ok(!str_index_get(&names, SLICE_LIT(""), &number), "released");
	for (i = 0; i < MANY; i++)
		free(name[i]);
	return done_testing();
}
