/* SPDX-License-Identifier: ISC */
#include "common/words/words.h"

#include <ctype.h>
#include <stdlib.h>

#include <utf8proc.h>

#include "common/base/hash.h"
#include "common/base/utf8.h"
#include "common/base/xalloc.h"
#include "common/text/fold.h"

/* Bytes; no word of a language that is written with spaces is longer. */
#define WORD_MIN 2
#define WORD_MAX 64

uint64_t
word_mix(uint64_t x)
{
	x ^= x >> 33;
	x *= 0xff51afd7ed558ccdu;
	x ^= x >> 33;
	x *= 0xc4ceb9fe1a85ec53u;
	x ^= x >> 33;
	return x;
}

uint64_t
word_hash(struct slice s)
{
	return word_mix(hash_bytes(s.p, s.n));
}

uint64_t
word_pair(uint64_t a, uint64_t b)
{
	return word_mix(a * 31 + b);
}

void
tokens_init(struct tokens *t)
{
	*t = (struct tokens) {.text = STRBUF_INIT(STRBUF_MAX)};
}

void
tokens_release(struct tokens *t)
{
	free(t->v);
	strbuf_release(&t->text);
}

/* Folded text into t->text; nearly all abstracts take the short way. */
static void
fold_into(struct tokens *t, struct slice text)
{
	strbuf_reset(&t->text);
	if (!fold_is_plain(text)) {
		fold(&t->text, text, false);
		return;
	}
	strbuf_add(&t->text, text.p, text.n);
	for (size_t i = 0; i < t->text.len; i++)
		if (t->text.s[i] >= 'A' && t->text.s[i] <= 'Z')
			t->text.s[i] += 'a' - 'A';
}

/* The length of the letter or digit at s, 0 if it is neither. */
static size_t
word_char(const char *s, size_t n)
{
	unsigned char c = (unsigned char)*s;
	size_t len;

	if (c < 0x80)
		return isalnum(c) ? 1 : 0;
	switch (utf8proc_category((utf8proc_int32_t)utf8_decode(s, n, &len))) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_MC:
	case UTF8PROC_CATEGORY_ND:
		return len;
	default:
		return 0;
	}
}

static void
add_token(struct tokens *t, size_t at, size_t len, bool gap)
{
	t->v = xgrow(t->v, &t->cap, t->n + 1, sizeof(*t->v));
	t->v[t->n++] = (struct token) {
	    .at = at,
	    .len = len,
	    .hash = word_hash((struct slice) {t->text.s + at, len}),
	    .gap = gap,
	};
}

/* Past a TeX command ("\textbf", "\%"): its name says nothing of the paper,
 * its argument does. */
static size_t
skip_command(const char *s, size_t n)
{
	size_t i = 1;

	while (i < n && isalpha((unsigned char)s[i]))
		i++;
	return i > 1 || n < 2 ? i : 2;
}

/* A full stop within a word, as in cs.LG, does not. */
static bool
ends_sentence(const char *s, size_t n)
{
	if (*s == '.')
		return n == 1 || s[1] == ' ';
	return *s == ';' || *s == ':' || *s == '?' || *s == '!';
}

void
tokens_split(struct tokens *t, struct slice text)
{
	const char *s;
	size_t i = 0, n, len, start;
	bool gap = true;

	text.n = utf8_cut(text.p, text.n, TOKENS_TEXT_MAX);
	fold_into(t, text);
	s = t->text.s;
	n = t->text.len;
	t->n = 0;
	while (i < n) {
		if (s[i] == '\\') {
			i += skip_command(s + i, n - i);
			continue;
		}
		start = i;
		while (i < n && (len = word_char(s + i, n - i)) > 0)
			i += len;
		if (i == start) {
			gap |= ends_sentence(s + i, n - i);
			i++;
		} else if (i - start >= WORD_MIN && i - start <= WORD_MAX) {
			add_token(t, start, i - start, gap);
			gap = false;
		}
	}
}
