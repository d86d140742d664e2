/* SPDX-License-Identifier: ISC */
/*
 * A formula is read as TeX reads it: a list of atoms, each of them a character,
 * a command with its arguments, a script or a group.  All that is read is
 * appended at once; what needs its arguments in another form changes them in
 * place.  The first thing that no line of text can show ends the attempt.
 */
#include <stdint.h>
#include <string.h>

#include "common/base/utf8.h"
#include "common/text/detex_parts.h"

enum gap {
	NO_GAP,
	AFTER_SCRIPT,
	AFTER_FRACTION, /* a parenthesis needs one too: x/24 (y + z) */
	AFTER_FUNCTION
};

#define MAX_RAW 512

struct math {
	const char *p, *end;
	struct strbuf *out;
	size_t start; /* of the formula in out */
	size_t from; /* the same of the argument that is being read */
	size_t group; /* and of the group or the whole that it is in */
	int depth;
	enum gap gap; /* does a letter that comes next need a blank before? */
	bool upright; /* after \rm */
	bool spaced; /* has a blank of its own */
	unsigned quiet; /* within arguments, where words are no sentence's */
	unsigned run, words; /* letters in a row, and how often three of them */
};

typedef bool action(struct math *, const struct tex_word *);

static bool list(struct math *m);
static bool atom(struct math *m);

static void
skip_blanks(struct math *m)
{
	while (m->p < m->end && *m->p == ' ')
		m->p++;
}

static bool
ends_blank(const struct math *m)
{
	return m->out->len > 0 && m->out->s[m->out->len - 1] == ' ';
}

static void
put_blank(struct math *m)
{
	m->gap = NO_GAP;
	if (!ends_blank(m))
		strbuf_addch(m->out, ' ');
}

static void
close_gap(struct math *m)
{
	if (m->gap)
		put_blank(m);
}

static void
put(struct math *m, struct slice s)
{
	if (m->gap &&
	    (tex_is_wordlike(s) ||
		(m->gap == AFTER_FRACTION && s.n > 0 && s.p[0] == '(')))
		put_blank(m);
	if (s.n > 0)
		m->gap = NO_GAP;
	strbuf_addslice(m->out, s);
}

/* A group without its braces, or one atom. */
static bool
argument(struct math *m)
{
	bool ok, upright = m->upright;
	size_t group = m->group;

	skip_blanks(m);
	if (m->p == m->end || *m->p == '}' || m->depth >= TEX_MAX_DEPTH)
		return false;
	m->depth++;
	if (*m->p == '{') {
		m->p++;
		m->group = m->out->len;
		ok = list(m) && m->p < m->end;
		m->p += ok;
		m->group = group;
	} else {
		ok = atom(m);
	}
	m->upright = upright;
	m->depth--;
	return ok;
}

/* An argument whose letters are no words of a sentence. */
static bool
quiet_argument(struct math *m)
{
	size_t from = m->from;
	bool ok;

	m->from = m->out->len;
	m->quiet++;
	ok = argument(m);
	m->quiet--;
	m->from = from;
	m->run = 0;
	return ok;
}

/* [..] or {..} as it is typed, without what encloses it.  No search for the
 * end goes further than anyone types. */
static bool
raw_argument(struct math *m, char open, char close, struct slice *s)
{
	const char *start, *end = m->end;
	int depth = 0;

	if (m->p == m->end || *m->p != open)
		return false;
	if (end - m->p > MAX_RAW)
		end = m->p + MAX_RAW;
	for (start = ++m->p; m->p < end; m->p++) {
		if (*m->p == close && depth == 0) {
			*s = (struct slice) {start, (size_t)(m->p - start)};
			m->p++;
			return true;
		}
		depth += (*m->p == '{') - (*m->p == '}');
	}
	return false;
}

static void
skip_options(struct math *m)
{
	const char *start = m->p;
	struct slice ignored;

	if (m->p < m->end && *m->p == '*')
		m->p++;
	if (m->p < m->end && *m->p == '[' &&
	    !raw_argument(m, '[', ']', &ignored))
		m->p = start;
}

