/* SPDX-License-Identifier: ISC */
#include "common/text/detex.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include "common/base/xalloc.h"
#include "common/text/detex_math.h"
#include "common/text/detex_table.h"
#include "common/text/detex_text.h"

#define MAX_RAISED 64

/* Appends the text from i up to end. */
static void text(struct tex *t, size_t i, size_t end);

/* Finds the pairs of braces, so that no search for a partner is repeated. */
static void
match_braces(struct tex *t)
{
	size_t *stack, *above, n = 0, depth = 0;

	for (size_t i = 0; i < t->n; i++)
		n += t->s[i] == '{';
	if (n == 0)
		return;
	t->braces = xreallocarray(NULL, n, sizeof(*t->braces));
	stack = xreallocarray(NULL, n, sizeof(*stack));
	for (size_t i = 0; i < t->n; i++) {
		if (t->s[i] == '\\') {
			i++;
		} else if (t->s[i] == '{') {
			t->braces[t->nbraces] = (struct brace) {i, 0};
			stack[depth++] = t->nbraces++;
		} else if (t->s[i] == '}' && depth > 0) {
			above = &stack[--depth];
			t->braces[*above].close = i;
		}
	}
	free(stack);
}

static int
compare_brace(const void *key, const void *member)
{
	const size_t *open = key;
	const struct brace *b = member;

	return (*open > b->open) - (*open < b->open);
}

size_t
tex_partner(const struct tex *t, size_t open, size_t end)
{
	const struct brace *b;

	if (open >= end || t->s[open] != '{' || t->nbraces == 0)
		return 0;
	b = bsearch(
	    &open, t->braces, t->nbraces, sizeof(*t->braces), compare_brace);
	return b != NULL && b->close < end ? b->close : 0;
}

size_t
tex_copy(struct tex *t, size_t from, size_t to)
{
	strbuf_add(t->out, t->s + from, to - from);
	return to;
}

size_t
tex_word_end(const struct tex *t, size_t i, size_t end)
{
	while (i < end && isalpha((unsigned char)t->s[i]))
		i++;
	return i;
}

size_t
tex_swallow_end(const struct tex *t, size_t i, size_t end)
{
	if (i < end && t->s[i] == ' ')
		return i + 1;
	if (i + 1 < end && t->s[i] == '{' && t->s[i + 1] == '}')
		return i + 2;
	return i;
}

/*
 * Control sequences, from the backslash at i.  All of them append what they
 * stand for, or themselves, and return where the text goes on.
 */

static bool
enter(struct tex *t, size_t open, size_t close)
{
	if (close == 0 || t->depth >= TEX_MAX_DEPTH)
		return false;
	t->depth++;
	text(t, open + 1, close);
	t->depth--;
	return true;
}

static size_t
raised(struct tex *t, size_t i, size_t open, size_t end, bool up)
{
	size_t at = t->out->len, close = tex_partner(t, open, end);

	/* Long ones have no such form and would be copied at every level. */
	if (close == 0 || close - open > MAX_RAISED)
		return tex_copy(t, i, open);
	tex_copy(t, open + 1, close);
	if (up ? detex_raise(t->out, at) : detex_lower(t->out, at))
		return close + 1;
	return tex_copy(t, i, open);
}

/* \href{address}{text}: the text, and the address for those who cannot
 * click. */
static size_t
link_to(struct tex *t, size_t i, size_t open, size_t end)
{
	size_t close = tex_partner(t, open, end), text_close, n, at;

	text_close = close == 0 ? 0 : tex_partner(t, close + 1, end);
	at = t->out->len;
	if (text_close == 0 || !enter(t, close + 1, text_close))
		return tex_copy(t, i, open);
	n = close - open - 1;
	if (t->out->len - at != n ||
	    memcmp(t->out->s + at, t->s + open + 1, n) != 0) {
		strbuf_addstr(t->out, " (");
		tex_copy(t, open + 1, close);
		strbuf_addch(t->out, ')');
	}
	return text_close + 1;
}

