/* SPDX-License-Identifier: ISC */
/* Any header lines of a reply: no pause is longer than an hour, and there is
 * always a time when the next request may go. */
#include <math.h>
#include <string.h>

#include "common/base/xalloc.h"
#include "common/net/throttle.h"
#include "llm/llm.h"

#include "../fuzz.h"

#define NOW	1000.0
#define WALL	1760659200
#define LONGEST 3600.0

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char *text = xmemdup0((const char *)data, n);
	const char *p = (const char *)data, *end = p + n, *eol;
	struct http_reply reply = {.status = 429};
	struct limiter l;
	double wait;

	for (; p < end; p = eol + 1) {
		if ((eol = memchr(p, '\n', (size_t)(end - p))) == NULL)
			eol = end - 1;
		http_header_add(&reply, p, (size_t)(eol + 1 - p));
	}
	limiter_init(&l, 4, 0, 0, false);
	ratelimit_read(&l, &reply, NOW, WALL);
	wait = limiter_wait(&l, NOW, 0, 500);
	FUZZ_ASSERT(wait >= 0 && wait <= LONGEST);
	wait = limiter_wait(&l, NOW + LONGEST + 1, 0, 500);
	FUZZ_ASSERT(wait == 0);
	if (retry_after(&reply, WALL, &wait))
		FUZZ_ASSERT(isfinite(wait) && wait >= 0);
	if (ratelimit_duration(text, &wait))
		FUZZ_ASSERT(isfinite(wait) && wait >= 0);
	limiter_release(&l);
	strlist_release(&reply.headers);
	free(text);
	return 0;
}
