/* SPDX-License-Identifier: ISC */
/*
 * Accents, and NFC, which puts letters and their marks together.  The
 * functions return where the text goes on, or 0 with out as it was if this is
 * no accent.
 */
#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include "common/base/xalloc.h"
#include "common/text/detex_table.h"
#include "common/text/detex_text.h"

static size_t
letter(struct tex *t, size_t i, size_t end)
{
	utf8proc_int32_t cp;
	utf8proc_ssize_t len;
	utf8proc_category_t category;

	len = utf8proc_iterate((const utf8proc_uint8_t *)t->s + i,
	    (utf8proc_ssize_t)(end - i), &cp);
	if (len <= 0)
		return 0;
	category = utf8proc_category(cp);
	if (category < UTF8PROC_CATEGORY_LU || category > UTF8PROC_CATEGORY_LO)
		return 0;
	return tex_copy(t, i, i + (size_t)len);
}

/* The letter under an accent: plain, \i, or accented itself. */
static size_t
base(struct tex *t, size_t i, size_t end)
{
	size_t after;

	if (i >= end)
		return 0;
	if (t->s[i] != '\\')
		return letter(t, i, end);
	after = tex_word_end(t, i + 1, end);
	/* An accent sits on an i with or without dot just the same, and only
	 * the one with a dot has composed forms. */
	if (after == i + 2 && (t->s[i + 1] == 'i' || t->s[i + 1] == 'j')) {
		strbuf_addch(t->out, t->s[i + 1]);
		return tex_swallow_end(t, after, end);
	}
	return tex_accented(t, i, end);
}

/* NFC of what out holds from at on; negative where that is not UTF-8. */
utf8proc_ssize_t
tex_compose(const struct strbuf *out, size_t at, utf8proc_uint8_t **nfc)
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
composes(const struct tex *t, size_t at)
{
	utf8proc_uint8_t *nfc;
	utf8proc_ssize_t n;
	utf8proc_int32_t cp;
	bool one;

	n = tex_compose(t->out, at, &nfc);
	one = n > 0 && utf8proc_iterate(nfc, n, &cp) == n;
	free(nfc);
	return one;
}

/* Two letters under one mark: \t{oo}. */
static size_t
tied(struct tex *t, size_t i, size_t close, const char *mark)
{
	size_t next = letter(t, i, close);

	if (next == 0)
		return 0;
	strbuf_addstr(t->out, mark);
	return letter(t, next, close) == close ? close + 1 : 0;
}

static size_t
marked(struct tex *t, size_t i, size_t end, const char *mark, bool tie)
{
	size_t close, next, at = t->out->len;

	if ((close = tex_partner(t, i, end)) != 0) {
		if (tie)
			return tied(t, i + 1, close, mark);
		if (base(t, i + 1, close) != close)
			return 0;
		next = close + 1;
	} else if ((next = base(t, i, end)) == 0) {
		return 0;
	}
	strbuf_addstr(t->out, mark);
	/* Without braces it may be no TeX at all: \"quoted\". */
	return close != 0 || composes(t, at) ? next : 0;
}

/* \'e \'{e} \'\i \v{s} \v s, from the backslash at i. */
size_t
tex_accented(struct tex *t, size_t i, size_t end)
{
	const struct tex_word *w;
	const char *mark;
	size_t after, next = 0, at = t->out->len;

	if (i + 2 >= end || t->depth >= TEX_MAX_DEPTH)
		return 0;
	t->depth++;
	if ((mark = tex_accent(t->s[i + 1])) != NULL) {
		next = marked(t, i + 2, end, mark, false);
	} else {
		after = tex_word_end(t, i + 1, end);
		w = tex_word((struct slice) {t->s + i + 1, after - i - 1});
		if (w != NULL && w->kind == TEX_ACCENT) {
			if (after < end && t->s[after] == ' ')
				after++;
			next = marked(
			    t, after, end, w->text, strcmp(w->name, "t") == 0);
		}
	}
	t->depth--;
	if (next == 0)
		strbuf_setlen(t->out, at);
	return next;
}
