/* SPDX-License-Identifier: ISC */
/*
 * The text as it is walked over: what is TeX in it is read, by the other files
 * of detex where it is an accent or a formula, and all the rest is copied.
 */
#include "common/base/compat.h"
#include "common/text/detex.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/xalloc.h"
#include "common/text/detex_parts.h"

/* An option is looked for no further than that. */
#define LOOK	    128
/* Any number of words is a formula's where what encloses it is no money. */
#define ANY_WORDS   1000
/* An abstract has no longer formulas. */
#define MAX_DISPLAY 2048

struct brace {
	size_t open, close;
};

struct tex {
	const char *s;
	size_t n;
	struct strbuf *out;
	struct brace *braces; /* pairs, in order of their opening */
	size_t nbraces;
	size_t last_quotes; /* where the last '' stands, once looked for */
	bool looked;
	bool quoted; /* within `` '' */
	bool escapes; /* has \" that are no accents but quotation marks */
	bool keep; /* formulas are not read */
	size_t no_close[3]; /* up to here is none of these: \) \] $$ */
	int depth;
};

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

/* The partner of the brace at open if it stands before end, else 0. */
static size_t
partner(const struct tex *t, size_t open, size_t end)
{
	const struct brace *b;

	if (open >= end || t->s[open] != '{' || t->nbraces == 0)
		return 0;
	b = bsearch(
	    &open, t->braces, t->nbraces, sizeof(*t->braces), compare_brace);
	return b != NULL && b->close < end ? b->close : 0;
}

static struct slice
part(const struct tex *t, size_t from, size_t to)
{
	return (struct slice) {t->s + from, to - from};
}

static size_t
copy(struct tex *t, size_t from, size_t to)
{
	strbuf_add(t->out, t->s + from, to - from);
	return to;
}

static size_t
word_end(const struct tex *t, size_t i, size_t end)
{
	while (i < end && ascii_letter(t->s[i]))
		i++;
	return i;
}

/* What ends a control word: one blank, or {}. */
static size_t
swallow_end(const struct tex *t, size_t i, size_t end)
{
	if (i < end && t->s[i] == ' ')
		return i + 1;
	if (i + 1 < end && t->s[i] == '{' && t->s[i + 1] == '}')
		return i + 2;
	return i;
}

static size_t
run_of(const struct tex *t, size_t i, size_t end)
{
	size_t j = i;

	while (j < end && t->s[j] == t->s[i])
		j++;
	return j - i;
}