static size_t
control_word(struct tex *t, size_t i, size_t end)
{
	size_t after = tex_word_end(t, i + 1, end), close, next;
	const struct tex_word *w =
	    tex_word((struct slice) {t->s + i + 1, after - i - 1});

	if (w == NULL)
		return tex_copy(t, i, after);
	switch (w->kind) {
	case TEX_ACCENT:
		next = tex_accented(t, i, end);
		return next != 0 ? next : tex_copy(t, i, after);
	case TEX_RELATION:
		/* \to, \in, \le may be parts of a path. */
		if (after - i - 1 < 3)
			return tex_copy(t, i, after);
		strbuf_addstr(t->out, w->text);
		return after;
	case TEX_SYMBOL:
		strbuf_addstr(t->out, w->text);
		/* A blank after a sign is more often meant than not. */
		return after < end && t->s[after] == '{'
		    ? tex_swallow_end(t, after, end)
		    : after;
	case TEX_LETTER:
		strbuf_addstr(t->out, w->text);
		return tex_swallow_end(t, after, end);
	case TEX_STYLE:
		close = tex_partner(t, after, end);
		return enter(t, after, close) ? close + 1
					      : tex_copy(t, i, after);
	case TEX_SUPER:
		return raised(t, i, after, end, true);
	case TEX_SUB:
		return raised(t, i, after, end, false);
	case TEX_URL:
		close = tex_partner(t, after, end);
		if (close == 0)
			return tex_copy(t, i, after);
		tex_copy(t, after + 1, close);
		return close + 1;
	case TEX_LINK:
		return link_to(t, i, after, end);
	default:
		return tex_copy(t, i, after);
	}
}

static size_t
formula(struct tex *t, size_t i, size_t from, size_t to, size_t after)
{
	if (detex_math(t->out, (struct slice) {t->s + from, to - from}))
		return after;
	return tex_copy(t, i, after);
}

/* \( .. \) */
static size_t
parenthesized(struct tex *t, size_t i, size_t end)
{
	const char *close;
	size_t to;

	close = end <= t->no_paren
	    ? NULL
	    : memmem(t->s + i + 2, end - i - 2, "\\)", 2);
	if (close == NULL) {
		if (t->no_paren < end)
			t->no_paren = end;
		return tex_copy(t, i, i + 2);
	}
	to = (size_t)(close - t->s);
	return formula(t, i, i + 2, to, to + 2);
}

static size_t
control(struct tex *t, size_t i, size_t end)
{
	size_t next;
	char c;

	if (i + 1 == end)
		return tex_copy(t, i, end);
	c = t->s[i + 1];
	if (isalpha((unsigned char)c))
		return control_word(t, i, end);
	if (c == '(')
		return parenthesized(t, i, end);
	if ((next = tex_accented(t, i, end)) != 0)
		return next;
	if (c != '\0' && strchr("%&_#${}", c) != NULL)
		strbuf_addch(t->out, c);
	else if (c == ' ' || c == ',' || c == ';')
		strbuf_addch(t->out, ' ');
	else if (c != '-' && c != '/' && c != '@')
		return tex_copy(t, i, i + 2);
	return i + 2;
}

/* {\"o}, {\ss}, {\bf text}: the braces are TeX's; others may be the
 * author's. */
static size_t
group(struct tex *t, size_t i, size_t end)
{
	size_t close = tex_partner(t, i, end), after, at = t->out->len;
	const struct tex_word *w;

	if (close == 0 || t->s[i + 1] != '\\')
		return tex_copy(t, i, i + 1);
	if (tex_accented(t, i + 1, close) == close)
		return close + 1;
	strbuf_setlen(t->out, at);
	after = tex_word_end(t, i + 2, close);
	w = tex_word((struct slice) {t->s + i + 2, after - i - 2});
	if (w != NULL && (w->kind == TEX_LETTER || w->kind == TEX_SYMBOL) &&
	    after == close) {
		strbuf_addstr(t->out, w->text);
		return close + 1;
	}
	if (w != NULL && w->kind == TEX_SWITCH && after < close &&
	    t->s[after] == ' ' && enter(t, after, close))
		return close + 1;
	return tex_copy(t, i, i + 1);
}