/* ^o and ^{\rm o} are degrees where a number stands before. */
static bool
is_degree(const struct math *m, size_t at)
{
	char before;

	if (m->out->len != at + 1 || m->out->s[at] != 'o')
		return false;
	before = at > 0 ? m->out->s[at - 1] : ' ';
	return ascii_digit(before) || before == ' ';
}

static bool
script(struct math *m)
{
	bool up = *m->p == '^', braced;
	enum gap gap = m->gap;
	size_t at = m->out->len;

	m->gap = NO_GAP;
	m->p++;
	skip_blanks(m);
	braced = m->p < m->end && *m->p == '{';
	if (!quiet_argument(m))
		return false;
	/* _\rm{NN} */
	if (m->out->len == at && !braced &&
	    (m->p == m->end || *m->p != '{' || !quiet_argument(m)))
		return false;
	if (up && is_degree(m, at)) {
		strbuf_setlen(m->out, at);
		strbuf_addstr(m->out, "\u00b0");
		m->gap = NO_GAP;
	} else if (tex_script(m->out, at, up)) {
		m->gap = AFTER_SCRIPT;
	} else {
		m->gap = gap == AFTER_FUNCTION ? gap : NO_GAP;
	}
	return true;
}

/*
 * What the kinds of commands do
 */

/* " = " */
static bool
is_spaced_sign(const struct math *m)
{
	return m->end - m->p > 2 && m->p[0] == ' ' && m->p[1] != '\0' &&
	    strchr("=<>+-|/", m->p[1]) != NULL && m->p[2] == ' ';
}

/* A blank after a control word only ends it, unless one stands before it too:
 * then the author spaced the sign. */
static bool
symbol(struct math *m, const struct tex_word *w)
{
	bool spaced = m->out->len > m->from && ends_blank(m);

	put(m, slice_of(w->text));
	if (!spaced && !is_spaced_sign(m))
		skip_blanks(m);
	return true;
}

static bool
relation(struct math *m, const struct tex_word *w)
{
	bool spaced = m->out->len > m->from && ends_blank(m);

	put(m, slice_of(w->text));
	skip_blanks(m);
	if (spaced && m->p < m->end && *m->p != '}')
		put_blank(m);
	return true;
}

static bool
opening(struct math *m, const struct tex_word *w)
{
	put(m, slice_of(w->text));
	skip_blanks(m);
	return true;
}

static bool
closing(struct math *m, const struct tex_word *w)
{
	m->gap = NO_GAP;
	if (m->out->len > m->from && ends_blank(m))
		strbuf_setlen(m->out, m->out->len - 1);
	put(m, slice_of(w->text));
	return true;
}

static bool
ends_word(const struct math *m)
{
	unsigned char last;

	if (m->out->len == m->from)
		return false;
	last = (unsigned char)m->out->s[m->out->len - 1];
	return ascii_alnum((char)last) || last == ')' || last >= 0x80;
}

/* log n, 2 log n: the blanks that TeX would put. */
static bool
function(struct math *m, const struct tex_word *w)
{
	if (ends_word(m))
		put_blank(m);
	put(m, slice_of(w->text));
	m->gap = AFTER_FUNCTION;
	return true;
}

static bool
space(struct math *m, const struct tex_word *w)
{
	if (*w->text != '\0')
		put_blank(m);
	skip_blanks(m);
	return true;
}

static bool
delimiter(struct math *m, const struct tex_word *w)
{
	(void)w;
	skip_blanks(m);
	if (m->p == m->end)
		return false;
	if (*m->p == '.')
		m->p++;
	else if (*m->p == '<' || *m->p == '>')
		put(m, slice_of(*m->p++ == '<' ? "\u27e8" : "\u27e9"));
	return true;
}

static bool
face(struct math *m, const struct tex_word *w)
{
	(void)w;
	m->upright = true;
	skip_blanks(m);
	return true;
}

