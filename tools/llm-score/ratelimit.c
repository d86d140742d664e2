/* SPDX-License-Identifier: ISC */
#include "ratelimit.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/number.h"

/* Longer waits are taken for nonsense, or for a quota that is no rate. */
#define LONGEST 3600.0

/* The part "120ms" of a duration; NULL if it is none. */
static const char *
duration_part(const char *s, double *seconds)
{
	static const struct {
		const char *unit;
		double seconds;
	} units[] = {{"ms", 1e-3}, {"us", 1e-6}, {"ns", 1e-9}, {"s", 1},
	    {"m", 60}, {"h", 3600}, {"d", 86400}};
	size_t digits = strspn(s, "0123456789."), n;
	char number[24];
	const char *why;
	double v;

	if (digits == 0 || digits >= sizeof(number))
		return NULL;
	memcpy(number, s, digits);
	number[digits] = '\0';
	if (!number_double(number, 0, 1e9, &v, &why))
		return NULL;
	s += digits;
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
		n = strlen(units[i].unit);
		if (strncmp(s, units[i].unit, n) == 0 &&
		    !isalpha((unsigned char)s[n])) {
			*seconds += v * units[i].seconds;
			return s + n;
		}
	}
	if (*s != '\0')
		return NULL;
	*seconds += v;
	return s;
}

bool
ratelimit_duration(const char *s, double *seconds)
{
	*seconds = 0;
	if (*s == '\0')
		return false;
	while (s != NULL && *s != '\0')
		s = duration_part(s, seconds);
	return s != NULL;
}

/* A duration, or a moment in RFC 3339. */
static bool
reset_time(const char *s, double now, moment_t wall, double *at)
{
	moment_t t;
	double wait;

	if (ratelimit_duration(s, &wait))
		*at = now + wait;
	else if (strlen(s) > 10 && moment_parse(s, &t))
		*at = now + (double)(t - wall);
	else
		return false;
	return *at > now && *at - now <= LONGEST;
}

static void
read_allowance(struct allowance *a, const struct http_reply *reply,
    const char *left_name, const char *reset_name, double now, moment_t wall)
{
	const char *left = http_header(reply, left_name);
	const char *reset = http_header(reply, reset_name), *why;
	double n, at;

	if (left == NULL || reset == NULL ||
	    !number_double(left, -1e12, 1e12, &n, &why) ||
	    !reset_time(reset, now, wall, &at))
		return;
	*a = (struct allowance) {true, n, at};
}

void
ratelimit_read(struct limiter *l, const struct http_reply *reply, double now,
    moment_t wall)
{
	read_allowance(&l->requests, reply, "x-ratelimit-remaining-requests",
	    "x-ratelimit-reset-requests", now, wall);
	read_allowance(&l->tokens, reply, "x-ratelimit-remaining-tokens",
	    "x-ratelimit-reset-tokens", now, wall);
	read_allowance(&l->requests, reply,
	    "anthropic-ratelimit-requests-remaining",
	    "anthropic-ratelimit-requests-reset", now, wall);
	read_allowance(&l->tokens, reply,
	    "anthropic-ratelimit-input-tokens-remaining",
	    "anthropic-ratelimit-input-tokens-reset", now, wall);
}