/* Blanks inside the dollars, or a digit after them, are prices. */
static size_t
dollar(struct tex *t, size_t i, size_t end)
{
	size_t to = i + 1;

	if (to < end && t->s[to] == '$')
		return tex_copy(t, i, i + 2);
	while (to < end && t->s[to] != '$')
		to += t->s[to] == '\\' ? 2 : 1;
	if (to >= end || t->s[i + 1] == ' ' || t->s[to - 1] == ' ' ||
	    (to + 1 < end && isdigit((unsigned char)t->s[to + 1])))
		return tex_copy(t, i, i + 1);
	return formula(t, i, i + 1, to, to + 1);
}

static size_t
run_of(const struct tex *t, size_t i, size_t end)
{
	size_t j = i;

	while (j < end && t->s[j] == t->s[i])
		j++;
	return j - i;
}

/* -- and ---, but not the option --help nor a line of them. */
static size_t
dashes(struct tex *t, size_t i, size_t end)
{
	size_t n = run_of(t, i, end), after = i + n;
	bool before_blank = after == end || t->s[after] == ' ';
	bool after_blank = i == 0 || t->s[i - 1] == ' ';

	if (n == 3)
		strbuf_addstr(t->out, "\u2014");
	else if (n == 2 && (before_blank || !after_blank))
		strbuf_addstr(t->out, "\u2013");
	else
		return tex_copy(t, i, after);
	return after;
}

/* True if '' stands after i.  One search for the last of them answers for
 * every `` of the text. */
static bool
quote_ends_after(struct tex *t, size_t i)
{
	size_t at = t->n;

	if (!t->looked) {
		while (
		    at >= 2 && (t->s[at - 1] != '\'' || t->s[at - 2] != '\''))
			at--;
		t->last_quotes = at >= 2 ? at - 2 : 0;
		t->looked = true;
	}
	return t->last_quotes > i;
}

static size_t
quotes(struct tex *t, size_t i, size_t end)
{
	size_t n = run_of(t, i, end), after = i + n;

	if (n == 2 && t->s[i] == '`' && !t->quoted && after < end &&
	    t->s[after] != ' ' && quote_ends_after(t, i)) {
		t->quoted = true;
		strbuf_addstr(t->out, "\u201c");
	} else if (n == 2 && t->s[i] == '\'' && t->quoted) {
		t->quoted = false;
		strbuf_addstr(t->out, "\u201d");
	} else {
		tex_copy(t, i, after);
	}
	return after;
}

static const char special[256] = {
    ['\\'] = 1, ['{'] = 1, ['$'] = 1, ['`'] = 1, ['\''] = 1, ['-'] = 1};

static void
text(struct tex *t, size_t i, size_t end)
{
	size_t from;

	while (i < end) {
		for (from = i; i < end && !special[(unsigned char)t->s[i]];)
			i++;
		tex_copy(t, from, i);
		if (i == end)
			break;
		switch (t->s[i]) {
		case '\\':
			i = control(t, i, end);
			break;
		case '{':
			i = group(t, i, end);
			break;
		case '$':
			i = dollar(t, i, end);
			break;
		case '-':
			i = dashes(t, i, end);
			break;
		default:
			i = quotes(t, i, end);
			break;
		}
	}
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

static void
normalize(struct strbuf *out, size_t start)
{
	const utf8proc_uint8_t *s = (utf8proc_uint8_t *)out->s + start;
	size_t n = out->len - start, i = 0;
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
	len = tex_compose(out, start, &nfc);
	if (len >= 0) {
		strbuf_setlen(out, start);
		strbuf_add(out, nfc, (size_t)len);
	}
	free(nfc);
}

void
detex(struct strbuf *out, struct slice text_in)
{
	struct tex t = {
	    .s = text_in.p,
	    .n = text_in.n,
	    .out = out,
	};
	size_t start = out->len;

	match_braces(&t);
	text(&t, 0, t.n);
	free(t.braces);
	normalize(out, start);
}
