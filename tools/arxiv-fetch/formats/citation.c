/* SPDX-License-Identifier: ISC */
#include "formats/feed_internal.h"

#include <string.h>
#include <strings.h>

#include "common/base/compat.h"

#define TEXT_MAX  16384
#define TITLE_MAX 1000
#define LINKS_MAX 16384
/* Words in a row that begin with a small letter, more of which no list of
 * authors has: "and", "et al.", "van der". */
#define SMALL_MAX 3
#define YEAR_MIN  1600
#define YEAR_MAX  2099

void
citation_text_init(struct citation_text *t)
{
	*t = (struct citation_text) {.nblocks = 0};
	strbuf_init(&t->text, TEXT_MAX);
	strbuf_init(&t->title, TITLE_MAX);
	strbuf_init(&t->links, LINKS_MAX);
}

void
citation_text_release(struct citation_text *t)
{
	strbuf_release(&t->text);
	strbuf_release(&t->title);
	strbuf_release(&t->links);
}

void
citation_text_reset(struct citation_text *t)
{
	strbuf_reset(&t->text);
	strbuf_reset(&t->title);
	strbuf_reset(&t->links);
	t->nblocks = t->italic = t->italic_end = 0;
}

void
citation_init(struct citation *c)
{
	*c = (struct citation) {.year = 0};
	strbuf_init(&c->doi, 1000);
}

void
citation_release(struct citation *c)
{
	strbuf_release(&c->doi);
}

