/* SPDX-License-Identifier: ISC */
#include "common/base/secret.h"

#include <ctype.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/compat.h"
#include "common/base/hash.h"
#include "common/base/utf8.h"
#include "common/base/xalloc.h"

/*
 * A text as the characters that it says, each with the bytes that say it: as
 * they are, in the wide forms of ASCII, or escaped as in URLs, JSON, C, HTML or
 * mails.
 */

/* The last code point. */
#define CODE_MAX     0x10ffffu

/* A character that is none of ASCII's; those that nobody sees are blanks. */
#define UNIT_FOREIGN 0x80

struct unit {
	unsigned char c;
	uint32_t from, to; /* its bytes in the text */
};

struct units {
	struct unit *v; /* the caller's, with room for as many as bytes */
	size_t n;
	/* An equals sign escapes, as in mails; one that could has been seen. */
	bool mail, may_be_mail;
};

/* What a hexadecimal digit is worth; -1: it is none. */
static int
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

/* The characters of n bytes, escapes not looked at. */
static void
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
		if (*cp <= CODE_MAX) /* lest it overflow */
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

/* Of a number that may have any zeros before it. */
#define ANY SIZE_MAX

/* The units that a number's escape at u takes, and the number; 0: it is none. */
static size_t
read_code(const struct unit *u, size_t n, uint32_t *cp)
{
	static const struct form {
		const char *begins;
		unsigned base;
		size_t least, most;
		unsigned char end; /* 0: it has none */
		bool open; /* the end may be missing */
	} forms[] = {
	    {"%", 16, 2, 2, 0, false},
	    {"%u", 16, 4, 4, 0, false},
	    {"=", 16, 2, 2, 0, false},
	    {"\\", 8, 1, 3, 0, false},
	    {"\\x", 16, 2, 2, 0, false},
	    {"\\x{", 16, 1, ANY, '}', false},
	    {"\\u", 16, 4, 4, 0, false},
	    {"\\u{", 16, 1, ANY, '}', false},
	    {"\\U", 16, 8, 8, 0, false},
	    {"&#x", 16, 1, ANY, ';', true},
	    {"&#X", 16, 1, ANY, ';', true},
	    {"&#", 10, 1, ANY, ';', true},
	};

	for (const struct form *f = forms;
	     f < forms + sizeof(forms) / sizeof(*forms); f++) {
		size_t len = begin(u, n, f->begins), digits;

		if (len == 0)
			continue;
		digits = read_number(u + len, n - len, f->base, f->most, cp);
		len += digits;
		if (digits < f->least)
			continue;
		if (f->end != 0 && len < n && u[len].c == f->end)
			return len + 1;
		if (f->end == 0 || f->open)
			return len;
	}
	return 0;
}

/* The same of any escape, and what it stands for. */
static size_t
read_escape(const struct unit *u, size_t n, uint32_t *cp)
{
	static const char plain[] = "\"\\/'abfnrtv", stands[] = "\"\\/'       ";
	const char *at;
	size_t len;

	if (memchr("%=&\\", u[0].c, 4) == NULL) /* nearly always */
		return 0;
	if ((len = read_code(u, n, cp)) > 0)
		return len;
	*cp = ' ';
	if ((len = begin(u, n, "=\n")) > 0 || (len = begin(u, n, "=\r\n")) > 0)
		return len; /* a line that goes on */
	if (n < 2 || u[0].c != '\\' || u[1].c == '\0' ||
	    (at = strchr(plain, u[1].c)) == NULL)
		return 0;
	*cp = (unsigned char)stands[at - plain];
	return 2;
}

