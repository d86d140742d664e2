/* SPDX-License-Identifier: ISC */
#include "formats/feed.h"

#include <string.h>

#include "../fuzz.h"

/* A page for people, which may be anything: no count is below 0, and a day is
 * one that can be printed. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct listing l;
	char buf[DATE_LEN];
	day_t again;

	if (!listing_read(&l, (struct slice) {(const char *)data, n})) {
		listing_release(&l);
		return 0;
	}
	FUZZ_ASSERT(l.fresh >= 0 && l.cross >= 0 && l.replaced >= 0);
	if (l.day != NO_DAY)
		FUZZ_ASSERT(day_parse(day_format(l.day, buf), &again) &&
		    again == l.day);
	listing_release(&l);
	return 0;
}
