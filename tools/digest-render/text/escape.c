/* SPDX-License-Identifier: ISC */
#include "text/escape.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "common/base/utf8.h"
#include "common/text/detex.h"

/* Which targets stop at a byte; nearly all text is runs without one. */
enum {
	HTML = 1,
	SLACK = 2,
	TTY = 4,
	MARKDOWN = 8,
	ALL = 15
};

static const unsigned char stops[256] = {
    [0x00 ... 0x1f] = ALL,
    [0x7f ... 0xff] = ALL,
    ['&'] = HTML | SLACK | MARKDOWN,
    ['<'] = HTML | SLACK | MARKDOWN,
    ['>'] = HTML | SLACK | MARKDOWN,
    ['"'] = HTML,
    ['\''] = HTML,
    ['\\'] = MARKDOWN,
    ['`'] = MARKDOWN,
    ['*'] = MARKDOWN,
    ['_'] = MARKDOWN,
    ['['] = MARKDOWN,
    [']'] = MARKDOWN,
    ['|'] = MARKDOWN,
    ['~'] = MARKDOWN,
    ['$'] = MARKDOWN,
    ['{'] = MARKDOWN,
    ['%'] = MARKDOWN,
    ['#'] = MARKDOWN,
    ['@'] = MARKDOWN,
    [':'] = MARKDOWN,
    ['.'] = MARKDOWN,
    ['+'] = MARKDOWN,
    ['-'] = MARKDOWN,
    ['='] = MARKDOWN,
};

/* Appends what stands at s (a control or the start of something that is not
 * ASCII) and returns its length. */
static size_t
add_other(struct strbuf *b, const char *s, size_t n, bool keep_lines)
{
	size_t len;
	uint32_t c = utf8_decode(s, n, &len);

	if (c == '\n' && keep_lines)
		strbuf_addch(b, '\n');
	else if (c == '\n' || c == '\t' || c == '\r' || c == '\f' ||
	    c == '\v' || c == 0x2028 || c == 0x2029 || c == 0x85)
		strbuf_addch(b, ' ');
	else if ((c & 0xfffe) == 0xfffe) /* no character, and not XML */
		utf8_add(b, UTF8_REPLACEMENT);
	else if (!utf8_is_invisible(c))
		utf8_add(b, c);
	return len;
}

static bool
is_plain(unsigned char c)
{
	return c >= 0x20 && c < 0x7f;
}

/* Copies up to the next byte that the target stops at; where that is. */
static size_t
add_run(struct strbuf *b, struct slice s, size_t from, unsigned char target)
{
	size_t i = from;

	while (i < s.n && (stops[(unsigned char)s.p[i]] & target) == 0)
		i++;
	/* An absent value has no bytes to point at. */
	if (i > from)
		strbuf_add(b, s.p + from, i - from);
	return i;
}

static const char *
entity(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	default:
		return "&#39;";
	}
}

static void
escape_entities(
    struct strbuf *b, struct slice s, unsigned char target, bool keep_lines)
{
	size_t i = 0;

	while ((i = add_run(b, s, i, target)) < s.n) {
		if (is_plain((unsigned char)s.p[i]))
			strbuf_addstr(b, entity(s.p[i++]));
		else
			i += add_other(b, s.p + i, s.n - i, keep_lines);
	}
}

void
escape_html(struct strbuf *b, struct slice s)
{
	escape_entities(b, s, HTML, false);
}

void
escape_html_in(
    struct strbuf *b, const char *before, struct slice s, const char *after)
{
	strbuf_addstr(b, before);
	escape_html(b, s);
	strbuf_addstr(b, after);
}

void
escape_html_lines(struct strbuf *b, struct slice s)
{
	escape_entities(b, s, HTML, true);
}

void
escape_slack(struct strbuf *b, struct slice s)
{
	escape_entities(b, s, SLACK, false);
}

void
escape_tty(struct strbuf *b, struct slice s)
{
	escape_entities(b, s, TTY, false);
}

#define WORD_JOINER "&#8288;" /* of no width */

