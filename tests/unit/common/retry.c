/* SPDX-License-Identifier: ISC */
#include "../tap.h"

#include <stdlib.h>

#include "common/base/strlist.h"
#include "common/net/throttle.h"

static void
test_backoff(void)
{
	is_int(retry_backoff(0, 3, 60, 1.0), 3, "the first wait is the base");
	is_int(retry_backoff(3, 3, 60, 1.0), 24, "it doubles");
	is_int(retry_backoff(9, 3, 60, 1.0), 60, "up to the cap");
	is_int(retry_backoff(4000000000u, 3, 60, 1.0), 60,
	    "a huge attempt ends at once");
	is_int(retry_backoff(3, 3, 60, 0.5), 12, "the jitter is full");
	is_int(retry_backoff(3, 3, 60, 0.0), 0, "down to nothing");
}

static void
test_retry_after(void)
{
	/* 784111777 is Sun, 06 Nov 1994 08:49:37 GMT; asked 10 s earlier. */
	static const struct {
		const char *header;
		bool said;
		double seconds;
	} rows[] = {
	    {"retry-after: 120", true, 120},
	    {"retry-after: 0", true, 0},
	    {"retry-after: -5", true, 0},
	    {"retry-after: 1e12", true, 366.0 * 86400},
	    {"retry-after: Sun, 06 Nov 1994 08:49:37 GMT", true, 10},
	    {"retry-after: Sun, 06 Nov 1994 08:49:07 GMT", true, 0},
	    {"retry-after: soon", false, 0},
	    {"retry-after-ms: 1500", true, 1.5},
	    {"x-other: 3", false, 0},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct http_reply reply = {.status = 429};
		double seconds = -1;
		bool said;

		strlist_add(&reply.headers, rows[i].header);
		said = retry_after(&reply, 784111767, &seconds);
		ok(said == rows[i].said &&
			(!said || seconds == rows[i].seconds),
		    "%s", rows[i].header);
		strlist_release(&reply.headers);
	}
}

static void
test_transient(void)
{
	static const long again[] = {
	    408, 425, 429, 500, 502, 503, 504, 522, 524, 529};
	static const long never[] = {200, 301, 304, 400, 401, 403, 404, 501};
	struct http_reply r = {.failure = HTTP_OK};

	for (size_t i = 0; i < sizeof(again) / sizeof(again[0]); i++) {
		r.status = again[i];
		ok(retry_is_transient(&r), "%ld is transient", again[i]);
	}
	for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++) {
		r.status = never[i];
		ok(!retry_is_transient(&r), "%ld is not", never[i]);
	}
	r.status = 200;
	r.failure = HTTP_RECEIVE;
	ok(retry_is_transient(&r), "a cut answer is transient");
	r.failure = HTTP_TOO_LARGE;
	ok(!retry_is_transient(&r), "one too large is not");
}

int
main(void)
{
	double first;

	test_backoff();
	test_retry_after();
	test_transient();
	setenv("PAPERROUND_SEED", "7", 1);
	first = retry_random();
	ok(first >= 0 && first < 1, "a seeded number is within bounds");
	ok(first != retry_random(), "and the next is another");
	return done_testing();
}
