/* SPDX-License-Identifier: ISC */
#include "common/text/detex_math.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

#include <utf8proc.h>

#include "common/text/detex_table.h"

#define MAX_DEPTH   16
/* No one lowers or raises more than that. */
#define MAX_SHIFTED 64

struct math {
	const char *p, *end;
	struct strbuf *out;
	size_t start; /* of the formula in out */
	int depth;
	bool spaced; /* has a blank of its own */
	unsigned run, longest; /* of plain letters in a row */
};

static bool math_list(struct math *m);
static bool math_atom(struct math *m);

static bool
shift(struct strbuf *out, size_t start, const char *(*form)(uint32_t))
{
	char text[MAX_SHIFTED];
	size_t n = out->len - start;
	utf8proc_int32_t cp;
	utf8proc_ssize_t len;
	const char *shifted;

	if (n == 0 || n > sizeof(text)) {
		strbuf_setlen(out, start);
		return false;
	}
	memcpy(text, out->s + start, n);
	strbuf_setlen(out, start);
	for (size_t i = 0; i < n; i += (size_t)len) {
		len = utf8proc_iterate((const utf8proc_uint8_t *)text + i,
		    (utf8proc_ssize_t)(n - i), &cp);
		if (len <= 0 || (shifted = form((uint32_t)cp)) == NULL) {
			strbuf_setlen(out, start);
			return false;
		}
		strbuf_addstr(out, shifted);
	}
	return true;
}

bool
detex_raise(struct strbuf *out, size_t start)
{
	return shift(out, start, tex_superscript);
}

bool
detex_lower(struct strbuf *out, size_t start)
{
	return shift(out, start, tex_subscript);
}

static void
skip_blanks(struct math *m)
{
	while (m->p < m->end && *m->p == ' ')
		m->p++;
}

/* A group without its braces, or one atom. */
static bool
argument(struct math *m)
{
	bool ok;

	skip_blanks(m);
	if (m->p == m->end || *m->p == '}')
		return false;
	if (*m->p != '{')
		return math_atom(m);
	if (++m->depth > MAX_DEPTH)
		return false;
	m->p++;
	ok = math_list(m) && m->p < m->end;
	m->p++;
	m->depth--;
	return ok;
}

/* An argument that is one character long; it is left in out. */
static bool
one_character(struct math *m, utf8proc_int32_t *cp)
{
	size_t at = m->out->len;
	utf8proc_ssize_t len;

	if (!argument(m))
		return false;
	len = utf8proc_iterate((const utf8proc_uint8_t *)m->out->s + at,
	    (utf8proc_ssize_t)(m->out->len - at), cp);
	return len > 0 && (size_t)len == m->out->len - at;
}

static bool
script(struct math *m, bool (*place)(struct strbuf *, size_t))
{
	size_t at = m->out->len;

	m->p++;
	return argument(m) && place(m->out, at);
}

static bool
letter_of(struct math *m, uint32_t (*form)(char))
{
	size_t at = m->out->len;
	utf8proc_int32_t cp;
	utf8proc_uint8_t utf8[4];
	utf8proc_ssize_t n;

	if (!one_character(m, &cp) || cp >= 0x80 || !isalpha((int)cp))
		return false;
	strbuf_setlen(m->out, at);
	n = utf8proc_encode_char((utf8proc_int32_t)form((char)cp), utf8);
	strbuf_add(m->out, utf8, (size_t)n);
	return true;
}

static bool
hat(struct math *m, const char *mark)
{
	utf8proc_int32_t cp;

	if (!one_character(m, &cp) ||
	    (utf8proc_category(cp) != UTF8PROC_CATEGORY_LU &&
		utf8proc_category(cp) != UTF8PROC_CATEGORY_LL))
		return false;
	strbuf_addstr(m->out, mark);
	return true;
}

static bool
root(struct math *m)
{
	utf8proc_int32_t cp;

	strbuf_addstr(m->out, "\u221a");
	return m->p < m->end && *m->p != '[' && one_character(m, &cp);
}

static bool
ends_word(const struct math *m)
{
	unsigned char last;

	if (m->out->len == m->start)
		return false;
	last = (unsigned char)m->out->s[m->out->len - 1];
	return isalnum(last) || last == ')' || last >= 0x80;
}

