/* SPDX-License-Identifier: ISC */
/*
 * A text as the characters that it says, each with the bytes that say it: as
 * they are, in the wide forms of ASCII, or escaped as in URLs, JSON, C or HTML.
 */
#ifndef UNITS_H
#define UNITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A character that is none of ASCII's; those that nobody sees are blanks. */
#define UNIT_FOREIGN 0x80

struct unit {
	unsigned char c;
	uint32_t from, to; /* its bytes in the text */
};

struct units {
	struct unit *v; /* the caller's, with room for as many as bytes */
	size_t n;
};

/* The characters of n bytes, escapes not looked at. */
void units_read(struct units *us, const char *text, size_t n);
/* Puts in the place of escapes what they stand for; false: there were none. */
bool units_unescape(struct units *us);
/* What a hexadecimal digit is worth; -1: it is none. */
int unit_hex(unsigned char c);

#endif