/* A letter that follows must not seem to belong to an index. */
static void
open_end(struct tex *t, enum tex_reading r, size_t i, size_t end)
{
	if (r == TEX_READ_OPEN && i < end && tex_is_wordlike(part(t, i, end)))
		strbuf_addch(t->out, ' ');
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

/* Where the argument after * and [..] begins. */
static size_t
skip_options(const struct tex *t, size_t i, size_t end)
{
	const char *close;
	size_t n;

	if (i < end && t->s[i] == '*')
		i++;
	while (i < end && t->s[i] == '[') {
		n = end - i < LOOK ? end - i : LOOK;
		close = memchr(t->s + i, ']', n);
		if (close == NULL)
			break;
		i = (size_t)(close - t->s) + 1;
	}
	return i + 1 < end && t->s[i] == ' ' && t->s[i + 1] == '{' ? i + 1 : i;
}

/* The macro's text with its arguments in their places. */
static size_t
macro(struct tex *t, const char *form, size_t i, size_t after, size_t end)
{
	struct brace arg[9];
	unsigned n = tex_arguments(form);
	size_t next = after;

	if (t->depth >= TEX_MAX_DEPTH)
		return copy(t, i, after);
	for (unsigned k = 0; k < n; k++) {
		arg[k].open = skip_options(t, next, end);
		arg[k].close = partner(t, arg[k].open, end);
		if (arg[k].close == 0)
			return copy(t, i, after);
		next = arg[k].close + 1;
	}
	for (; *form != '\0'; form++) {
		if (*form != '#' && *form != '@') {
			strbuf_addch(t->out, *form);
			continue;
		}
		n = (unsigned)(form[1] - '1');
		if (*form++ == '#')
			enter(t, arg[n].open, arg[n].close);
		else
			copy(t, arg[n].open + 1, arg[n].close);
	}
	return next;
}

/* \href{address}{text}: the text, and the address for those who cannot
 * click. */
static size_t
link_to(struct tex *t, size_t i, size_t open, size_t end)
{
	size_t close = partner(t, open, end), text_close, n, at;

	text_close = close == 0 ? 0 : partner(t, close + 1, end);
	at = t->out->len;
	if (text_close == 0 || !enter(t, close + 1, text_close))
		return copy(t, i, open);
	n = close - open - 1;
	if (t->out->len - at != n ||
	    memcmp(t->out->s + at, t->s + open + 1, n) != 0) {
		strbuf_addstr(t->out, " (");
		copy(t, open + 1, close);
		strbuf_addch(t->out, ')');
	}
	return text_close + 1;
}

/* A command of formulas outside of one, or a script. */
static size_t
lone(struct tex *t, size_t i, size_t after, size_t end)
{
	size_t used;
	enum tex_reading r = tex_math_one(t->out, part(t, i, end), &used);

	if (r == TEX_UNREAD)
		return copy(t, i, after);
	open_end(t, r, i + used, end);
	return i + used;
}

static bool
after_blank(const struct tex *t)
{
	return t->out->len == 0 || t->out->s[t->out->len - 1] == ' ';
}

static size_t
skip_blank(const struct tex *t, size_t i, size_t end)
{
	return i < end && t->s[i] == ' ' ? i + 1 : i;
}

static size_t
drop(struct tex *t, const char *left, size_t i, size_t after, size_t end)
{
	size_t close = partner(t, skip_options(t, after, end), end);

	if (close == 0)
		return copy(t, i, after);
	strbuf_addstr(t->out, left);
	return after_blank(t) ? skip_blank(t, close + 1, end) : close + 1;
}

/* A blank after a sign is more often meant than not. */
static size_t
sign(struct tex *t, const char *text, size_t after, size_t end)
{
	strbuf_addstr(t->out, text);
	return after < end && t->s[after] == '{' ? swallow_end(t, after, end)
						 : after;
}

static bool
starts_word(const struct tex *t, size_t i)
{
	return i == 0 || t->s[i - 1] == ' ' || t->s[i - 1] == '(' ||
	    t->s[i - 1] == '{';
}

/*
 * Formulas
 */

enum closing {
	PAREN,
	BRACKET,
	DOLLARS
};

static enum tex_reading
formula(struct tex *t, size_t from, size_t to, unsigned words)
{
	size_t at = t->out->len;
	enum tex_reading r;

	while (from < to && t->s[from] == ' ')
		from++;
	while (to > from && t->s[to - 1] == ' ' && t->s[to - 2] != '\\')
		to--;
	if (from == to)
		return TEX_UNREAD;
	r = tex_math(t->out, part(t, from, to), words);
	if (!t->keep || (r == TEX_UNREAD && words < TEX_FEW_WORDS))
		return r;
	strbuf_setlen(t->out, at);
	strbuf_addch(t->out, '$');
	copy(t, from, to);
	strbuf_addch(t->out, '$');
	return TEX_READ;
}

/* A formula on a line of its own has blanks around it here. */
static enum tex_reading
displayed(struct tex *t, size_t from, size_t to, size_t after, size_t end)
{
	size_t at = t->out->len;
	bool joined =
	    at > 0 && t->out->s[at - 1] != ' ' && t->out->s[at - 1] != '(';
	enum tex_reading r;

	if (joined)
		strbuf_addch(t->out, ' ');
	if ((r = formula(t, from, to, ANY_WORDS)) == TEX_UNREAD)
		strbuf_setlen(t->out, at);
	else if (after < end && tex_is_wordlike(part(t, after, end)))
		strbuf_addch(t->out, ' ');
	return r;
}

/* \( .. \), \[ .. \], $$ .. $$ */
static size_t
display(struct tex *t, size_t i, size_t end, enum closing kind)
{
	static const char *const closings[] = {"\\)", "\\]", "$$"};
	const char *close = NULL;
	enum tex_reading r;
	size_t to;

	if (end > t->no_close[kind])
		close = memmem(t->s + i + 2, end - i - 2, closings[kind], 2);
	if (close == NULL) {
		if (t->no_close[kind] < end)
			t->no_close[kind] = end;
		return copy(t, i, i + 2);
	}
	to = (size_t)(close - t->s);
	if (kind == BRACKET)
		return displayed(t, i + 2, to, to + 2, end) == TEX_UNREAD
		    ? copy(t, i, to + 2)
		    : to + 2;
	r = formula(t, i + 2, to, kind == DOLLARS ? TEX_FEW_WORDS : ANY_WORDS);
	if (r == TEX_UNREAD)
		return copy(t, i, to + 2);
	open_end(t, r, to + 2, end);
	return to + 2;
}

/*
 * \begin{equation} .. \end{equation} as a formula.  What is more than that,
 * such as a matrix or several lines, stays as it is typed.
 */
static size_t
environment(struct tex *t, size_t i, size_t after, size_t end)
{
	size_t open = partner(t, after, end), from, to, n;
	const char *close;
	char closing[32];

	n = open == 0 ? 0 : open - after - 1;
	if (n == 0 || n + 7 > sizeof(closing))
		return copy(t, i, after);
	n = (size_t)snprintf(
	    closing, sizeof(closing), "\\end{%.*s}", (int)n, t->s + after + 1);
	from = open + 1;
	close = memmem(t->s + from,
	    end - from < MAX_DISPLAY ? end - from : MAX_DISPLAY, closing, n);
	if (close == NULL)
		return copy(t, i, after);
	to = (size_t)(close - t->s);
	if (displayed(t, from, to, to + n, end) == TEX_UNREAD)
		return copy(t, i, to + n);
	return to + n;
}

/* \'e and its like; \b{eta}, as arXiv's own forms leave \beta; or none. */
static size_t
accent(struct tex *t, size_t i, size_t after, size_t end)
{
	size_t used = tex_accented(t->out, part(t, i, end)), close, n;
	char name[16];
	const struct tex_word *w;

	if (used != 0)
		return i + used;
	if ((close = partner(t, after, end)) == 0 || close - i > sizeof(name))
		return copy(t, i, after);
	n = after - i - 1;
	memcpy(name, t->s + i + 1, n);
	memcpy(name + n, t->s + after + 1, close - after - 1);
	n += close - after - 1;
	w = tex_word((struct slice) {name, n});
	if (w == NULL || w->kind != TEX_SYMBOL)
		return copy(t, i, after);
	strbuf_addstr(t->out, w->text);
	return close + 1;
}

static size_t
control_word(struct tex *t, size_t i, size_t end)
{
	size_t after = word_end(t, i + 1, end);
	const struct tex_word *w = tex_word(part(t, i + 1, after));

	if (w == NULL)
		return copy(t, i, after);
	switch (w->kind) {
	case TEX_ACCENT:
		return accent(t, i, after, end);
	case TEX_RELATION:
		/* \to, \in, \le may be parts of a path. */
		if (after - i - 1 < 3)
			return copy(t, i, after);
		return sign(t, w->text, after, end);
	case TEX_SYMBOL:
	case TEX_OPENING:
	case TEX_CLOSING:
		return sign(t, w->text, after, end);
	case TEX_LETTER:
		strbuf_addstr(t->out, w->text);
		return swallow_end(t, after, end);
	case TEX_SPACE:
		strbuf_addstr(t->out, w->text);
		return swallow_end(t, after, end);
	case TEX_FUNCTION:
		/* Outside of formulas it may be a word of anything's. */
		return copy(t, i, after);
	case TEX_SWITCH:
		if (starts_word(t, i) && after < end && t->s[after] == ' ')
			return after + 1;
		return copy(t, i, after);
	case TEX_MACRO:
		return macro(t, w->text, i, after, end);
	case TEX_DROP:
		return drop(t, w->text, i, after, end);
	case TEX_LINK:
		return link_to(t, i, after, end);
	case TEX_BEGIN:
		return environment(t, i, after, end);
	default:
		return lone(t, i, after, end);
	}
}

/* 5$-$6 and word$-$word are dashes, $-$5 is a sign. */
static void
dash(struct tex *t, size_t i, size_t n, size_t after, size_t end)
{
	if (n == 1 && (i == 0 || t->s[i - 1] == ' ' || t->s[i - 1] == '(') &&
	    after < end && ascii_digit(t->s[after]))
		strbuf_addch(t->out, '-');
	else
		strbuf_addstr(t->out, n < 3 ? "\u2013" : "\u2014");
}

/* The dollar that closes what begins at i; end if there is none. */
static size_t
closing_dollar(const struct tex *t, size_t i, size_t end)
{
	size_t to = i + 1;

	while (to < end && t->s[to] != '$')
		to += t->s[to] == '\\' ? 2 : 1;
	return to < end ? to : end;
}

static size_t
dollar(struct tex *t, size_t i, size_t end)
{
	size_t to = closing_dollar(t, i, end);
	enum tex_reading r;
	int words;

	if (to == i + 1 && to < end)
		return display(t, i, end, DOLLARS);
	if (to == end)
		return copy(t, i, i + 1);
	if (t->s[i + 1] == '-' && run_of(t, i + 1, end) == to - i - 1) {
		dash(t, i, to - i - 1, to + 1, end);
		return to + 1;
	}
	if ((words = tex_formula_words(part(t, 0, end), i, to)) < 0)
		return copy(t, i, i + 1);
	r = formula(t, i + 1, to, (unsigned)words);
	if (r == TEX_UNREAD)
		return copy(t, i, words >= TEX_FEW_WORDS ? to + 1 : i + 1);
	open_end(t, r, to + 1, end);
	return to + 1;
}

/* ^{..}, _{..}, ^\circ outside of a formula. */
static size_t
shifted(struct tex *t, size_t i, size_t end)
{
	if (i + 2 < end &&
	    ((t->s[i + 1] == '{' && partner(t, i + 1, end) != 0) ||
		(t->s[i + 1] == '\\' && ascii_letter(t->s[i + 2]))))
		return lone(t, i, i + 1, end);
	return copy(t, i, i + 1);
}

/* True if a blank follows, which takes the place of \\. */
static bool
ends_line(struct tex *t, size_t i, size_t end)
{
	if (i < end ? t->s[i] != ' ' : t->out->len == 0)
		return false;
	if (i < end && t->out->len > 0 && t->out->s[t->out->len - 1] != ' ')
		strbuf_addch(t->out, ' ');
	return true;
}

static size_t
control(struct tex *t, size_t i, size_t end)
{
	size_t used;
	char c;

	if (i + 1 == end)
		return copy(t, i, end);
	c = t->s[i + 1];
	if (ascii_letter(c))
		return control_word(t, i, end);
	if (c == '(')
		return display(t, i, end, PAREN);
	if (c == '[')
		return display(t, i, end, BRACKET);
	/* \' e is an accent; in \"these words\" and others there is none. */
	if (!(t->escapes && i + 2 < end && t->s[i + 2] == ' ') &&
	    (used = tex_accented(t->out, part(t, i, end))) != 0)
		return i + used;
	t->escapes = t->escapes || c == '"' || c == '\'';
	if (c != '\0' && strchr("%&_#${}", c) != NULL)
		strbuf_addch(t->out, c);
	else if (c == ' ' || c == ',' || c == ';')
		strbuf_addch(t->out, ' ');
	else if (c == '\\' && ends_line(t, i + 2, end))
		return i + 2 < end ? i + 3 : end;
	else if (c != '-' && c != '/' && c != '@')
		return copy(t, i, i + 2);
	return i + 2;
}

/* {\"o}, {\ss}, {\bf text}, 10{,}000: the braces are TeX's; others may be the
 * author's. */
static size_t
group(struct tex *t, size_t i, size_t end)
{
	size_t close = partner(t, i, end), after, at = t->out->len;
	const struct tex_word *w;

	if (close == i + 2 && t->s[i + 1] == ',')
		return copy(t, i + 1, i + 2) + 1;
	if (close == 0 || t->s[i + 1] != '\\')
		return copy(t, i, i + 1);
	if (tex_accented(t->out, part(t, i + 1, close)) == close - i - 1)
		return close + 1;
	strbuf_setlen(t->out, at);
	after = word_end(t, i + 2, close);
	w = tex_word(part(t, i + 2, after));
	if (w == NULL)
		return copy(t, i, i + 1);
	/* Also {\bf134} */
	if (w->kind == TEX_SWITCH && after < close &&
	    enter(t, t->s[after] == ' ' ? after : after - 1, close))
		return close + 1;
	if (w->kind != TEX_SWITCH && enter(t, i, close))
		return close + 1;
	return copy(t, i, i + 1);
}

/*
 * Typing
 */

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
		return copy(t, i, after);
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
		copy(t, i, after);
	}
	return after;
}