/* ------------------------------------------------------------- characters */

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_small(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool
is_capital(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool
is_letter(char c)
{
	return is_small(c) || is_capital(c) || (c & 0x80) != 0;
}

static struct slice
part(const struct strbuf *b, size_t from, size_t to)
{
	return (struct slice) {b->s + from, to - from};
}

/* Without the blanks and points around it. */
static struct slice
strip(struct slice s)
{
	while (s.n > 0 && strchr(" .,;:", *s.p) != NULL) {
		s.p++;
		s.n--;
	}
	while (s.n > 0 && strchr(" .,;:", s.p[s.n - 1]) != NULL)
		s.n--;
	return s;
}

static bool
begins(struct slice s, const char *with)
{
	size_t n = strlen(with);

	return s.n >= n && strncasecmp(s.p, with, n) == 0;
}

/* True if word stands in s, whatever its case. */
static bool
contains(struct slice s, const char *word)
{
	for (; s.n >= strlen(word); s.p++, s.n--)
		if (begins(s, word))
			return true;
	return false;
}

static size_t
count_words(struct slice s)
{
	struct slice word;
	size_t n = 0;

	while (slice_cut(&s, ' ', &word))
		n += word.n > 0 && (is_letter(*word.p) || is_digit(*word.p));
	return n;
}

/* -------------------------------------------------------------------- ids */

#define TOKEN_ENDS " \t\n,;[]{}<>\"'"

/* The next run of characters that an id, or an address, may have. */
static bool
next_token(struct slice *rest, struct slice *token)
{
	while (rest->n > 0 && strchr(TOKEN_ENDS, *rest->p) != NULL) {
		rest->p++;
		rest->n--;
	}
	*token = (struct slice) {rest->p, 0};
	while (rest->n > 0 && strchr(TOKEN_ENDS, *rest->p) == NULL) {
		rest->p++;
		rest->n--;
		token->n++;
	}
	return token->n > 0;
}

/* Without the brackets that are opened or closed outside of it: DOIs have
 * some of their own. */
static struct slice
unbracket(struct slice s)
{
	long open = 0;

	for (s = strip(s); s.n > 0 && *s.p == '('; s = strip(s)) {
		s.p++;
		s.n--;
	}
	for (size_t i = 0; i < s.n; i++) {
		open += (s.p[i] == '(') - (s.p[i] == ')');
		if (open < 0)
			s.n = i;
	}
	return strip(s);
}

static int
hex(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *at = c == '\0'
	    ? NULL
	    : strchr(digits, c >= 'A' && c <= 'F' ? c - 'A' + 'a' : c);

	return at == NULL ? -1 : (int)(at - digits);
}

/* In addresses some characters are %XX. */
static void
add_doi(struct strbuf *b, struct slice s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (c == '%' && i + 2 < s.n && hex(s.p[i + 1]) >= 2 &&
		    hex(s.p[i + 1]) < 8 && hex(s.p[i + 2]) >= 0) {
			c = (char)(16 * hex(s.p[i + 1]) + hex(s.p[i + 2]));
			i += 2;
		}
		strbuf_addch(
		    b, c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
	}
}

/* "10.1103/PhysRevLett.98.010505" in a token; arXiv's own DOIs are ids. */
static void
take_doi(struct citation *c, struct slice token)
{
	size_t i;

	for (i = 0; i + 8 < token.n; i++)
		if (memcmp(token.p + i, "10.", 3) == 0 &&
		    is_digit(token.p[i + 3]) &&
		    (i == 0 || !is_digit(token.p[i - 1])) &&
		    memchr(token.p + i, '/', token.n - i) != NULL)
			break;
	if (i + 8 >= token.n || c->doi.len > 0)
		return;
	token = unbracket((struct slice) {token.p + i, token.n - i});
	if (!contains(token, "10.48550/arxiv."))
		add_doi(&c->doi, token);
}

/* A number like 1706.03762 is an id only where arXiv is spoken of: pages are
 * written so as well. */
static void
take_arxiv(struct citation *c, struct slice token, bool spoken_of)
{
	long version;

	token = unbracket(token);
	if (token.n == 0 || c->arxiv[0] != '\0' ||
	    (!spoken_of && !contains(token, "arxiv") && !is_letter(token.p[0])))
		return;
	if (begins(token, "abs/"))
		token = (struct slice) {token.p + 4, token.n - 4};
	(void)arxiv_id_parse(token, c->arxiv, &version);
}

static void
find_ids(struct citation *c, struct slice text)
{
	bool spoken_of = contains(text, "arxiv") || contains(text, "corr");
	struct slice token;

	while (next_token(&text, &token)) {
		take_doi(c, token);
		if (token.n > 0)
			take_arxiv(c, token, spoken_of);
	}
}

/* Four digits at i, and none beside them, that may be a year; else 0.  Within
 * ids and addresses, which have no blanks, is none. */
static long
year_at(struct slice s, size_t i)
{
	long year = 0;

	if (i > 0 &&
	    (is_digit(s.p[i - 1]) || strchr("./:", s.p[i - 1]) != NULL))
		return 0;
	for (size_t k = i; k < i + 4; k++) {
		if (k >= s.n || !is_digit(s.p[k]))
			return 0;
		year = 10 * year + (s.p[k] - '0');
	}
	if (i + 4 < s.n &&
	    (is_digit(s.p[i + 4]) ||
		(i + 5 < s.n && s.p[i + 4] == '.' && is_digit(s.p[i + 5]))))
		return 0;
	return year >= YEAR_MIN && year <= YEAR_MAX ? year : 0;
}

/* From one page to another: "1701-1750", with any dash. */
static bool
is_range(struct slice s, size_t i)
{
	static const char *const dashes[] = {"-", "\u2013", "\u2014"};
	size_t n;

	for (size_t d = 0; d < sizeof(dashes) / sizeof(*dashes); d++) {
		n = strlen(dashes[d]);
		if ((i > n && memcmp(s.p + i - n, dashes[d], n) == 0 &&
			is_digit(s.p[i - n - 1])) ||
		    (i + 4 + n < s.n &&
			memcmp(s.p + i + 4, dashes[d], n) == 0 &&
			is_digit(s.p[i + 4 + n])))
			return true;
	}
	return false;
}

/* "Doe, J., 2015, ApJ, 800, 1900": behind initials, as pages are not. */
static bool
is_behind_initial(struct slice s, size_t i)
{
	if (i > 0 && s.p[i - 1] == ' ')
		i--;
	if (i > 0 && s.p[i - 1] == ',')
		i--;
	return i > 2 && s.p[i - 1] == '.' && is_capital(s.p[i - 2]) &&
	    (s.p[i - 3] == ' ' || s.p[i - 3] == '.');
}

/* The last in brackets, else the first behind initials, else the last that is
 * no page. */
static long
find_year(struct slice s)
{
	long found = 0, behind = 0, bracketed = 0, year;

	for (size_t i = 0; i + 4 <= s.n; i++) {
		if ((year = year_at(s, i)) == 0 || is_range(s, i))
			continue;
		found = year;
		if (i > 0 && s.p[i - 1] == '(')
			bracketed = year;
		if (behind == 0 && is_behind_initial(s, i))
			behind = year;
	}
	return bracketed != 0 ? bracketed : behind != 0 ? behind : found;
}

/* ----------------------------------------------------------------- titles */

/* Names are words that begin with capitals, with few others between. */
static bool
may_be_names(struct slice s)
{
	size_t small = 0;
	struct slice word;

	if (strip(s).n == 0)
		return false;
	while (slice_cut(&s, ' ', &word)) {
		small = is_small(*word.p) && word.n > 2 ? small + 1 : 0;
		if (small > SMALL_MAX)
			return false;
	}
	return true;
}

/* Where something came out begins, or is shortened, as no title is. */
static bool
may_be_venue(struct slice s)
{
	static const char *const firsts[] = {"in ", "in: ", "proc",
	    "advances in", "journal", "transactions", "annals", "lecture notes",
	    "ieee ", "acm ", "arxiv", "corr", "nature ", "physical review",
	    "phys. ", "j. ", "international conference",
	    "international journal", "http", "doi", "url", "available",
	    "accessed", "preprint", "springer", "ph.d", "phd thesis", "master"};

	for (size_t i = 0; i < sizeof(firsts) / sizeof(*firsts); i++)
		if (begins(s, firsts[i]))
			return true;
	for (size_t i = 0; i + 2 < s.n; i++)
		if (s.p[i] == '.' && s.p[i + 1] == ' ' && i > 1 &&
		    is_letter(s.p[i - 1]) && s.p[i + 2] != ' ')
			return true;
	return false;
}

/* "A report, 2023", "A report, May 2023a": a year that styles set there, and
 * with which no title ends. */
static struct slice
without_year(struct slice s)
{
	size_t n = s.n, comma;

	if (n > 0 && is_small(s.p[n - 1]))
		n--;
	if (n < 6 || year_at((struct slice) {s.p, n}, n - 4) == 0)
		return s;
	for (comma = n - 4; comma > 0 && s.p[comma - 1] != ','; comma--)
		continue;
	if (comma == 0 ||
	    count_words((struct slice) {s.p + comma, n - comma}) > 2)
		return s;
	return strip((struct slice) {s.p, comma - 1});
}

static bool
accept(struct citation *c, struct slice authors, struct slice title)
{
	title = without_year(strip(title));
	if (count_words(title) < 2 || begins(title, "et al") ||
	    title.n > TITLE_MAX || may_be_venue(title))
		return false;
	c->title = title;
	c->authors = strip(authors);
	return true;
}

/* "Jane Doe, “A title,” in Proc. .." */
static bool
find_quoted(struct citation *c, const struct strbuf *b)
{
	static const struct {
		const char *open, *close;
	} quotes[] = {{"\u201c", "\u201d"}, {"\"", "\""}, {"``", "''"}};
	const char *from, *to;
	size_t n;

	for (size_t i = 0; i < sizeof(quotes) / sizeof(*quotes); i++) {
		n = strlen(quotes[i].open);
		if ((from = strstr(b->s, quotes[i].open)) == NULL ||
		    (to = strstr(from + n, quotes[i].close)) == NULL)
			continue;
		if (accept(c, part(b, 0, (size_t)(from - b->s)),
			(struct slice) {from + n, (size_t)(to - from) - n}))
			return true;
	}
	return false;
}

/* The authors, a title, and where it came out, each a block. */
static bool
find_block(struct citation *c, const struct citation_text *t)
{
	size_t end;

	if (t->nblocks < 2)
		return false;
	end = t->nblocks > 2 ? t->block[2] : t->text.len;
	return accept(c, part(&t->text, 0, t->block[1]),
	    part(&t->text, t->block[1], end));
}

/* "Jane Doe, Title, Ann. of Math. 150 (1999)", the title in italics. */
static bool
find_italic(struct citation *c, const struct citation_text *t)
{
	struct slice before = part(&t->text, 0, t->italic);

	if (t->italic_end <= t->italic || !may_be_names(before) ||
	    contains(strip(before), " in"))
		return false;
	return accept(c, before, part(&t->text, t->italic, t->italic_end));
}

/* A point behind a single letter. */
static bool
is_initial(const struct strbuf *b, size_t point)
{
	return point > 0 && b->s[point] == '.' && is_letter(b->s[point - 1]) &&
	    (point == 1 ||
		(!is_letter(b->s[point - 2]) && !is_digit(b->s[point - 2])));
}

/* The point of "et al." within a list of names. */
static bool
is_among_names(const struct strbuf *b, size_t point)
{
	return point >= 3 && memcmp(b->s + point - 3, " al", 3) == 0 &&
	    point + 2 < b->len && is_small(b->s[point + 2]);
}

/* The end of the sentence that begins there. */
static size_t
sentence(const struct strbuf *b, size_t from)
{
	for (size_t i = from; i < b->len; i++)
		if (b->s[i] != '\0' && strchr(".?!", b->s[i]) != NULL &&
		    (i + 1 == b->len || b->s[i + 1] == ' ') &&
		    !is_initial(b, i) && !is_among_names(b, i))
			return i;
	return b->len;
}

/* "Jane Doe and R. Roe. A title of small words. Where, 2007." */
static bool
find_sentence(struct citation *c, const struct strbuf *b)
{
	size_t first = sentence(b, 0), second;
	struct slice title;
	size_t small = 0;
	struct slice word, rest;

	if (first + 2 >= b->len || !may_be_names(part(b, 0, first)))
		return false;
	second = sentence(b, first + 1);
	if (second == b->len)
		return false;
	title = rest = strip(part(b, first + 1, second));
	while (slice_cut(&rest, ' ', &word))
		small += word.n > 0 && is_small(*word.p);
	return small * 2 >= count_words(title) &&
	    accept(c, part(b, 0, first), title);
}

/* "Doe, J., Roe, R.: A title. In: Proc. ..": a colon behind the names. */
static bool
find_behind_colon(struct citation *c, const struct strbuf *b)
{
	const char *colon = strstr(b->s, ".: ");
	size_t at, end;

	if (colon == NULL || colon < b->s + 2)
		return false;
	at = (size_t)(colon - b->s);
	end = sentence(b, at + 3);
	return (is_initial(b, at) || memcmp(colon - 2, "al", 2) == 0) &&
	    end < b->len && may_be_names(part(b, 0, at)) &&
	    accept(c, part(b, 0, at), part(b, at + 3, end));
}

static void
find_title(struct citation *c, const struct citation_text *t)
{
	const char *at;
	size_t end;

	c->authors = c->title = (struct slice) {"", 0};
	if (t->title.len > 0) {
		c->title = strip(strbuf_slice(&t->title));
		end = t->nblocks > 1 ? t->block[1] : t->text.len;
		at = memmem(t->text.s, end, c->title.p, c->title.n);
		c->authors = strip(part(
		    &t->text, 0, at != NULL ? (size_t)(at - t->text.s) : end));
		return;
	}
	(void)(find_quoted(c, &t->text) || find_behind_colon(c, &t->text) ||
	    find_block(c, t) || find_italic(c, t) ||
	    find_sentence(c, &t->text));
}

void
citation_read(struct citation *c, const struct citation_text *t)
{
	c->arxiv[0] = '\0';
	strbuf_reset(&c->doi);
	find_ids(c, strbuf_slice(&t->links));
	find_ids(c, strbuf_slice(&t->text));
	c->year = find_year(strbuf_slice(&t->text));
	find_title(c, t);
}
