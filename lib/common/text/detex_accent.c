/* SPDX-License-Identifier: ISC */
/*
 * Accents, and NFC, which puts letters and their marks together.  The
 * functions return how far they read from i, or 0 if this is no accent.
 */
#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include "common/base/xalloc.h"
#include "common/text/detex_parts.h"

static size_t accented(struct strbuf *out, struct slice s, size_t i, int depth);

static size_t
word_end(struct slice s, size_t i)
{
	while (i < s.n && ascii_letter(s.p[i]))
		i++;
	return i;
}

static size_t
letter(struct strbuf *out, struct slice s, size_t i)
{
	utf8proc_int32_t cp;
	utf8proc_ssize_t len;
	utf8proc_category_t category;

	if (i >= s.n)
		return 0;
	len = utf8proc_iterate((const utf8proc_uint8_t *)s.p + i,
	    (utf8proc_ssize_t)(s.n - i), &cp);
	if (len <= 0)
		return 0;
	category = utf8proc_category(cp);
	if (category < UTF8PROC_CATEGORY_LU || category > UTF8PROC_CATEGORY_LO)
		return 0;
	strbuf_add(out, s.p + i, (size_t)len);
	return i + (size_t)len;
}

/* The letter under an accent: plain, \i, or accented itself. */
static size_t
base(struct strbuf *out, struct slice s, size_t i, int depth)
{
	size_t after;

	if (i >= s.n || s.p[i] != '\\')
		return letter(out, s, i);
	after = word_end(s, i + 1);
	/* An accent sits on an i with or without dot just the same, and only
	 * the one with a dot has composed forms. */
	if (after == i + 2 && (s.p[i + 1] == 'i' || s.p[i + 1] == 'j')) {
		strbuf_addch(out, s.p[i + 1]);
		if (after < s.n && s.p[after] == ' ')
			return after + 1;
		if (after + 1 < s.n && s.p[after] == '{' &&
		    s.p[after + 1] == '}')
			return after + 2;
		return after;
	}
	return accented(out, s, i, depth);
}

/* Normal form C, to be freed; negative if this is not UTF-8. */
static utf8proc_ssize_t
nfc_of(const struct strbuf *out, size_t at, utf8proc_uint8_t **nfc)
{
	utf8proc_ssize_t n;

	*nfc = NULL;
	n = utf8proc_map((const utf8proc_uint8_t *)out->s + at,
	    (utf8proc_ssize_t)(out->len - at), nfc,
	    UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	if (n == UTF8PROC_ERROR_NOMEM)
		xalloc_die();
	return n;
}

/* True if the base and mark that out holds from at on are one character. */
static bool
composes(const struct strbuf *out, size_t at)
{
	utf8proc_uint8_t *nfc;
	utf8proc_ssize_t n;
	utf8proc_int32_t cp;
	bool one;

	n = nfc_of(out, at, &nfc);
	one = n > 0 && utf8proc_iterate(nfc, n, &cp) == n;
	free(nfc);
	return one;
}

/* Two letters under one mark: \t{oo}. */
static size_t
tied(struct strbuf *out, struct slice s, size_t i, const char *mark)
{
	if (i >= s.n || s.p[i] != '{' || (i = letter(out, s, i + 1)) == 0)
		return 0;
	strbuf_addstr(out, mark);
	i = letter(out, s, i);
	return i != 0 && i < s.n && s.p[i] == '}' ? i + 1 : 0;
}

static size_t
marked(
    struct strbuf *out, struct slice s, size_t i, const char *mark, int depth)
{
	size_t at = out->len;

	if (i < s.n && s.p[i] == '{') {
		i = base(out, s, i + 1, depth);
		if (i == 0 || i >= s.n || s.p[i] != '}')
			return 0;
		strbuf_addstr(out, mark);
		return i + 1;
	}
	if ((i = base(out, s, i, depth)) == 0)
		return 0;
	strbuf_addstr(out, mark);
	/* Without braces it may be no TeX at all: \"quoted\". */
	return composes(out, at) ? i : 0;
}

static size_t
accented(struct strbuf *out, struct slice s, size_t i, int depth)
{
	const struct tex_word *w;
	const char *mark;
	size_t after;

	if (i + 2 >= s.n || depth >= TEX_MAX_DEPTH)
		return 0;
	if ((mark = tex_accent(s.p[i + 1])) != NULL) {
		for (after = i + 2; after < s.n && s.p[after] == ' ';)
			after++;
		return marked(out, s, after, mark, depth + 1);
	}
	after = word_end(s, i + 1);
	w = tex_word((struct slice) {s.p + i + 1, after - i - 1});
	if (w == NULL || w->kind != TEX_ACCENT)
		return 0;
	if (after < s.n && s.p[after] == ' ')
		after++;
	if (strcmp(w->name, "t") == 0)
		return tied(out, s, after, w->text);
	return marked(out, s, after, w->text, depth + 1);
}

size_t
tex_accented(struct strbuf *out, struct slice s)
{
	size_t at = out->len, used = accented(out, s, 0, 0);

	if (used == 0)
		strbuf_setlen(out, at);
	return used;
}

/* Characters that NFC leaves alone wherever they stand: most of what is not
 * ASCII in an abstract, mathematical letters too, which then needs no
 * normalization. */
static bool
is_nfc(utf8proc_int32_t cp)
{
	return cp < 0x300 || (cp >= 0x391 && cp <= 0x3ce) ||
	    (cp >= 0x400 && cp <= 0x45f) || (cp >= 0x2010 && cp <= 0x2120) ||
	    (cp >= 0x2190 && cp <= 0x2328) || (cp >= 0x4e00 && cp <= 0x9fff) ||
	    (cp >= 0x1d400 && cp <= 0x1d7ff);
}

void
tex_compose(struct strbuf *out, size_t at)
{
	const utf8proc_uint8_t *s = (utf8proc_uint8_t *)out->s + at;
	size_t n = out->len - at, i = 0;
	utf8proc_uint8_t *nfc;
	utf8proc_ssize_t len;
	utf8proc_int32_t cp = 0;

	while (i < n && is_nfc(cp)) {
		if (s[i] < 0x80) {
			i++;
			continue;
		}
		len = utf8proc_iterate(s + i, (utf8proc_ssize_t)(n - i), &cp);
		if (len <= 0)
			return;
		i += (size_t)len;
	}
	if (is_nfc(cp))
		return;
	len = nfc_of(out, at, &nfc);
	if (len >= 0) {
		strbuf_setlen(out, at);
		strbuf_add(out, nfc, (size_t)len);
	}
	free(nfc);
}
