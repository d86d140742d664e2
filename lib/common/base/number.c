/* SPDX-License-Identifier: ISC */
#include "common/base/number.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/*
 * strtol and strtod skip white space and take hexadecimal, "inf" and "nan";
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
number_long(const char *s, long min, long max, long *out, const char **why)
{
	char *end;
	long v;

	*why = "not a whole number";
	if (!looks_decimal(s))
		return false;
	errno = 0;
	v = strtol(s, &end, 10);
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
