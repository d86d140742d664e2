/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "filter.h"

#include "../fuzz.h"

/* Two names, a line each, in either order of their parts: likeness does not
 * depend on which is asked about, and a name is like itself. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	const char *end = n > 0 ? memchr(data, '\n', n) : NULL;
	struct slice first = {(const char *)data, n}, second = {"", 0};
	struct name a, b;

	if (end != NULL) {
		first.n = (size_t)(end - first.p);
		second = (struct slice) {end + 1, n - first.n - 1};
	}
	name_init(&a);
	name_init(&b);
	if (name_parse(&a, first)) {
		FUZZ_ASSERT(a.n > 0 && a.n <= NAME_PARTS_MAX);
		FUZZ_ASSERT(name_family(&a).n > 0);
		FUZZ_ASSERT(name_compare(&a, &a) != NAME_OTHER);
		if (name_parse(&b, second))
			FUZZ_ASSERT(
			    name_compare(&a, &b) == name_compare(&b, &a));
	} else {
		FUZZ_ASSERT(a.n == 0);
	}
	name_release(&a);
	name_release(&b);
	return 0;
}
