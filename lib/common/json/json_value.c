/* SPDX-License-Identifier: ISC */
#include "common/json/json_read.h"

#include <ctype.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/utf8.h"

static uint32_t
hex4(const char *p)
{
	uint32_t v = 0;
	int i;

	for (i = 0; i < 4; i++) {
		v <<= 4;
		v |= (uint32_t)(isdigit((unsigned char)p[i])
			? p[i] - '0'
			: (p[i] | 0x20) - 'a' + 10);
	}
	return v;
}

/* After "\u"; a pair of surrogates is one code point.  Returns what follows. */
static const char *
decode_u(const char *p, const char *end, struct strbuf *b)
{
	uint32_t cp = hex4(p), low;

	p += 4;
	if (cp >= 0xd800 && cp < 0xdc00 && end - p >= 6 && p[0] == '\\' &&
	    p[1] == 'u' && (low = hex4(p + 2)) >= 0xdc00 && low < 0xe000) {
		cp = 0x10000 + ((cp - 0xd800) << 10) + (low - 0xdc00);
		p += 6;
	}
	utf8_add(b, cp);
	return p;
}

struct slice
json_text(const struct json_value *v, struct strbuf *scratch)
{
	static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
	const char *p = v->raw.p + 1, *end = v->raw.p + v->raw.n - 1;
	const char *slash, *e;

	if (v->type != JSON_STRING)
		return (struct slice) {"", 0};
	if (!v->escaped)
		return (struct slice) {p, (size_t)(end - p)};
	strbuf_reset(scratch);
	while ((slash = memchr(p, '\\', (size_t)(end - p))) != NULL) {
		strbuf_add(scratch, p, (size_t)(slash - p));
		p = slash + 2;
		if (slash[1] == 'u')
			p = decode_u(p, end, scratch);
		else if ((e = strchr(from, slash[1])) != NULL)
			strbuf_addch(scratch, to[e - from]);
		else
			strbuf_addch(scratch, slash[1]);
	}
	strbuf_add(scratch, p, (size_t)(end - p));
	return strbuf_slice(scratch);
}

bool
json_double(const struct json_value *v, double *out)
{
	char s[64];
	double d;

	if (v->type != JSON_NUMBER || v->raw.n >= sizeof(s))
		return false;
	memcpy(s, v->raw.p, v->raw.n);
	s[v->raw.n] = '\0';
	d = strtod(s, NULL);
	if (!isfinite(d))
		return false;
	*out = d;
	return true;
}

bool
json_long(const struct json_value *v, long *out)
{
	double d;

	/* Whole numbers up to 2^53 are exact in a double. */
	if (!json_double(v, &d) || d != floor(d) ||
	    fabs(d) > 9007199254740992.0)
		return false;
	*out = (long)d;
	return true;
}