/* The macro's text, with the arguments that it names. */
static bool
macro(struct math *m, const struct tex_word *w)
{
	unsigned next = 1, wanted;
	struct slice raw;

	skip_options(m);
	for (const char *s = w->text; *s != '\0'; s++) {
		if (*s == ' ') {
			put_blank(m);
			continue;
		}
		if ((*s != '#' && *s != '@') || s[1] < '1' || s[1] > '9') {
			put(m, (struct slice) {s, 1});
			continue;
		}
		wanted = (unsigned)(s[1] - '0');
		for (; next < wanted; next++) {
			skip_blanks(m);
			if (!raw_argument(m, '{', '}', &raw))
				return false;
		}
		next++;
		if (*s++ == '#') {
			if (!quiet_argument(m))
				return false;
		} else if (raw_argument(m, '{', '}', &raw)) {
			put(m, raw);
		} else {
			return false;
		}
	}
	return true;
}

static bool
drop(struct math *m, const struct tex_word *w)
{
	struct slice ignored;

	skip_options(m);
	if (*w->text != '\0')
		put_blank(m);
	return raw_argument(m, '{', '}', &ignored);
}

static bool
hat(struct math *m, const struct tex_word *w)
{
	size_t at;

	close_gap(m);
	at = m->out->len;
	return quiet_argument(m) && tex_mark(m->out, at, w->text);
}

static bool
alphabet(struct math *m, const struct tex_word *w)
{
	size_t at;

	close_gap(m);
	at = m->out->len;
	if (!quiet_argument(m))
		return false;
	tex_alphabet(m->out, at, w->kind);
	return true;
}

static bool
calligraphic(struct math *m, const struct tex_word *w)
{
	size_t at;
	bool ok;

	if (m->depth >= TEX_MAX_DEPTH)
		return false;
	close_gap(m);
	at = m->out->len;
	skip_blanks(m);
	m->upright = true;
	m->depth++;
	ok = list(m);
	m->depth--;
	if (ok)
		tex_alphabet(m->out, at, w->kind);
	return ok;
}

static bool
fraction(struct math *m, const struct tex_word *w)
{
	size_t at, middle;

	(void)w;
	skip_options(m);
	close_gap(m);
	at = m->out->len;
	if (!quiet_argument(m) || (middle = m->out->len) == at)
		return false;
	m->gap = NO_GAP;
	if (!quiet_argument(m) || m->out->len == middle)
		return false;
	tex_fraction(m->out, at, middle);
	m->gap = memchr(m->out->s + at, '/', m->out->len - at) != NULL &&
		m->out->s[m->out->len - 1] != ')'
	    ? AFTER_FRACTION
	    : NO_GAP;
	return true;
}

/* What the group holds so far, over the rest of it. */
static bool
over(struct math *m, const struct tex_word *w)
{
	size_t at = m->group, middle = m->out->len;
	bool ok;

	(void)w;
	m->gap = NO_GAP;
	skip_blanks(m);
	while (middle > at && m->out->s[middle - 1] == ' ')
		strbuf_setlen(m->out, --middle);
	if (middle == at || m->depth >= TEX_MAX_DEPTH)
		return false;
	m->group = middle;
	m->depth++;
	ok = list(m) && m->out->len > middle;
	m->depth--;
	m->group = at;
	if (ok)
		tex_fraction(m->out, at, middle);
	return ok;
}

static bool
root(struct math *m, const struct tex_word *w)
{
	static const char *const signs[] = {"\u221a", "\u221b", "\u221c"};
	const char *sign = signs[0];
	struct slice degree;
	size_t at;

	(void)w;
	skip_blanks(m);
	close_gap(m);
	at = m->out->len;
	if (m->p < m->end && *m->p == '[') {
		if (!raw_argument(m, '[', ']', &degree))
			return false;
		if (slice_eq(degree, "3") || slice_eq(degree, "4")) {
			sign = signs[degree.p[0] - '2'];
		} else {
			strbuf_addslice(m->out, degree);
			if (tex_script(m->out, at, true))
				return false;
			at = m->out->len;
		}
	}
	if (!quiet_argument(m))
		return false;
	tex_root(m->out, at, sign);
	return true;
}

