/* SPDX-License-Identifier: ISC */
#include "common/base/date.h"
#include "common/base/xalloc.h"
#include "common/net/throttle.h"

#include <string.h>

#include "../fuzz.h"

/* What parses prints, and what it prints parses to the same. */
static void
round_trips(const char *s)
{
	char buf[MOMENT_LEN];
	moment_t t, again;
	day_t d, d2;

	if (day_parse(s, &d)) {
		FUZZ_ASSERT(strcmp(day_format(d, buf), s) == 0);
		FUZZ_ASSERT(day_parse(buf, &d2) && d2 == d);
	}
	if (moment_parse(s, &t) || moment_parse_rfc822(s, &t)) {
		if (t < 0 || t > 253402300799) /* years 1970 to 9999 */
			return;
		moment_format(t, buf);
		FUZZ_ASSERT(moment_parse(buf, &again) && again == t);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct http_reply reply = {.status = 429};
	char *s = xmemdup0((const char *)data, n);
	double wait;

	round_trips(s);
	strlist_take(&reply.headers, xasprintf("retry-after: %s", s));
	if (retry_after(&reply, 1760659200, &wait))
		FUZZ_ASSERT(wait >= 0 && wait < 1e9);
	strlist_release(&reply.headers);
	free(s);
	return 0;
}
