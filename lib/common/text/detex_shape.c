/* SPDX-License-Identifier: ISC */
/*
 * What stands at the end of a buffer is given another form in place: raised,
 * marked, made a fraction.  The new form is appended and then moved down over
 * the old one, so that nothing is allocated but the buffer itself.
 */
#include <string.h>

#include "common/base/utf8.h"
#include "common/text/detex_parts.h"

/* No one raises, lowers or marks more than that. */
#define MAX_SHIFTED 64
#define MAX_MARKED  8

/* What a short text is made of. */
enum {
	LATIN = 1,
	GREEK = 2,
	DIGIT = 4,
	OTHER = 8,
	PARENS = 16, /* has some */
	SCRIPTS = 32 /* has some of its own */
};

struct makeup {
	unsigned kinds;
	size_t things; /* that have marks and scripts, but are none */
};

static const struct range {
	uint32_t first, last;
	unsigned kind; /* 0: goes with what stands before it */
} ranges[] = {
    {'0', '9', DIGIT},
    {'A', 'Z', LATIN},
    {'^', '_', SCRIPTS},
    {'a', 'z', LATIN},
    {0xb0, 0xb0, 0},
    {0xb2, 0xb3, SCRIPTS},
    {0xb9, 0xb9, SCRIPTS},
    {0xbc, 0xbe, DIGIT},
    {0xc0, 0xd6, LATIN},
    {0xd8, 0xf6, LATIN},
    {0xf8, 0x2af, LATIN},
    {0x2b0, 0x2e4, SCRIPTS},
    {0x2e5, 0x36f, 0},
    {0x370, 0x3ff, GREEK},
    {0x400, 0x52f, LATIN},
    {0x1d2c, 0x1d6a, SCRIPTS},
    {0x1d9c, 0x1dbf, SCRIPTS},
    {0x1dc0, 0x1dff, 0},
    {0x1e00, 0x1eff, LATIN},
    {0x1f00, 0x1fff, GREEK},
    {0x2032, 0x2037, 0},
    {0x2070, 0x209c, SCRIPTS},
    {0x20d0, 0x20ff, 0},
    {0x2100, 0x214f, LATIN},
    {0x2150, 0x215e, DIGIT},
    {0x2202, 0x2202, GREEK},
    {0x2207, 0x2207, GREEK},
    {0x221a, 0x221c, 0},
    {0x2c7c, 0x2c7d, SCRIPTS},
    {0x1d400, 0x1d7ff, LATIN},
};

static unsigned
kind_of(uint32_t cp)
{
	size_t low = 0, high = sizeof(ranges) / sizeof(ranges[0]), mid;

	while (low < high) {
		mid = (low + high) / 2;
		if (cp > ranges[mid].last)
			low = mid + 1;
		else
			high = mid;
	}
	return low < sizeof(ranges) / sizeof(ranges[0]) &&
		cp >= ranges[low].first
	    ? ranges[low].kind
	    : OTHER;
}

static bool
opens(uint32_t cp)
{
	return cp == '(' || cp == '[' || cp == '{';
}

static bool
closes(uint32_t cp)
{
	return cp == ')' || cp == ']' || cp == '}';
}

static struct makeup
makeup_of(struct slice s)
{
	struct makeup m = {0, 0};
	size_t len, depth = 0;
	unsigned kind;
	uint32_t cp;

	for (; s.n > 0; s.p += len, s.n -= len) {
		cp = utf8_decode(s.p, s.n, &len);
		if (opens(cp) && depth++ == 0) {
			/* f(x) is one thing, and so is (a + b). */
			m.things += m.things == 0;
			m.kinds |= PARENS;
		}
		kind = kind_of(cp);
		if (depth == 0) {
			m.kinds |= kind;
			m.things += kind != 0 && kind != SCRIPTS;
		}
		if (closes(cp) && depth > 0)
			depth--;
	}
	if (depth > 0)
		m.kinds |= OTHER;
	return m;
}

static bool
is_one_kind(unsigned kinds)
{
	return (kinds & (kinds - 1)) == 0 && kinds != OTHER;
}

bool
tex_is_wordlike(struct slice s)
{
	size_t len;

	return s.n > 0 &&
	    (kind_of(utf8_decode(s.p, s.n, &len)) & (LATIN | GREEK | DIGIT)) !=
	    0;
}

static struct slice
tail(const struct strbuf *out, size_t at)
{
	return (struct slice) {out->s + at, out->len - at};
}