/*
 * Markdown.  A backslash is put only before what would be markup where it
 * stands, so that the source stays readable.
 */
static bool
needs_backslash(struct slice s, size_t i)
{
	char before = i > 0 ? s.p[i - 1] : ' ';
	char after = i + 1 < s.n ? s.p[i + 1] : ' ';

	switch (s.p[i]) {
	case '\\':
	case '`':
	case '*':
	case '_':
	case '[':
	case ']':
	case '<':
	case '>':
	case '|':
	case '~':
	case '$':
		return true;
	case '&': /* an entity */
		return after == '#' || isalpha((unsigned char)after);
	case '{': /* site generators: {{ and {% */
	case '%':
		return before == '{';
	case ':': /* a link, or :smile: */
		return after == '/' || isalpha((unsigned char)after);
	case '.':
		return i >= 3 && strncasecmp(s.p + i - 3, "www", 3) == 0;
	case '#': /* a heading, a list */
	case '+':
	case '-':
	case '=':
		return i == 0;
	default:
		return false;
	}
}

/*
 * True if GitHub would link what begins before i and goes on there: @name,
 * name@host, #12 or GH-12.  It looks for them where no backslash is left, so
 * that only a sign without a width can part them.
 */
static bool
is_reference(struct slice s, size_t i)
{
	unsigned char after = i < s.n ? (unsigned char)s.p[i] : ' ';

	switch (s.p[i - 1]) {
	case '@':
		return isalnum(after);
	case '#':
		return isdigit(after);
	case '-':
		return isdigit(after) && i > 2 &&
		    strncasecmp(s.p + i - 3, "gh", 2) == 0 &&
		    (i == 3 || !isalnum((unsigned char)s.p[i - 4]));
	default:
		return false;
	}
}

static void
markdown_run(struct strbuf *b, struct slice s)
{
	size_t i = 0;

	while ((i = add_run(b, s, i, MARKDOWN)) < s.n) {
		if (!is_plain((unsigned char)s.p[i])) {
			i += add_other(b, s.p + i, s.n - i, false);
			continue;
		}
		if (needs_backslash(s, i))
			strbuf_addch(b, '\\');
		strbuf_addch(b, s.p[i++]);
		if (is_reference(s, i))
			strbuf_addstr(b, WORD_JOINER);
	}
}

/* What is invisible goes first, or it could part what is markup together:
 * "{", a zero-width space, "{". */
static struct slice
visible(struct strbuf *clean, struct slice s)
{
	size_t i = 0;

	while (i < s.n && is_plain((unsigned char)s.p[i]))
		i++;
	if (i == s.n)
		return s;
	escape_tty(clean, s);
	return strbuf_slice(clean);
}

void
escape_markdown(struct strbuf *b, struct slice s)
{
	struct strbuf clean = STRBUF_INIT(STRBUF_MAX);

	markdown_run(b, visible(&clean, s));
	strbuf_release(&clean);
}

/* Length of the http or https URL at s, without what ends a sentence. */
static size_t
url_length(struct slice s)
{
	static const char in_urls[] = "-._~:/?#@!&*+,;=%";
	size_t n, start;

	if (s.n > 8 && memcmp(s.p, "https://", 8) == 0)
		start = 8;
	else if (s.n > 7 && memcmp(s.p, "http://", 7) == 0)
		start = 7;
	else
		return 0;
	for (n = start; n < s.n; n++)
		if (!isalnum((unsigned char)s.p[n]) &&
		    (s.p[n] == '\0' || strchr(in_urls, s.p[n]) == NULL))
			break;
	while (n > start && strchr(".,;:!?*", s.p[n - 1]) != NULL)
		n--;
	return n > start ? n : 0;
}

