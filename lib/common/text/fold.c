/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include "common/base/utf8.h"
#include "common/base/xalloc.h"
#include "common/text/detex.h"
#include "common/text/fold.h"

/* Letters that Unicode does not decompose though people type them without
 * their stroke; in order of their code points. */
static const struct letter {
	uint32_t cp;
	const char *ascii;
} letters[] = {
    {0x00c6, "AE"},
    {0x00d0, "D"},
    {0x00d8, "O"},
    {0x00de, "Th"},
    {0x00df, "ss"},
    {0x00e6, "ae"},
    {0x00f0, "d"},
    {0x00f8, "o"},
    {0x00fe, "th"},
    {0x0110, "D"},
    {0x0111, "d"},
    {0x0126, "H"},
    {0x0127, "h"},
    {0x0131, "i"},
    {0x0141, "L"},
    {0x0142, "l"},
    {0x014a, "N"},
    {0x014b, "n"},
    {0x0152, "OE"},
    {0x0153, "oe"},
    {0x0166, "T"},
    {0x0167, "t"},
    {0x1e9e, "SS"},
};

static int
letter_cmp(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a;
	uint32_t y = ((const struct letter *)b)->cp;

	return (x > y) - (x < y);
}

static void
add_letters(struct strbuf *out, const char *s, size_t n)
{
	size_t len;

	for (; n > 0; s += len, n -= len) {
		uint32_t cp = utf8_decode(s, n, &len);
		const struct letter *l = NULL;

		if (cp >= 0x80)
			l = bsearch(&cp, letters,
			    sizeof(letters) / sizeof(letters[0]),
			    sizeof(letters[0]), letter_cmp);
		if (l != NULL)
			strbuf_addstr(out, l->ascii);
		else
			strbuf_add(out, s, len);
	}
}

/* What plain ASCII does not need: TeX, decomposition, marks. */
static void
fold_hard(struct strbuf *out, struct slice piece, bool keep_case)
{
	struct strbuf text = STRBUF_INIT(STRBUF_MAX);
	utf8proc_uint8_t *mapped = NULL;
	utf8proc_ssize_t n;
	utf8proc_option_t how = UTF8PROC_STABLE | UTF8PROC_DECOMPOSE |
	    UTF8PROC_COMPAT | UTF8PROC_STRIPMARK | UTF8PROC_IGNORE |
	    UTF8PROC_LUMP;

	if (!keep_case)
		how |= UTF8PROC_CASEFOLD;
	detex(&text, piece);
	n = utf8proc_map((const utf8proc_uint8_t *)text.s,
	    (utf8proc_ssize_t)text.len, &mapped, how);
	if (n == UTF8PROC_ERROR_NOMEM)
		xalloc_die();
	if (n < 0) /* not UTF-8: nothing to fold */
		strbuf_addslice(out, strbuf_slice(&text));
	else
		add_letters(out, (const char *)mapped, (size_t)n);
	free(mapped);
	strbuf_release(&text);
}

/* Blocks of this size are looked at as a whole: with a fixed count and no way
 * out, the compiler makes the loop a few vector instructions. */
#define BLOCK 32

static bool
is_odd(char c)
{
	return (c & 0x80) != 0 || c == '\\' || c == '$';
}

/* The first byte from pos on that is not plain; text.n if there is none. */
static size_t
find_odd(struct slice text, size_t pos)
{
	for (; text.n - pos >= BLOCK; pos += BLOCK) {
		unsigned char odd = 0;

		for (size_t i = 0; i < BLOCK; i++)
			odd |= is_odd(text.p[pos + i]);
		if (odd)
			break;
	}
	while (pos < text.n && !is_odd(text.p[pos]))
		pos++;
	return pos;
}

bool
fold_is_plain(struct slice text)
{
	return find_odd(text, 0) == text.n;
}

/* True if the bytes before end are a control word ("\o"), which swallows the
 * blank after it. */
static bool
ends_in_control_word(const char *s, size_t start, size_t end)
{
	size_t i = end;

	while (i > start && ascii_letter(s[i - 1]))
		i--;
	return i < end && i > start && s[i - 1] == '\\';
}

/* The end of the run of blanks, or of other bytes, that begins at pos. */
static size_t
word_end(struct slice text, size_t pos)
{
	bool blank = text.p[pos] == ' ';

	while (pos < text.n && (text.p[pos] == ' ') == blank)
		pos++;
	return pos;
}

/* The last byte of what \x stands for at i: an escaped brace or dollar is
 * none, an accent may have blanks after it, \( .. \) is a formula. */
static size_t
escape_end(struct slice text, size_t i, bool *math)
{
	char c = text.p[++i];

	if (c == '(' || c == '[')
		*math = true;
	else if (c == ')' || c == ']')
		*math = false;
	else if (c != '\0' && strchr("'`^\"~=.", c) != NULL)
		while (i + 1 < text.n && text.p[i + 1] == ' ')
			i++;
	return i;
}

size_t
fold_piece(struct slice text, size_t pos)
{
	const char *s = text.p;
	size_t i = word_end(text, pos);
	int depth = 0;
	bool math = false;

	if (fold_is_plain((struct slice) {s + pos, i - pos}))
		return i;
	for (i = pos; i < text.n; i++) {
		if (s[i] == '\\' && i + 1 < text.n && !ascii_letter(s[i + 1]))
			i = escape_end(text, i, &math);
		else if (s[i] == '{')
			depth++;
		else if (s[i] == '}')
			depth -= depth > 0;
		else if (s[i] == '$')
			math = !math;
		else if (s[i] == ' ' && depth == 0 && !math &&
		    !ends_in_control_word(s, pos, i))
			break;
	}
	return i;
}

static void
add_plain(struct strbuf *out, struct slice text, bool keep_case)
{
	size_t start = out->len;

	strbuf_addslice(out, text);
	for (size_t i = start; !keep_case && i < out->len; i++)
		if (out->s[i] >= 'A' && out->s[i] <= 'Z')
			out->s[i] += 'a' - 'A';
}

void
fold(struct strbuf *out, struct slice text, bool keep_case)
{
	size_t pos = 0;

	while (pos < text.n) {
		size_t end, start = find_odd(text, pos);

		/* Back to the start of the word with the odd byte in it. */
		if (start < text.n)
			while (start > pos && text.p[start - 1] != ' ')
				start--;
		add_plain(
		    out, (struct slice) {text.p + pos, start - pos}, keep_case);
		if (start == text.n)
			return;
		end = fold_piece(text, start);
		fold_hard(out, (struct slice) {text.p + start, end - start},
		    keep_case);
		pos = end;
	}
}
