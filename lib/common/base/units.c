/* SPDX-License-Identifier: ISC */
#include "common/base/units.h"

#include <ctype.h>
#include <string.h>

#include "common/base/utf8.h"

int
unit_hex(unsigned char c)
{
	if (isdigit(c))
		return c - '0';
	c = (unsigned char)tolower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static unsigned char
narrow(uint32_t cp)
{
	if (cp >= 0xff01 && cp <= 0xff5e) /* the wide forms of ASCII */
		cp -= 0xff01 - '!';
	if (cp < UNIT_FOREIGN)
		return (unsigned char)cp;
	return utf8_is_invisible(cp) ? ' ' : UNIT_FOREIGN;
}

void
units_read(struct units *us, const char *text, size_t n)
{
	size_t len;

	us->n = 0;
	for (size_t i = 0; i < n; i += len) {
		uint32_t cp = utf8_decode(text + i, n - i, &len);

		us->v[us->n++] = (struct unit) {
		    narrow(cp), (uint32_t)i, (uint32_t)(i + len)};
	}
}

/* The number of digits of a base at u, up to most of them. */
static size_t
read_number(
    const struct unit *u, size_t n, unsigned base, size_t most, uint32_t *cp)
{
	size_t i = 0;

	*cp = 0;
	for (; i < n && i < most; i++) {
		int value = unit_hex(u[i].c);

		if (value < 0 || (unsigned)value >= base)
			break;
		*cp = *cp * base + (unsigned)value;
	}
	return i;
}

/* The length of word if the units begin so, else 0. */
static size_t
begin(const struct unit *u, size_t n, const char *word)
{
	size_t len = strlen(word);

	for (size_t i = 0; i < len; i++)
		if (i == n || u[i].c != (unsigned char)word[i])
			return 0;
	return len;
}

/* The units that a number's escape at u takes, and the number; 0: it is none. */
static size_t
read_code(const struct unit *u, size_t n, uint32_t *cp)
{
	static const struct form {
		const char *begins;
		unsigned base;
		size_t least, most;
		bool closed; /* by a semicolon */
	} forms[] = {
	    {"%", 16, 2, 2, false},
	    {"\\x", 16, 2, 2, false},
	    {"\\u", 16, 4, 4, false},
	    {"&#x", 16, 1, 6, true},
	    {"&#X", 16, 1, 6, true},
	    {"&#", 10, 1, 7, true},
	};

	for (const struct form *f = forms;
	     f < forms + sizeof(forms) / sizeof(*forms); f++) {
		size_t len = begin(u, n, f->begins), digits;

		if (len == 0)
			continue;
		digits = read_number(u + len, n - len, f->base, f->most, cp);
		len += digits;
		if (digits >= f->least && !f->closed)
			return len;
		if (digits >= f->least && len < n && u[len].c == ';')
			return len + 1;
	}
	return 0;
}

/* The same of any escape, and what it stands for. */
static size_t
read_escape(const struct unit *u, size_t n, uint32_t *cp)
{
	static const char plain[] = "\"\\/'nrt", stands[] = "\"\\/'   ";
	size_t len = read_code(u, n, cp);
	const char *at;

	if (len > 0)
		return len;
	if (n < 2 || u[0].c != '\\' || u[1].c == '\0' ||
	    (at = strchr(plain, u[1].c)) == NULL)
		return 0;
	*cp = (unsigned char)stands[at - plain];
	return 2;
}

bool
units_unescape(struct units *us)
{
	size_t n = 0, len;
	uint32_t cp;

	for (size_t i = 0; i < us->n; i += len) {
		len = read_escape(&us->v[i], us->n - i, &cp);
		if (len == 0) {
			us->v[n++] = us->v[i];
			len = 1;
			continue;
		}
		us->v[n++] = (struct unit) {
		    narrow(cp), us->v[i].from, us->v[i + len - 1].to};
	}
	if (n == us->n)
		return false;
	us->n = n;
	return true;
}