static bool
negation(struct math *m, const struct tex_word *w)
{
	size_t at, len;

	(void)w;
	m->gap = NO_GAP;
	skip_blanks(m);
	while (m->end - m->p > 2 && m->p[0] == '\\' && m->p[1] == '!')
		m->p += 2;
	at = m->out->len;
	if (!argument(m) || m->out->len == at)
		return false;
	utf8_decode(m->out->s + at, m->out->len - at, &len);
	if (len == m->out->len - at) {
		strbuf_addstr(m->out, "\u0338");
		return true;
	}
	/* A relation has put its own blank after it. */
	if (len + 1 != m->out->len - at || !ends_blank(m))
		return false;
	strbuf_setlen(m->out, at + len);
	strbuf_addstr(m->out, "\u0338 ");
	return true;
}

static bool
chemistry(struct math *m, const struct tex_word *w)
{
	struct slice raw;

	(void)w;
	if (!raw_argument(m, '{', '}', &raw) || raw.n == 0 ||
	    memchr(raw.p, '\\', raw.n) != NULL ||
	    memchr(raw.p, '$', raw.n) != NULL)
		return false;
	close_gap(m);
	tex_chemistry(m->out, raw);
	return true;
}

/* \unicode{x2014}, \unicode{8212} */
static bool
by_number(struct math *m, const struct tex_word *w)
{
	struct slice raw;
	uint32_t cp = 0;

	(void)w;
	if (!raw_argument(m, '{', '}', &raw) || !tex_number(raw, &cp))
		return false;
	utf8_add(m->out, cp);
	m->gap = NO_GAP;
	return true;
}

static bool
link_to(struct math *m, const struct tex_word *w)
{
	struct slice address;
	size_t at = m->out->len;

	(void)w;
	if (!raw_argument(m, '{', '}', &address) || !quiet_argument(m))
		return false;
	if (m->out->len - at == address.n &&
	    memcmp(m->out->s + at, address.p, address.n) == 0)
		return true;
	strbuf_addstr(m->out, " (");
	strbuf_addslice(m->out, address);
	strbuf_addch(m->out, ')');
	m->gap = NO_GAP;
	return true;
}

static bool
raised(struct math *m, const struct tex_word *w)
{
	size_t at = m->out->len;

	if (!quiet_argument(m))
		return false;
	m->gap = tex_script(m->out, at, w->kind == TEX_SUPER) ? AFTER_SCRIPT
							      : NO_GAP;
	return true;
}

static action *const actions[TEX_KINDS] = {
    [TEX_LETTER] = symbol,
    [TEX_SYMBOL] = symbol,
    [TEX_RELATION] = relation,
    [TEX_OPENING] = opening,
    [TEX_CLOSING] = closing,
    [TEX_FUNCTION] = function,
    [TEX_SPACE] = space,
    [TEX_DELIMITER] = delimiter,
    [TEX_HAT] = hat,
    [TEX_SWITCH] = face,
    [TEX_MACRO] = macro,
    [TEX_DROP] = drop,
    [TEX_SUPER] = raised,
    [TEX_SUB] = raised,
    [TEX_SCRIPT] = alphabet,
    [TEX_DOUBLE] = alphabet,
    [TEX_FRAKTUR] = alphabet,
    [TEX_CALLIGRAPHIC] = calligraphic,
    [TEX_FRACTION] = fraction,
    [TEX_OVER] = over,
    [TEX_ROOT] = root,
    [TEX_NOT] = negation,
    [TEX_CHEMISTRY] = chemistry,
    [TEX_UNICODE] = by_number,
    [TEX_LINK] = link_to,
};

static bool
control_word(struct math *m)
{
	struct slice name = {m->p, 0};
	const struct tex_word *w;

	while (m->p < m->end && ascii_letter(*m->p))
		m->p++;
	name.n = (size_t)(m->p - name.p);
	w = tex_word(name);
	return w != NULL && actions[w->kind] != NULL && actions[w->kind](m, w);
}