void
escape_markdown_text(struct strbuf *b, struct slice s)
{
	struct strbuf clean = STRBUF_INIT(STRBUF_MAX);
	struct slice rest;
	size_t i, len, from = 0;

	s = visible(&clean, s);
	for (i = 0; i < s.n; i++) {
		if (s.p[i] != 'h' ||
		    (i > 0 && isalnum((unsigned char)s.p[i - 1])))
			continue;
		rest = (struct slice) {s.p + i, s.n - i};
		if ((len = url_length(rest)) == 0)
			continue;
		markdown_run(b, (struct slice) {s.p + from, i - from});
		strbuf_addch(b, '<');
		strbuf_add(b, s.p + i, len);
		strbuf_addch(b, '>');
		from = i + len;
		i = from - 1;
	}
	if (from < s.n)
		markdown_run(b, (struct slice) {s.p + from, s.n - from});
	strbuf_release(&clean);
}

/*
 * Text for TeX.  A formula stays a formula if every command in it is known to
 * print and nothing else; all other backslashes are printed as such: a title
 * must not open files.
 */

/* What may be used in a formula.  Sorted for people, searched once in a
 * while. */
static const char *const harmless[] = {"Delta", "Gamma", "Lambda", "Omega",
    "Phi", "Pi", "Psi", "Sigma", "Theta", "Xi", "alpha", "approx", "bar",
    "beta", "binom", "bf", "bm", "boldsymbol", "cap", "cdot", "cdots", "chi",
    "circ", "cup", "delta", "dots", "ell", "emptyset", "epsilon", "equiv",
    "eta", "exists", "exp", "forall", "frac", "gamma", "ge", "geq", "gg", "hat",
    "hbar", "in", "infty", "int", "kappa", "lambda", "langle", "lceil", "ldots",
    "le", "left", "leq", "lfloor", "lim", "ll", "log", "mathbb", "mathbf",
    "mathcal", "mathfrak", "mathit", "mathrm", "mathsf", "max", "mid", "min",
    "mu", "nabla", "ne", "neq", "notin", "nu", "odot", "omega", "operatorname",
    "oplus", "otimes", "overline", "partial", "perp", "phi", "pi", "pm",
    "prime", "prod", "propto", "psi", "quad", "rangle", "rceil", "rfloor",
    "rho", "right", "rightarrow", "rm", "sigma", "sim", "simeq", "sqrt", "star",
    "subset", "subseteq", "sum", "tau", "text", "textbf", "textit", "textrm",
    "texttt", "theta", "tilde", "times", "to", "top", "underline", "varepsilon",
    "varphi", "vec", "vee", "wedge", "widehat", "widetilde", "xi", "zeta"};

static bool
is_harmless(struct slice name)
{
	for (size_t i = 0; i < sizeof(harmless) / sizeof(harmless[0]); i++)
		if (slice_eq(name, harmless[i]))
			return true;
	return false;
}

/* Length of the formula $..$ at s, 0 if there is none that can be trusted. */
static size_t
formula_length(struct slice s)
{
	struct slice name;
	long depth = 0;
	size_t i;

	for (i = 1; i < s.n && s.p[i] != '$'; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c < 0x20 || c >= 0x7f || strchr("%#&~", c) != NULL)
			return 0;
		/* ^^5c is another way to write a backslash. */
		if (c == '^' && i + 1 < s.n && s.p[i + 1] == '^')
			return 0;
		depth += (c == '{') - (c == '}');
		if (depth < 0)
			return 0;
		if (c != '\\')
			continue;
		name = (struct slice) {s.p + i + 1, 0};
		while (i + 1 + name.n < s.n &&
		    isalpha((unsigned char)name.p[name.n]))
			name.n++;
		if (name.n == 0) {
			/* \{ and the like print; anything else is let go. */
			if (i + 1 >= s.n ||
			    strchr(" ,;:!|", s.p[i + 1]) == NULL)
				return 0;
			i++;
		} else if (!is_harmless(name)) {
			return 0;
		} else {
			i += name.n;
		}
	}
	/* Prices have a dollar on either side of words, too. */
	return i > 1 && i < s.n && depth == 0 && detex_formula(s) == i + 1
	    ? i + 1
	    : 0;
}

