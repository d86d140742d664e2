/* SPDX-License-Identifier: ISC */
#include "formats/html/assets.h"

#include <stdint.h>

static unsigned
hex_digit(char c)
{
	return (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10);
}

/* The byte at i of the sum, 0 past its end, as base64 pads. */
static uint32_t
sum_byte(const char *hex, size_t i)
{
	return i < 32 ? hex_digit(hex[2 * i]) << 4 | hex_digit(hex[2 * i + 1])
		      : 0;
}

void
asset_add_source(struct strbuf *b, const struct asset *a)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789+/";
	uint32_t three;
	size_t i;

	strbuf_addstr(b, "'sha256-");
	for (i = 0; i < 33; i += 3) {
		three = sum_byte(a->sha256, i) << 16 |
		    sum_byte(a->sha256, i + 1) << 8 |
		    sum_byte(a->sha256, i + 2);
		strbuf_addch(b, digits[three >> 18]);
		strbuf_addch(b, digits[three >> 12 & 63]);
		strbuf_addch(b, digits[three >> 6 & 63]);
		/* 32 bytes are ten threes and two: one digit is padding. */
		strbuf_addch(b, i < 30 ? digits[three & 63] : '=');
	}
	strbuf_addch(b, '\'');
}

void
asset_add(struct strbuf *b, const struct asset *a)
{
	strbuf_add(b, a->bytes, a->n);
}
