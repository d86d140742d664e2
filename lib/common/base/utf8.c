/* SPDX-License-Identifier: ISC */
#include "common/base/utf8.h"

#include <string.h>

/*
 * Length of the well-formed sequence at s, 0 if there is none.  The bounds of the
 * second byte (RFC 3629, section 4) exclude overlong forms, surrogates and
 * what lies past U+10FFFF.
 */
static size_t
sequence_length(const unsigned char *s, size_t n)
{
	unsigned char lo = 0x80, hi = 0xbf;
	size_t len;

	if (s[0] < 0x80)
		return 1;
	if (s[0] < 0xc2 || s[0] > 0xf4)
		return 0;
	len = s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;
	if (len > n)
		return 0;
	if (s[0] == 0xe0)
		lo = 0xa0;
	else if (s[0] == 0xed)
		hi = 0x9f;
	else if (s[0] == 0xf0)
		lo = 0x90;
	else if (s[0] == 0xf4)
		hi = 0x8f;
	if (s[1] < lo || s[1] > hi)
		return 0;
	for (size_t i = 2; i < len; i++)
		if ((s[i] & 0xc0) != 0x80)
			return 0;
	return len;
}

size_t
utf8_invalid_at(const char *s, size_t n)
{
	const uint64_t high = UINT64_C(0x8080808080808080);
	size_t i = 0, len;
	uint64_t word;

	while (i < n) {
		/* Eight ASCII bytes at a time: nearly all of it is ASCII. */
		for (; n - i >= sizeof(word); i += sizeof(word)) {
			memcpy(&word, s + i, sizeof(word));
			if ((word & high) != 0)
				break;
		}
		if (i == n)
			break;
		len = sequence_length((const unsigned char *)s + i, n - i);
		if (len == 0)
			return i;
		i += len;
	}
	return n;
}

bool
utf8_valid(const char *s, size_t n)
{
	return utf8_invalid_at(s, n) == n;
}

uint32_t
utf8_decode(const char *s, size_t n, size_t *len)
{
	const unsigned char *u = (const unsigned char *)s;

	switch (*len = sequence_length(u, n)) {
	case 1:
		return u[0];
	case 2:
		return (u[0] & 0x1fu) << 6 | (u[1] & 0x3fu);
	case 3:
		return (u[0] & 0x0fu) << 12 | (u[1] & 0x3fu) << 6 |
		    (u[2] & 0x3fu);
	case 4:
		return (u[0] & 0x07u) << 18 | (u[1] & 0x3fu) << 12 |
		    (u[2] & 0x3fu) << 6 | (u[3] & 0x3fu);
	default:
		*len = 1;
		return UTF8_REPLACEMENT;
	}
}

void
utf8_add(struct strbuf *b, uint32_t cp)
{
	char s[4];
	size_t n = 0;

	if (cp > 0x10ffff || (cp >= 0xd800 && cp <= 0xdfff))
		cp = UTF8_REPLACEMENT;
	if (cp < 0x80) {
		s[n++] = (char)cp;
	} else if (cp < 0x800) {
		s[n++] = (char)(0xc0 | cp >> 6);
		s[n++] = (char)(0x80 | (cp & 0x3f));
	} else if (cp < 0x10000) {
		s[n++] = (char)(0xe0 | cp >> 12);
		s[n++] = (char)(0x80 | (cp >> 6 & 0x3f));
		s[n++] = (char)(0x80 | (cp & 0x3f));
	} else {
		s[n++] = (char)(0xf0 | cp >> 18);
		s[n++] = (char)(0x80 | (cp >> 12 & 0x3f));
		s[n++] = (char)(0x80 | (cp >> 6 & 0x3f));
		s[n++] = (char)(0x80 | (cp & 0x3f));
	}
	strbuf_add(b, s, n);
}

void
utf8_add_clean(struct strbuf *b, const char *s, size_t n)
{
	size_t good;

	while (n > 0) {
		good = utf8_invalid_at(s, n);
		strbuf_add(b, s, good);
		if (good == n)
			return;
		utf8_add(b, UTF8_REPLACEMENT);
		s += good + 1;
		n -= good + 1;
	}
}

size_t
utf8_cut(const char *s, size_t n, size_t max)
{
	if (n <= max)
		return n;
	while (max > 0 && ((unsigned char)s[max] & 0xc0) == 0x80)
		max--;
	return max;
}

bool
utf8_is_invisible(uint32_t cp)
{
	static const struct {
		uint32_t first, last;
	} ranges[] = {
	    {0x0000, 0x001f}, /* C0 */
	    {0x007f, 0x009f}, /* DEL, C1 */
	    {0x00ad, 0x00ad}, /* soft hyphen */
	    {0x061c, 0x061c}, /* Arabic letter mark */
	    {0x180e, 0x180e}, /* Mongolian vowel separator */
	    {0x200b, 0x200f}, /* zero width, direction marks */
	    {0x2028, 0x202e}, /* separators, bidi embeddings */
	    {0x2060, 0x206f}, /* joiners, isolates, invisible operators */
	    {0xfe00, 0xfe0f}, /* variation selectors */
	    {0xfeff, 0xfeff}, /* BOM */
	    {0xfff9, 0xfffb}, /* interlinear annotation */
	    {0xe0000, 0xe0fff}, /* tags, variation selectors supplement */
	};

	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
		if (cp >= ranges[i].first && cp <= ranges[i].last)
			return true;
	return false;
}

void
utf8_add_visible(struct strbuf *b, const char *s, size_t n)
{
	uint32_t cp;
	size_t len;

	for (; n > 0; s += len, n -= len) {
		cp = utf8_decode(s, n, &len);
		if (cp != UTF8_REPLACEMENT && !utf8_is_invisible(cp)) {
			strbuf_add(b, s, len);
			continue;
		}
		for (size_t i = 0; i < len; i++)
			strbuf_addf(b, "\\x%02x", (unsigned char)s[i]);
	}
}