static size_t
tie(struct tex *t, size_t i, size_t end)
{
	strbuf_addch(t->out, tex_is_tie(part(t, 0, end), i) ? ' ' : '~');
	return i + 1;
}

typedef size_t step(struct tex *t, size_t i, size_t end);

static step *const steps[256] = {
    ['\\'] = control,
    ['{'] = group,
    ['$'] = dollar,
    ['^'] = shifted,
    ['_'] = shifted,
    ['~'] = tie,
    ['-'] = dashes,
    ['`'] = quotes,
    ['\''] = quotes,
};

static void
text(struct tex *t, size_t i, size_t end)
{
	size_t from;

	while (i < end) {
		for (from = i; i < end && !steps[(unsigned char)t->s[i]];)
			i++;
		copy(t, from, i);
		if (i < end)
			i = steps[(unsigned char)t->s[i]](t, i, end);
	}
}

static void
read_text(struct strbuf *out, struct slice text_in, bool keep)
{
	struct strbuf own = STRBUF_INIT(STRBUF_MAX);
	struct tex t = {
	    .s = text_in.p,
	    .n = text_in.n,
	    /* What is there already is no part of the text. */
	    .out = out->len == 0 ? out : &own,
	    .keep = keep,
	};

	match_braces(&t);
	text(&t, 0, t.n);
	free(t.braces);
	tex_compose(t.out, 0);
	strbuf_addslice(out, strbuf_slice(&own));
	strbuf_release(&own);
}

void
detex(struct strbuf *out, struct slice text_in)
{
	read_text(out, text_in, false);
}

void
detex_text(struct strbuf *out, struct slice text_in)
{
	read_text(out, text_in, true);
}

size_t
detex_formula(struct slice s)
{
	struct strbuf out = STRBUF_INIT(STRBUF_MAX);
	struct tex t = {.s = s.p, .n = s.n, .out = &out};
	size_t to, n = 0;
	int words;

	if (s.n < 3 || s.p[0] != '$' || s.p[1] == '$' ||
	    (to = closing_dollar(&t, 0, s.n)) == s.n ||
	    (words = tex_formula_words(s, 0, to)) < 0)
		return 0;
	if (words >= TEX_FEW_WORDS ||
	    formula(&t, 1, to, (unsigned)words) != TEX_UNREAD)
		n = to + 1;
	strbuf_release(&out);
	return n;
}
