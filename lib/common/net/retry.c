/* SPDX-License-Identifier: ISC */
#include "common/net/retry.h"

#include <stdint.h>
#include <stdlib.h>

#include "common/base/hash.h"
#include "common/base/number.h"

/* A server that says less than nothing, or more than a year, is not
 * believed: the value is cut to these bounds. */
#define WAIT_MAX (366.0 * DAY_SECONDS)

double
retry_backoff(unsigned attempt, double base, double cap, double random)
{
	double wait = base;

	while (attempt-- > 0 && wait < cap)
		wait *= 2;
	return random * (wait < cap ? wait : cap);
}

static double
clamp(double seconds)
{
	if (seconds < 0)
		return 0;
	return seconds < WAIT_MAX ? seconds : WAIT_MAX;
}

bool
retry_after(const struct http_reply *reply, moment_t when, double *seconds)
{
	const char *value, *why;
	moment_t at;

	value = http_header(reply, "retry-after-ms");
	if (value != NULL && number_double(value, -1e15, 1e15, seconds, &why)) {
		*seconds = clamp(*seconds / 1000);
		return true;
	}
	if ((value = http_header(reply, "retry-after")) == NULL)
		return false;
	if (number_double(value, -1e15, 1e15, seconds, &why))
		*seconds = clamp(*seconds);
	else if (moment_parse_rfc822(value, &at))
		*seconds = clamp((double)(at - when));
	else
		return false;
	return true;
}

bool
retry_is_transient(const struct http_reply *reply)
{
	static const long statuses[] = {
	    408, 425, 429, 500, 502, 503, 504, 522, 524, 529};

	switch (reply->failure) {
	case HTTP_CONNECT:
	case HTTP_RECEIVE:
	case HTTP_TIMEOUT:
		return true;
	case HTTP_TOO_LARGE:
	case HTTP_POLICY:
	case HTTP_SINK:
		return false;
	case HTTP_OK:
		break;
	}
	for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++)
		if (reply->status == statuses[i])
			return true;
	return false;
}

double
retry_random(void)
{
	static enum {
		UNKNOWN,
		SEEDED,
		SYSTEM
	} kind;
	static uint64_t state;
	uint64_t bits;
	const char *seed;

	if (kind == UNKNOWN) {
		seed = getenv("PAPERROUND_SEED");
		kind = seed != NULL && *seed != '\0' ? SEEDED : SYSTEM;
		if (kind == SEEDED)
			state = strtoull(seed, NULL, 10);
	}
	if (kind == SEEDED)
		bits = hash_next(&state);
	else
		arc4random_buf(&bits, sizeof(bits));
	/* 53 bits are what a double holds, so 1.0 cannot come out. */
	return (double)(bits >> 11) * 0x1p-53;
}
