/* SPDX-License-Identifier: ISC */
#include "common/base/number.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * strtoll and strtod skip white space and take hexadecimal, "inf" and "nan";
 * nobody means those on a command line.
 */
static bool
looks_decimal(const char *s)
{
	s += *s == '-' || *s == '+';
	return (isdigit((unsigned char)*s) || *s == '.') &&
	    strspn(s, "0123456789.eE+-") == strlen(s);
}

bool
number_int(
    const char *s, int64_t min, int64_t max, int64_t *out, const char **why)
{
	char *end;
	long long v;

	*why = "not a whole number";
	if (!looks_decimal(s))
		return false;
	errno = 0;
	v = strtoll(s, &end, 10);
	if (end == s || *end != '\0')
		return false;
	*why = "too small";
	if (v < min || (errno == ERANGE && v < 0))
		return false;
	*why = "too large";
	if (v > max || errno == ERANGE)
		return false;
	*why = NULL;
	*out = v;
	return true;
}

bool
number_long(const char *s, long min, long max, long *out, const char **why)
{
	int64_t v;
	bool good = number_int(s, min, max, &v, why);

	if (good)
		*out = (long)v;
	return good;
}

bool
number_double(
    const char *s, double min, double max, double *out, const char **why)
{
	char *end;
	double v;

	*why = "not a number";
	if (!looks_decimal(s))
		return false;
	v = strtod(s, &end);
	if (end == s || *end != '\0' || !isfinite(v))
		return false;
	*why = "too small";
	if (v < min)
		return false;
	*why = "too large";
	if (v > max)
		return false;
	*why = NULL;
	*out = v;
	return true;
}

void
number_add(struct strbuf *b, double v)
{
	/* What scores nearly always are. */
	if (v >= 0 && v < 10 && v == (int)v) {
		strbuf_addch(b, (char)('0' + (int)v));
		return;
	}
	strbuf_addf(b, "%.2f", v);
	while (b->s[b->len - 1] == '0')
		strbuf_setlen(b, b->len - 1);
	if (b->s[b->len - 1] == '.')
		strbuf_setlen(b, b->len - 1);
}

void
number_add_or_dash(struct strbuf *b, bool has, double v)
{
	if (has)
		number_add(b, v);
	else
		strbuf_addstr(b, "\xe2\x80\x93");
}

void
number_add_count(struct strbuf *b, uint64_t n)
{
	char digits[24];
	int i, len = snprintf(digits, sizeof(digits), "%" PRIu64, n);

	for (i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0)
			strbuf_addch(b, ',');
		strbuf_addch(b, digits[i]);
	}
}

void
number_add_plural(
    struct strbuf *b, uint64_t n, const char *one, const char *many)
{
	number_add_count(b, n);
	strbuf_addf(b, " %s", n == 1 ? one : many);
}

void
number_add_cost(struct strbuf *b, double usd)
{
	/* Cents, and below one as many digits as say something. */
	int decimals = usd <= 0 || usd >= 0.01 ? 2 : usd >= 0.0001 ? 4 : 6;

	strbuf_addf(b, "$%.*f", decimals, usd);
}