/* Puts in the place of escapes what they stand for; false: there were none. */
static bool
units_unescape(struct units *us)
{
	size_t n = 0, len;
	uint32_t cp;

	for (size_t i = 0; i < us->n; i += len) {
		len = read_escape(&us->v[i], us->n - i, &cp);
		if (len > 0 && us->v[i].c == '=') {
			us->may_be_mail = true;
			len = us->mail ? len : 0;
		}
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

/* What is known, and where it stands in a text. */

/* So many characters in a row tell a key; they make a number. */
#define PIECE	8
/* Text is looked at in parts, each with the end of the one before: what is
 * spaced out farther than that is no piece. */
#define PART	((size_t)16 << 10)
#define OVERLAP ((size_t)2 << 10)
/* Escapes within escapes. */
#define DEPTH	3

/* What ends a piece. */
#define END	'"'

/* All pieces of all keys, sorted, and a bit for each hash of one, since
 * hardly anything is a piece. */
static struct {
	uint64_t *v;
	size_t n, cap;
	unsigned char maybe[1 << 13];
} pieces;

/* The last characters of a kind. */
struct row {
	uint64_t last;
	uint32_t from[PIECE];
	size_t n;
};

/* Reads characters one by one, and strikes out what they come to. */
struct eye {
	char *text;
	struct row all, alnum; /* without blanks; without punctuation, too */
};

static size_t
maybe_at(uint64_t piece)
{
	return (size_t)(hash_mix(piece) >> 48);
}

static int
compare(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static bool
is_piece(uint64_t piece)
{
	size_t at = maybe_at(piece);

	return (pieces.maybe[at >> 3] & (1u << (at & 7))) != 0 &&
	    bsearch(&piece, pieces.v, pieces.n, sizeof(piece), compare) != NULL;
}

/* Those of a row of characters, from either end. */
static void
learn_row(const unsigned char *s, size_t n)
{
	for (size_t i = 0; i + PIECE <= n; i++) {
		uint64_t there = 0, back = 0;

		for (size_t k = 0; k < PIECE; k++) {
			there = there << 8 | s[i + k];
			back = back << 8 | s[i + PIECE - 1 - k];
		}
		if (pieces.n + 2 > pieces.cap) {
			pieces.cap = 2 * pieces.cap + 64;
			pieces.v = xreallocarray(
			    pieces.v, pieces.cap, sizeof(*pieces.v));
		}
		pieces.v[pieces.n++] = there;
		pieces.v[pieces.n++] = back;
	}
}

/* In order, each once. */
static void
sort_pieces(void)
{
	size_t n = 0;

	qsort(pieces.v, pieces.n, sizeof(*pieces.v), compare);
	for (size_t i = 0; i < pieces.n; i++) {
		size_t at = maybe_at(pieces.v[i]);

		pieces.maybe[at >> 3] |= (unsigned char)(1u << (at & 7));
		if (n == 0 || pieces.v[n - 1] != pieces.v[i])
			pieces.v[n++] = pieces.v[i];
	}
	pieces.n = n;
}

void
secret_learn(const char *key)
{
	size_t n = strlen(key), len = 0;
	unsigned char *s;

	if (n < PIECE)
		return;
	s = (unsigned char *)xstrdup(key);
	for (size_t i = 0; i < n; i++)
		s[i] = (unsigned char)tolower(s[i]);
	learn_row(s, n);
	for (size_t i = 0; i < n; i++)
		if (isalnum(s[i]))
			s[len++] = s[i];
	learn_row(s, len);
	explicit_bzero(s, n);
	free(s);
	sort_pieces();
}

extern char **environ;

void
secret_learn_environment(void)
{
	static const char ending[] = "_API_KEY=";
	const char *equals;

	for (char **v = environ; *v != NULL; v++) {
		equals = strchr(*v, '=');
		if (equals != NULL &&
		    (size_t)(equals + 1 - *v) > sizeof(ending) - 1 &&
		    memcmp(equals + 2 - sizeof(ending), ending,
			sizeof(ending) - 1) == 0)
			secret_learn(equals + 1);
	}
}

void
secret_forget(void)
{
	if (pieces.v != NULL)
		explicit_bzero(pieces.v, pieces.cap * sizeof(*pieces.v));
	free(pieces.v);
	memset(&pieces, 0, sizeof(pieces));
}

/* Looking */

/* An escape that the first of it ends goes as a whole, and what escapes it, too,
 * lest it escape a star.  Lines stay lines. */
static void
strike(char *text, size_t from, size_t to)
{
	for (size_t n = 2; n <= 5 && n <= from; n++)
		if (text[from - n] == '\\' && text[from - n + 1] == 'u')
			from -= n;
	while (from > 0 && text[from - 1] == '\\')
		from--;
	for (size_t i = from; i < to; i++)
		if (text[i] != '\n')
			text[i] = '*';
}

static void
row_add(struct row *r, char *text, const struct unit *u)
{
	r->last = r->last << 8 | (unsigned char)tolower(u->c);
	r->from[r->n++ % PIECE] = u->from;
	if (r->n >= PIECE && is_piece(r->last))
		strike(text, r->from[r->n % PIECE], u->to);
}

static void
look(struct eye *e, const struct unit *u)
{
	if (u->c == END) {
		e->all.n = e->alnum.n = 0;
		return;
	}
	if (u->c <= ' ')
		return;
	row_add(&e->all, e->text, u);
	if (isalnum(u->c))
		row_add(&e->alnum, e->text, u);
}

static void
look_plainly(char *text, const struct units *us)
{
	struct eye e = {.text = text};

	for (size_t i = 0; i < us->n; i++)
		look(&e, &us->v[i]);
}

/* Bytes by their two digits, whatever stands between them, the first skip
 * digits of each row left out. */
static void
look_at_hex(char *text, const struct units *us, size_t skip)
{
	struct eye e = {.text = text};
	struct unit byte = {0, 0, 0};
	const struct unit end = {END, 0, 0};
	size_t digits = 0;

	for (size_t i = 0; i < us->n; i++) {
		const struct unit *u = &us->v[i];
		int value = unit_hex(u->c);

		if (tolower(u->c) == 'x' && i > 0 && us->v[i - 1].c == '0') {
			digits--; /* 0x */
		} else if (value >= 0) {
			if (digits >= skip && (digits - skip) % 2 == 0)
				byte = (struct unit) {
				    (unsigned char)(value << 4), u->from, 0};
			else if (digits > skip)
				look(&e,
				    &(struct unit) {
					(unsigned char)(byte.c | value),
					byte.from, u->to});
			digits++;
		} else if (isalnum(u->c) ? tolower(u->c) != 'x' : u->c == END) {
			look(&e, &end);
			digits = 0;
		}
	}
}

static int
base64_value(unsigned char c)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *at;

	if (c == '-' || c == '_') /* as in URLs */
		c = c == '-' ? '+' : '/';
	at = c != '\0' ? strchr(digits, c) : NULL;
	return at != NULL ? (int)(at - digits) : -1;
}

/* Bytes of digits that hold six bits each, the first skip digits of each row
 * left out. */
static void
look_at_base64(char *text, const struct units *us, size_t skip)
{
	struct eye e = {.text = text};
	const struct unit end = {END, 0, 0};
	uint32_t bits = 0, from = 0;
	size_t digits = 0;

	for (size_t i = 0; i < us->n; i++) {
		const struct unit *u = &us->v[i];
		int value = base64_value(u->c);
		size_t place = (digits - skip) % 4;

		if (value >= 0) {
			bits = bits << 6 | (uint32_t)value;
			if (digits > skip && place > 0)
				look(&e,
				    &(struct unit) {(unsigned char)(bits >>
							(6 - 2 * place)),
					from, u->to});
			from = u->from;
			digits++;
		} else if (u->c > ' ') {
			look(&e, &end);
			digits = 0;
		}
	}
}

static void
hide_part(struct units *us, char *text, size_t n)
{
	units_read(us, text, n);
	for (int depth = 0; depth < DEPTH; depth++) {
		look_plainly(text, us);
		for (size_t skip = 0; skip < 2; skip++)
			look_at_hex(text, us, skip);
		for (size_t skip = 0; skip < 4; skip++)
			look_at_base64(text, us, skip);
		if (!units_unescape(us))
			break;
	}
}

void
secret_hide(char *text, size_t n)
{
	size_t room = n < PART ? n : PART, at = 0, len;
	struct units us;

	if (pieces.n == 0 || n < PIECE)
		return;
	us.v = xreallocarray(NULL, room, sizeof(*us.v));
	do {
		len = n - at < PART ? n - at : PART;
		us.mail = us.may_be_mail = false;
		hide_part(&us, text + at, len);
		/* What stands behind an equals sign need be no escape. */
		us.mail = us.may_be_mail;
		if (us.mail)
			hide_part(&us, text + at, len);
		at += len - OVERLAP;
	} while (len == PART);
	explicit_bzero(us.v, room * sizeof(*us.v));
	free(us.v);
}