static bool
control(struct math *m)
{
	m->run = 0;
	if (++m->p == m->end)
		return false;
	if (ascii_letter(*m->p))
		return control_word(m);
	if (*m->p != '\0' && strchr("%&#_${}", *m->p) != NULL)
		put(m, (struct slice) {m->p, 1});
	else if (*m->p != '\0' && strchr(",;:> ", *m->p) != NULL)
		put_blank(m);
	else if (*m->p == '|')
		put(m, slice_of("\u2016"));
	else if (*m->p != '!' && *m->p != '/' && *m->p != '-')
		return false;
	m->p++;
	return true;
}

static void
plain(struct math *m)
{
	/* f(x) and Maj(a, b): names of functions are no words. */
	if (*m->p == '(' && m->run >= 3 && !m->quiet && !m->upright)
		m->words--;
	if (!ascii_letter(*m->p))
		m->run = 0;
	else if (!m->quiet && !m->upright && ++m->run == 3)
		m->words++;
	put(m, (struct slice) {m->p, 1});
	m->p++;
}

static void
primes(struct math *m)
{
	static const char *const marks[] = {"\u2032", "\u2033", "\u2034"};
	size_t n = 0;

	do {
		m->p++;
		n++;
	} while (m->p < m->end && *m->p == '\'' && n < 3);
	put(m, slice_of(marks[n - 1]));
}

/* All of a character, for scripts and accents. */
static void
character(struct math *m)
{
	size_t len;

	utf8_decode(m->p, (size_t)(m->end - m->p), &len);
	put(m, (struct slice) {m->p, len});
	m->p += len;
}

static bool
blank(struct math *m)
{
	m->spaced = true;
	m->run = 0;
	m->p++;
	put_blank(m);
	return true;
}

/* One thing that a script or an accent could belong to. */
static bool
atom(struct math *m)
{
	unsigned char c = (unsigned char)*m->p;

	switch (c) {
	case '\\':
		return control(m);
	case '{':
		return argument(m);
	case '^':
	case '_':
		return script(m);
	case ' ':
	case '~':
		return blank(m);
	case '\'':
		primes(m);
		return true;
	default:
		break;
	}
	if (c >= 0x80) {
		character(m);
		return true;
	}
	if (!ascii_alnum((char)c) &&
	    (c == 0 || strchr("+-=<>()[],.;:/|!*@?%\"`#", c) == NULL))
		return false;
	plain(m);
	return true;
}

/* Atoms up to the end or to the brace that closes the group. */
static bool
list(struct math *m)
{
	while (m->p < m->end && *m->p != '}')
		if (!atom(m))
			return false;
	return true;
}

static enum tex_reading
finish(struct math *m, bool ok)
{
	if (ok)
		return m->gap ? TEX_READ_OPEN : TEX_READ;
	strbuf_setlen(m->out, m->start);
	return TEX_UNREAD;
}

enum tex_reading
tex_math(struct strbuf *out, struct slice formula, unsigned words)
{
	struct math m = {
	    .p = formula.p,
	    .end = formula.p + formula.n,
	    .out = out,
	    .start = out->len,
	    .from = out->len,
	    .group = out->len,
	};
	bool ok = list(&m) && m.p == m.end && !(m.spaced && m.words > words);

	return finish(&m, ok);
}

enum tex_reading
tex_math_one(struct strbuf *out, struct slice s, size_t *used)
{
	struct math m = {
	    .p = s.p,
	    .end = s.p + s.n,
	    .out = out,
	    .start = out->len,
	    .from = out->len,
	    .group = out->len,
	};
	bool ok = s.n > 0 && atom(&m);

	while (ok && m.p < m.end && (*m.p == '^' || *m.p == '_'))
		ok = atom(&m);
	*used = (size_t)(m.p - s.p);
	return finish(&m, ok);
}