/* log n, 2 log n: the blanks that TeX would put. */
static void
function(struct math *m, const char *name)
{
	if (ends_word(m))
		strbuf_addch(m->out, ' ');
	strbuf_addstr(m->out, name);
	if (m->p < m->end && (isalnum((unsigned char)*m->p) || *m->p == '\\'))
		strbuf_addch(m->out, ' ');
}

/* A blank after a control word only ends it, unless one stands before it too:
 * then the author spaced the sign. */
static void
sign(struct math *m, const char *text)
{
	bool spaced =
	    m->out->len > m->start && m->out->s[m->out->len - 1] == ' ';

	strbuf_addstr(m->out, text);
	if (!spaced)
		skip_blanks(m);
}

/* The letters of \mathrm{KL} are no word of the author's sentence. */
static bool
styled(struct math *m)
{
	unsigned longest = m->longest;
	bool ok = argument(m);

	m->longest = longest;
	m->run = 0;
	return ok;
}

static bool
control_word(struct math *m)
{
	struct slice name = {m->p, 0};
	const struct tex_word *w;

	while (m->p < m->end && isalpha((unsigned char)*m->p))
		m->p++;
	name.n = (size_t)(m->p - name.p);
	if ((w = tex_word(name)) == NULL)
		return false;
	switch (w->kind) {
	case TEX_LETTER:
	case TEX_SYMBOL:
	case TEX_RELATION:
		sign(m, w->text);
		return true;
	case TEX_FUNCTION:
		function(m, w->text);
		return true;
	case TEX_SPACE:
		strbuf_addstr(m->out, w->text);
		skip_blanks(m);
		return true;
	case TEX_SWITCH:
		skip_blanks(m);
		return true;
	case TEX_STYLE:
		return styled(m);
	case TEX_HAT:
		return hat(m, w->text);
	case TEX_SCRIPT:
		return letter_of(m, tex_script_letter);
	case TEX_DOUBLE:
		return letter_of(m, tex_double_letter);
	case TEX_ROOT:
		return root(m);
	default:
		return false;
	}
}

static bool
control(struct math *m)
{
	if (++m->p == m->end)
		return false;
	if (isalpha((unsigned char)*m->p))
		return control_word(m);
	if (strchr("%&#_${}", *m->p) != NULL)
		strbuf_addch(m->out, *m->p);
	else if (strchr(",;: ", *m->p) != NULL)
		strbuf_addch(m->out, ' ');
	else if (*m->p == '|')
		strbuf_addstr(m->out, "\u2016");
	else if (*m->p != '!')
		return false;
	m->p++;
	return true;
}

static void
plain(struct math *m)
{
	if (isalpha((unsigned char)*m->p)) {
		if (++m->run > m->longest)
			m->longest = m->run;
	} else {
		m->run = 0;
	}
	strbuf_addch(m->out, *m->p++);
}

/* One thing that a script or an accent could belong to. */
static bool
math_atom(struct math *m)
{
	unsigned char c = (unsigned char)*m->p;

	if (c == '\\') {
		m->run = 0;
		return control(m);
	}
	if (c == '{')
		return argument(m);
	if (c == '^')
		return script(m, detex_raise);
	if (c == '_')
		return script(m, detex_lower);
	if (c == ' ' || c == '~') {
		m->spaced = true;
		m->run = 0;
		strbuf_addch(m->out, ' ');
		m->p++;
		return true;
	}
	if (c >= 0x80) {
		/* All of a character, for scripts and accents. */
		do
			strbuf_addch(m->out, *m->p++);
		while (m->p < m->end && ((unsigned char)*m->p & 0xc0) == 0x80);
		return true;
	}
	if (!isalnum(c) &&
	    (c == 0 || strchr("+-=<>()[],.;:/|!*'@?%", c) == NULL))
		return false;
	plain(m);
	return true;
}

/* Atoms up to the end or to the brace that closes the group. */
static bool
math_list(struct math *m)
{
	while (m->p < m->end && *m->p != '}')
		if (!math_atom(m))
			return false;
	return true;
}

bool
detex_math(struct strbuf *out, struct slice formula)
{
	struct math m = {
	    formula.p, formula.p + formula.n, out, out->len, 0, false, 0, 0};

	/* Blanks between words: two prices rather than a formula. */
	if (math_list(&m) && m.p == m.end && !(m.spaced && m.longest > 2))
		return true;
	strbuf_setlen(out, m.start);
	return false;
}