/* Appends what stands at byte i; the buffer must not move meanwhile. */
static void
repeat(struct strbuf *out, size_t i, size_t n)
{
	if (strbuf_grow(out, n))
		strbuf_add(out, out->s + i, n);
}

/* What stands from byte from on takes the place of what stands before it,
 * down to at. */
static void
move_down(struct strbuf *out, size_t at, size_t from)
{
	if (out->overflow)
		return;
	memmove(out->s + at, out->s + from, out->len - from);
	strbuf_setlen(out, out->len - (from - at));
}

static void
insert(struct strbuf *out, size_t at, const char *text)
{
	size_t n = strlen(text), len = out->len;

	strbuf_addstr(out, text);
	if (out->overflow)
		return;
	memmove(out->s + at + n, out->s + at, len - at);
	memcpy(out->s + at, text, n);
}

static void
parenthesize(struct strbuf *out, size_t at)
{
	insert(out, at, "(");
	strbuf_addch(out, ')');
}

/* True if the blank at byte i is more than the spacing of a sign. */
static bool
parts_words(const struct strbuf *out, size_t at, size_t i, size_t end)
{
	return i > at && i + 1 < end && ascii_alnum(out->s[i - 1]) &&
	    ascii_alnum(out->s[i + 1]);
}

/* Every character in its raised or lowered form. */
static bool
shift(struct strbuf *out, size_t at, const char *(*form)(uint32_t))
{
	const char *shifted;
	size_t end = out->len, len;
	uint32_t cp;

	if (end - at > MAX_SHIFTED)
		return false;
	for (size_t i = at; i < end; i += len) {
		cp = utf8_decode(out->s + i, end - i, &len);
		if (cp == ' ' && !parts_words(out, at, i, end))
			continue;
		if ((shifted = form(cp)) == NULL) {
			strbuf_setlen(out, end);
			return false;
		}
		strbuf_addstr(out, shifted);
	}
	move_down(out, at, end);
	return true;
}

bool
tex_script(struct strbuf *out, size_t at, bool up)
{
	struct makeup m;
	size_t first = at;
	bool enclosed;

	while (out->len > at && out->s[out->len - 1] == ' ')
		strbuf_setlen(out, out->len - 1);
	while (first < out->len && out->s[first] == ' ')
		first++;
	move_down(out, at, first);
	if (out->len == at ||
	    shift(out, at, up ? tex_superscript : tex_subscript))
		return false;
	m = makeup_of(tail(out, at));
	enclosed =
	    m.kinds == PARENS && closes((unsigned char)out->s[out->len - 1]);
	if (!enclosed &&
	    ((m.kinds & (PARENS | SCRIPTS)) != 0 ||
		(m.things != 1 && !is_one_kind(m.kinds)))) {
		parenthesize(out, at);
		enclosed = true;
	}
	insert(out, at, up ? "^" : "_");
	return !enclosed && (m.kinds & (LATIN | GREEK | DIGIT)) != 0;
}

bool
tex_mark(struct strbuf *out, size_t at, const char *mark)
{
	struct makeup m = makeup_of(tail(out, at));
	size_t end = out->len, len;
	uint32_t cp;
	bool marked = false, script = false;

	if (m.things == 0 || m.things > MAX_MARKED ||
	    (m.kinds & (OTHER | PARENS)) != 0)
		return false;
	for (size_t i = at; i < end; i += len) {
		cp = utf8_decode(out->s + i, end - i, &len);
		/* An accent sits on an i with or without dot just the same,
		 * and only the one with a dot has composed forms. */
		if (cp == 0x131 || cp == 0x237)
			strbuf_addch(out, cp == 0x131 ? 'i' : 'j');
		else
			repeat(out, i, len);
		script = script || cp == '^' || cp == '_';
		if (!script && (kind_of(cp) & (LATIN | GREEK | DIGIT)) != 0) {
			strbuf_addstr(out, mark);
			marked = true;
		}
	}
	if (marked)
		move_down(out, at, end);
	else
		strbuf_setlen(out, end);
	return marked;
}

void
tex_alphabet(struct strbuf *out, size_t at, enum tex_kind alphabet)
{
	size_t end = out->len, len;
	uint32_t cp;

	for (size_t i = at; i < end; i += len) {
		cp = utf8_decode(out->s + i, end - i, &len);
		if (len == 1 && cp < 0x80)
			utf8_add(out, tex_letter_of(alphabet, cp));
		else
			repeat(out, i, len);
	}
	move_down(out, at, end);
}

