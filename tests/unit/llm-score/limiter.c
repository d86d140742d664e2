/* SPDX-License-Identifier: ISC */
/* How many requests may go and when, to the second. */
#include "../tap.h"
#include "llm/llm.h"

static bool
near(double a, double b)
{
	return a - b < 1e-6 && b - a < 1e-6;
}

static void
test_congestion(void)
{
	struct limiter l;

	limiter_init(&l, 8, 0, 0, false);
	ok(limiter_wait(&l, 0, 7, 1) == 0, "below the limit");
	ok(limiter_wait(&l, 0, 8, 1) < 0, "at the limit one must end first");
	limiter_congested(&l, 0, 1);
	is_int(l.limit, 4, "halved");
	limiter_congested(&l, 0.5, 1.1);
	is_int(l.limit, 4, "not again by a request that was sent before");
	limiter_congested(&l, 2, 3);
	limiter_congested(&l, 4, 5);
	limiter_congested(&l, 6, 7);
	is_int(l.limit, 1, "never below one");
	limiter_good(&l);
	is_int(l.limit, 2, "one more after a round of successes");
	limiter_good(&l);
	is_int(l.limit, 2, "which now takes two");
	for (int i = 0; i < 100; i++)
		limiter_good(&l);
	is_int(l.limit, 8, "up to what was asked for");
	limiter_release(&l);
}

static void
test_alone(void)
{
	struct limiter l;

	limiter_init(&l, 8, 0, 0, true);
	ok(limiter_wait(&l, 0, 0, 1) == 0, "the first goes");
	ok(limiter_wait(&l, 0, 1, 1) < 0, "alone");
	limiter_ended(&l);
	ok(limiter_wait(&l, 0, 1, 1) == 0, "then the others");
	limiter_release(&l);
}

static void
test_minute(void)
{
	struct limiter l;

	limiter_init(&l, 100, 3, 1000, false);
	limiter_sent(&l, 0, 100);
	limiter_sent(&l, 10, 100);
	ok(limiter_wait(&l, 20, 2, 100) == 0,
	    "a third request within a minute");
	limiter_sent(&l, 20, 100);
	ok(near(limiter_wait(&l, 30, 3, 100), 30),
	    "the fourth waits for the first");
	ok(limiter_wait(&l, 60, 3, 100) == 0, "which is a minute old then");
	limiter_sent(&l, 60, 700);
	ok(near(limiter_wait(&l, 65, 3, 10), 5), "requests again");
	ok(near(limiter_wait(&l, 65, 3, 250), 15), "tokens: two must be over");
	ok(near(limiter_wait(&l, 65, 3, 900), 55), "more tokens: all must");
	ok(near(limiter_wait(&l, 65, 3, 5000), 55),
	    "more than there ever are: not for ever");
	limiter_release(&l);

	limiter_init(&l, 1000, 100, 0, false);
	for (int i = 0; i < 1000; i++) {
		double t = i, wait = limiter_wait(&l, t, 0, 1);

		if (wait == 0)
			limiter_sent(&l, t, 1);
	}
	ok(l.n <= 100, "what is older than a minute is forgotten");
	limiter_release(&l);
}

static void
test_told(void)
{
	struct limiter l;
	struct http_reply r = {.status = 200};

	limiter_init(&l, 10, 0, 0, false);
	strlist_add(&r.headers, "x-ratelimit-remaining-requests: 1");
	strlist_add(&r.headers, "x-ratelimit-reset-requests: 6m0s");
	strlist_add(&r.headers, "x-ratelimit-remaining-tokens: 500");
	strlist_add(&r.headers, "x-ratelimit-reset-tokens: 1.5s");
	ratelimit_read(&l, &r, 100, 1000000);
	ok(limiter_wait(&l, 100, 1, 400) == 0, "one is left");
	ok(near(limiter_wait(&l, 100, 1, 600), 1.5),
	    "but not for so many tokens");
	limiter_sent(&l, 100, 400);
	ok(near(limiter_wait(&l, 101.5, 1, 1), 358.5), "none is left");
	ok(limiter_wait(&l, 460, 1, 1) == 0, "until then");
	strlist_release(&r.headers);
	limiter_release(&l);

	limiter_init(&l, 10, 0, 0, false);
	strlist_add(&r.headers, "x-ratelimit-remaining-requests: 0");
	strlist_add(&r.headers, "x-ratelimit-reset-requests: soon");
	ratelimit_read(&l, &r, 100, 0);
	ok(limiter_wait(&l, 100, 1, 1) == 0, "a time that is none is not told");
	strlist_release(&r.headers);
	strlist_add(&r.headers, "anthropic-ratelimit-requests-remaining: 0");
	strlist_add(&r.headers,
	    "anthropic-ratelimit-requests-reset: 2026-11-21T10:00:30Z");
	ratelimit_read(&l, &r, 100, 1795255200);
	ok(near(limiter_wait(&l, 100, 1, 1), 30),
	    "a moment, by the time of day");
	limiter_pause(&l, 150);
	ok(near(limiter_wait(&l, 100, 1, 1), 50), "a pause is longer");
	strlist_release(&r.headers);
	limiter_release(&l);
}

static void
test_durations(void)
{
	static const struct {
		const char *text;
		double seconds;
	} rows[] = {{"1s", 1}, {"6m0s", 360}, {"120ms", 0.12},
	    {"1h2m3.5s", 3723.5}, {"7", 7}, {"0.25", 0.25}, {"1d", 86400},
	    {"", -1}, {"s", -1}, {"1x", -1}, {"2026-11-21T10:00:00Z", -1},
	    {"1m-3s", -1}};
	double s;

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		ok(ratelimit_duration(rows[i].text, &s)
			? near(s, rows[i].seconds)
			: rows[i].seconds < 0,
		    "duration '%s'", rows[i].text);
}

int
main(void)
{
	test_congestion();
	test_alone();
	test_minute();
	test_told();
	test_durations();
	return done_testing();
}