static const char *
replacement(char c)
{
	switch (c) {
	case '\\':
		return "\\textbackslash{}";
	case '{':
		/* BibTeX counts braces whatever stands before them. */
		return "\\textbraceleft{}";
	case '}':
		return "\\textbraceright{}";
	case '$':
		return "\\$";
	case '&':
		return "\\&";
	case '%':
		return "\\%";
	case '#':
		return "\\#";
	case '_':
		return "\\_";
	case '^':
		return "\\textasciicircum{}";
	case '~':
		return "\\textasciitilde{}";
	default:
		return NULL;
	}
}

void
escape_bibtex(struct strbuf *b, struct slice s)
{
	struct strbuf clean = STRBUF_INIT(STRBUF_MAX);
	const char *r;
	size_t n;

	escape_tty(&clean, s);
	s = strbuf_slice(&clean);
	for (size_t i = 0; i < s.n; i += n) {
		if (s.p[i] == '$' &&
		    (n = formula_length((struct slice) {s.p + i, s.n - i})) >
			0) {
			strbuf_add(b, s.p + i, n);
			continue;
		}
		n = 1;
		if ((r = replacement(s.p[i])) != NULL)
			strbuf_addstr(b, r);
		else
			strbuf_addch(b, s.p[i]);
	}
	strbuf_release(&clean);
}

/* RFC 3986's characters, without those that quote or close in some markup:
 * ' ( ) are sub-delims that may be percent-encoded, [ ] only occur in IPv6
 * hosts. */
static const char reserved[] = "-._~:/?#@!$&*+,;=%";

bool
url_is_web(struct slice s)
{
	size_t host = 0;

	if (s.n > 8 && strncasecmp(s.p, "https://", 8) == 0)
		host = 8;
	else if (s.n > 7 && strncasecmp(s.p, "http://", 7) == 0)
		host = 7;
	return host > 0 && isalnum((unsigned char)s.p[host]);
}

static void
add_byte(struct strbuf *b, unsigned char c, const char *allowed)
{
	if (c < 0x80 && c != '\0' && (isalnum(c) || strchr(allowed, c) != NULL))
		strbuf_addch(b, (char)c);
	else
		strbuf_addf(b, "%%%02X", c);
}

static bool
is_encoded(struct slice s, size_t i)
{
	return s.n - i > 2 && isxdigit((unsigned char)s.p[i + 1]) &&
	    isxdigit((unsigned char)s.p[i + 2]);
}

/* A % that encodes nothing and a second # are no URL's either. */
void
escape_url(struct strbuf *b, struct slice s)
{
	bool fragment = false, allowed;

	for (size_t i = 0; i < s.n; i++) {
		allowed = s.p[i] == '%' ? is_encoded(s, i)
		    : s.p[i] == '#'	? !fragment
					: true;
		fragment = fragment || s.p[i] == '#';
		add_byte(b, (unsigned char)s.p[i], allowed ? reserved : "");
	}
}

/* Invisible characters go first, so that none hides a sign of a formula. */
void
escape_cell(struct strbuf *b, struct slice s, char separator)
{
	size_t at = b->len;
	struct strbuf text;

	escape_tty(b, s);
	if (b->len == at)
		return;
	strbuf_init(&text, STRBUF_MAX);
	if (strchr("=+-@", b->s[at]) != NULL)
		strbuf_addch(&text, '\'');
	strbuf_add(&text, b->s + at, b->len - at);
	strbuf_setlen(b, at);
	if (separator != ',' || strpbrk(text.s, ",\"") == NULL) {
		strbuf_addslice(b, strbuf_slice(&text));
	} else {
		strbuf_addch(b, '"');
		for (size_t i = 0; i < text.len; i++) {
			if (text.s[i] == '"')
				strbuf_addch(b, '"');
			strbuf_addch(b, text.s[i]);
		}
		strbuf_addch(b, '"');
	}
	strbuf_release(&text);
}

void
escape_lines(struct strbuf *b, struct slice s)
{
	size_t n;

	for (; s.n > 0; s.p += n, s.n -= n) {
		for (n = 0; n < s.n && s.p[n] != '\n' && s.p[n] != '\t';)
			n++;
		escape_tty(b, (struct slice) {s.p, n});
		if (n < s.n)
			strbuf_addch(b, s.p[n++]);
	}
}