/* True if a letter, a digit or a script of one ends at byte at. */
static bool
is_thing_before(const struct strbuf *out, size_t at)
{
	size_t i = at - 1;

	while (i > 0 && ((unsigned char)out->s[i] & 0xc0) == 0x80)
		i--;
	return tex_is_wordlike((struct slice) {out->s + i, at - i}) ||
	    (unsigned char)out->s[i] >= 0x80;
}

void
tex_fraction(struct strbuf *out, size_t at, size_t middle)
{
	struct makeup above, below = makeup_of(tail(out, middle));
	const char *vulgar;

	above = makeup_of((struct slice) {out->s + at, middle - at});
	if ((below.kinds & OTHER) != 0 ||
	    (!is_one_kind(below.kinds & ~(SCRIPTS | PARENS)) &&
		below.things != 1))
		parenthesize(out, middle);
	insert(out, middle, "/");
	if ((above.kinds & OTHER) != 0 && above.things != 1) {
		insert(out, middle, ")");
		insert(out, at, "(");
	}
	if ((vulgar = tex_vulgar_fraction(tail(out, at))) != NULL) {
		strbuf_setlen(out, at);
		strbuf_addstr(out, vulgar);
	} else if (at > 0 && is_thing_before(out, at)) {
		insert(out, at, " "); /* 2 a/b, but 2½ */
	}
}

void
tex_root(struct strbuf *out, size_t at, const char *sign)
{
	struct makeup m = makeup_of(tail(out, at));

	if (m.kinds != PARENS && m.kinds != DIGIT &&
	    (m.things != 1 || (m.kinds & (PARENS | SCRIPTS)) != 0))
		parenthesize(out, at);
	insert(out, at, sign);
}

/*
 * Chemistry
 */

static const struct {
	const char *typed, *text;
} arrows[] = {
    {"<=>", "\u21cc"},
    {"<->", "\u2194"},
    {"->", "\u2192"},
};

/* A script after ^ or _: {..}, or digits and charges. */
static size_t
chemical_script(struct strbuf *out, struct slice s, size_t i)
{
	bool up = s.p[i++] == '^';
	size_t at = out->len, end = i;
	const char *close;

	if (i < s.n && s.p[i] == '{' &&
	    (close = memchr(s.p + i, '}', s.n - i)) != NULL) {
		end = (size_t)(close - s.p);
		strbuf_add(out, s.p + i + 1, end - i - 1);
		end++;
	} else {
		while (end < s.n && strchr("0123456789+-", s.p[end]) != NULL &&
		    s.p[end] != '\0')
			end++;
		end += end == i && i < s.n;
		strbuf_add(out, s.p + i, end - i);
	}
	tex_script(out, at, up);
	return end;
}

/* The digits after a symbol, or a charge at the end of one. */
static size_t
chemical_count(struct strbuf *out, struct slice s, size_t i)
{
	size_t at = out->len, end = i;

	if (!ascii_digit(s.p[i])) {
		strbuf_addch(out, s.p[i]);
		tex_script(out, at, true);
		return i + 1;
	}
	while (end < s.n && ascii_digit(s.p[end]))
		end++;
	strbuf_add(out, s.p + i, end - i);
	if (end == s.n || s.p[end] != '.')
		tex_script(out, at, false);
	return end;
}

static bool
is_count(struct slice s, size_t i)
{
	bool after_symbol = i > 0 && s.p[i - 1] != ' ' && s.p[i - 1] != '.' &&
	    s.p[i - 1] != '-' && !ascii_digit(s.p[i - 1]);

	if (ascii_digit(s.p[i]))
		return after_symbol;
	return (s.p[i] == '+' || s.p[i] == '-') && i > 0 && s.p[i - 1] != ' ' &&
	    (i + 1 == s.n || s.p[i + 1] == ' ');
}

void
tex_chemistry(struct strbuf *out, struct slice s)
{
	size_t i = 0, n, k;

	while (i < s.n) {
		for (k = 0; k < sizeof(arrows) / sizeof(arrows[0]); k++) {
			n = strlen(arrows[k].typed);
			if (n <= s.n - i &&
			    memcmp(s.p + i, arrows[k].typed, n) == 0)
				break;
		}
		if (k < sizeof(arrows) / sizeof(arrows[0])) {
			strbuf_addstr(out, arrows[k].text);
			i += n;
		} else if (s.p[i] == '^' || s.p[i] == '_') {
			i = chemical_script(out, s, i);
		} else if (is_count(s, i)) {
			i = chemical_count(out, s, i);
		} else if (s.p[i] == '{' || s.p[i] == '}') {
			i++;
		} else {
			strbuf_addch(out, s.p[i++]);
		}
	}
}
