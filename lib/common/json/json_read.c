/* SPDX-License-Identifier: ISC */
#include "common/json/json_read.h"

#include <ctype.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "common/base/utf8.h"
#include "common/base/xalloc.h"

static uint32_t
hex4(const char *p)
{
	uint32_t v = 0;

	for (int i = 0; i < 4; i++) {
		v <<= 4;
		v |= (uint32_t)(isdigit((unsigned char)p[i])
			? p[i] - '0'
			: (p[i] | 0x20) - 'a' + 10);
	}
	return v;
}

/* After "\u"; a pair of surrogates is one code point.  Returns what follows. */
static const char *
decode_u(const char *p, const char *end, struct strbuf *b)
{
	uint32_t cp = hex4(p), low;

	p += 4;
	if (cp >= 0xd800 && cp < 0xdc00 && end - p >= 6 && p[0] == '\\' &&
	    p[1] == 'u' && (low = hex4(p + 2)) >= 0xdc00 && low < 0xe000) {
		cp = 0x10000 + ((cp - 0xd800) << 10) + (low - 0xdc00);
		p += 6;
	}
	utf8_add(b, cp);
	return p;
}

struct slice
json_text(const struct json_value *v, struct strbuf *scratch)
{
	static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
	const char *p = v->raw.p + 1, *end = v->raw.p + v->raw.n - 1;
	const char *slash, *e;

	if (v->type != JSON_STRING)
		return (struct slice) {"", 0};
	if (!v->escaped)
		return (struct slice) {p, (size_t)(end - p)};
	strbuf_reset(scratch);
	while ((slash = memchr(p, '\\', (size_t)(end - p))) != NULL) {
		strbuf_add(scratch, p, (size_t)(slash - p));
		p = slash + 2;
		if (slash[1] == 'u')
			p = decode_u(p, end, scratch);
		else if ((e = strchr(from, slash[1])) != NULL)
			strbuf_addch(scratch, to[e - from]);
		else
			strbuf_addch(scratch, slash[1]);
	}
	strbuf_add(scratch, p, (size_t)(end - p));
	return strbuf_slice(scratch);
}

/* The escape at p (valid JSON, "\\u" and four digits) and, for the first half
 * of a pair, its other half: how long it is, and whether it is to stay. */
static bool
escape_is_kept(const char *p, const char *end, bool keep_nul, size_t *len)
{
	uint32_t a = hex4(p + 2), b;

	*len = 6;
	if ((a == 0 && !keep_nul) || (a >= 0xdc00 && a < 0xe000))
		return false;
	if (a < 0xd800 || a >= 0xdc00)
		return true;
	if (end - p < 12 || p[6] != '\\' || p[7] != 'u')
		return false;
	b = hex4(p + 8);
	if (b < 0xdc00 || b >= 0xe000)
		return false;
	*len = 12;
	return true;
}

void
json_replace_halves(struct strbuf *out, struct slice text, bool keep_nul)
{
	const char *p = text.p, *end = p + text.n, *from = p;
	size_t len;

	while ((p = memchr(p, '\\', (size_t)(end - p))) != NULL) {
		if (p[1] != 'u') {
			p += 2;
			continue;
		}
		if (!escape_is_kept(p, end, keep_nul, &len)) {
			strbuf_add(out, from, (size_t)(p - from));
			strbuf_addstr(out, "\\ufffd");
			from = p + len;
		}
		p += len;
	}
	strbuf_add(out, from, (size_t)(end - from));
}

bool
json_double(const struct json_value *v, double *out)
{
	char s[64];
	double d;

	if (v->type != JSON_NUMBER || v->raw.n >= sizeof(s))
		return false;
	memcpy(s, v->raw.p, v->raw.n);
	s[v->raw.n] = '\0';
	d = strtod(s, NULL);
	if (!isfinite(d))
		return false;
	*out = d;
	return true;
}

bool
json_long(const struct json_value *v, long *out)
{
	double d;

	/* Whole numbers up to 2^53 are exact in a double. */
	if (!json_double(v, &d) || d != floor(d) ||
	    fabs(d) > 9007199254740992.0)
		return false;
	*out = (long)d;
	return true;
}

/* Where the pass stands; p == end is the end of the text. */
struct cursor {
	const char *p, *end;
	const char *error;
};

static bool scan_value(struct cursor *c, struct json_value *v, int depth);

static bool
fail(struct cursor *c, const char *why)
{
	if (c->error == NULL)
		c->error = why;
	return false;
}

static inline void
skip_space(struct cursor *c)
{
	while (c->p < c->end && (unsigned char)*c->p <= ' ' &&
	    (*c->p == ' ' || *c->p == '\t' || *c->p == '\n' || *c->p == '\r'))
		c->p++;
}

static bool
take(struct cursor *c, char want)
{
	if (c->p == c->end || *c->p != want)
		return false;
	c->p++;
	return true;
}

#ifdef __SSE2__
/*
 * A bit for each of the 16 bytes at p that needs a look: quote, backslash, and
 * what is below 0x20 as a signed char, the controls and all beyond ASCII.
 * No portable form comes close: it is the one instruction that makes bits of
 * bytes which halves the time of the whole pass.
 */
static inline unsigned
odd_bytes(const char *p)
{
	__m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
	__m128i odd = _mm_cmplt_epi8(v, _mm_set1_epi8(0x20));

	odd = _mm_or_si128(odd, _mm_cmpeq_epi8(v, _mm_set1_epi8('"')));
	odd = _mm_or_si128(odd, _mm_cmpeq_epi8(v, _mm_set1_epi8('\\')));
	return (unsigned)_mm_movemask_epi8(odd);
}
#endif

/* Moves to the next byte of a string that needs a look, or to the end. */
static inline void
skip_plain(struct cursor *c)
{
	const char *p = c->p;

#ifdef __SSE2__
	unsigned odd;

	for (; c->end - p >= 16; p += 16)
		if ((odd = odd_bytes(p)) != 0) {
			c->p = p + __builtin_ctz(odd);
			return;
		}
#endif
	while (p < c->end && (signed char)*p >= 0x20 && *p != '"' && *p != '\\')
		p++;
	c->p = p;
}

static bool
scan_escape(struct cursor *c)
{
	if (c->p == c->end)
		return fail(c, "unterminated string");
	if (*c->p != 'u') {
		if (strchr("\"\\/bfnrt", *c->p) == NULL || *c->p == '\0')
			return fail(c, "bad escape in string");
		c->p++;
		return true;
	}
	c->p++;
	for (int i = 0; i < 4; i++, c->p++)
		if (c->p == c->end || !isxdigit((unsigned char)*c->p))
			return fail(c, "bad \\u escape in string");
	return true;
}

/* What skip_plain stopped at within a string, if it is not the end of it. */
static bool
scan_odd(struct cursor *c, bool *escaped)
{
	size_t len;

	if (c->p == c->end)
		return fail(c, "unterminated string");
	if (*c->p == '\\') {
		*escaped = true;
		c->p++;
		return scan_escape(c);
	}
	if ((unsigned char)*c->p < 0x20)
		return fail(c, "control character in string");
	if (utf8_decode(c->p, (size_t)(c->end - c->p), &len) ==
		UTF8_REPLACEMENT &&
	    len == 1)
		return fail(c, "invalid UTF-8");
	c->p += len;
	return true;
}

/* After the opening quote; inside is what stands between the quotes. */
static inline bool
scan_string(struct cursor *c, struct slice *inside, bool *escaped)
{
	const char *begin = c->p;

	*escaped = false;
	for (skip_plain(c); c->p == c->end || *c->p != '"'; skip_plain(c))
		if (!scan_odd(c, escaped))
			return false;
	*inside = (struct slice) {begin, (size_t)(c->p - begin)};
	c->p++;
	return true;
}

static bool
scan_digits(struct cursor *c)
{
	const char *begin = c->p;

	while (c->p < c->end && isdigit((unsigned char)*c->p))
		c->p++;
	return c->p > begin || fail(c, "bad number");
}

static bool
scan_number(struct cursor *c)
{
	take(c, '-');
	if (!take(c, '0') && !scan_digits(c))
		return false;
	if (take(c, '.') && !scan_digits(c))
		return false;
	if (take(c, 'e') || take(c, 'E')) {
		if (!take(c, '+'))
			take(c, '-');
		return scan_digits(c);
	}
	return true;
}

static bool
scan_word(struct cursor *c, const char *word)
{
	size_t n = strlen(word);

	if ((size_t)(c->end - c->p) < n || memcmp(c->p, word, n) != 0)
		return fail(c, "not a JSON value");
	c->p += n;
	return true;
}

/* After '['. */
static bool
scan_array(struct cursor *c, int depth)
{
	struct json_value v;
	struct slice inside;
	bool escaped;

	skip_space(c);
	if (take(c, ']'))
		return true;
	for (;;) {
		/* Mostly strings: the authors. */
		if (take(c, '"') ? !scan_string(c, &inside, &escaped)
				 : !scan_value(c, &v, depth))
			return false;
		skip_space(c);
		if (take(c, ']'))
			return true;
		if (!take(c, ','))
			return fail(c, "expected ',' or ']'");
		skip_space(c);
	}
}

/* One "key": value, the cursor at the key's quote. */
static bool
scan_member(struct cursor *c, struct json_member *m, int depth)
{
	if (!take(c, '"'))
		return fail(c, "expected a key");
	if (!scan_string(c, &m->key, &m->key_escaped))
		return false;
	skip_space(c);
	if (!take(c, ':'))
		return fail(c, "expected ':'");
	skip_space(c);
	return scan_value(c, &m->value, depth);
}

/* After '{'; the members go to m, unless that is NULL. */
static bool
scan_object(struct cursor *c, struct json_members *m, int depth)
{
	struct json_member unasked, *into = &unasked;

	skip_space(c);
	if (take(c, '}'))
		return true;
	for (;;) {
		if (m != NULL) {
			if (m->n == m->cap)
				m->v = xgrow(
				    m->v, &m->cap, m->n + 1, sizeof(*m->v));
			into = &m->v[m->n];
		}
		if (!scan_member(c, into, depth))
			return false;
		if (m != NULL)
			m->n++;
		skip_space(c);
		if (take(c, '}'))
			return true;
		if (!take(c, ','))
			return fail(c, "expected ',' or '}'");
		skip_space(c);
	}
}

static bool
scan_value(struct cursor *c, struct json_value *v, int depth)
{
	const char *begin = c->p;
	struct slice inside;
	bool ok;

	if (c->p == c->end)
		return fail(c, "cut short");
	if (depth >= JSON_MAX_DEPTH)
		return fail(c, "nested too deeply");
	v->escaped = false;
	switch (*c->p) {
	case '"':
		c->p++;
		v->type = JSON_STRING;
		ok = scan_string(c, &inside, &v->escaped);
		break;
	case '[':
		c->p++;
		v->type = JSON_ARRAY;
		ok = scan_array(c, depth + 1);
		break;
	case '{':
		c->p++;
		v->type = JSON_OBJECT;
		ok = scan_object(c, NULL, depth + 1);
		break;
	case 't':
		v->type = JSON_TRUE;
		ok = scan_word(c, "true");
		break;
	case 'f':
		v->type = JSON_FALSE;
		ok = scan_word(c, "false");
		break;
	case 'n':
		v->type = JSON_NULL;
		ok = scan_word(c, "null");
		break;
	default:
		v->type = JSON_NUMBER;
		if (*c->p != '-' && !isdigit((unsigned char)*c->p))
			return fail(c, "not a JSON value");
		ok = scan_number(c);
		break;
	}
	v->raw = (struct slice) {begin, (size_t)(c->p - begin)};
	return ok;
}

/* More keys than these are sorted: a hostile line can hold half a million. */
#define FEW JSON_KEYS_REMEMBERED

static void
decode_key(const struct json_member *m, struct strbuf *b)
{
	struct json_value v = {
	    {m->key.p - 1, m->key.n + 2}, JSON_STRING, m->key_escaped};
	struct slice s;

	strbuf_reset(b);
	s = json_text(&v, b);
	if (!m->key_escaped)
		strbuf_addslice(b, s);
}

static bool
same_key(const struct json_member *a, const struct json_member *b)
{
	struct strbuf x = STRBUF_INIT(STRBUF_MAX), y = STRBUF_INIT(STRBUF_MAX);
	bool same;

	if (!a->key_escaped && !b->key_escaped)
		return slice_same(a->key, b->key);
	decode_key(a, &x);
	decode_key(b, &y);
	same = slice_same(strbuf_slice(&x), strbuf_slice(&y));
	strbuf_release(&x);
	strbuf_release(&y);
	return same;
}

/*
 * For a few keys: a set of rough hashes spares the comparisons nearly always;
 * an escaped key can equal one that is spelt otherwise, so from the first of
 * those on all are compared.
 */
static const struct json_member *
repeated_of_few(const struct json_members *m)
{
	uint64_t seen = 0, bit;

	for (size_t i = 0; i < m->n; i++) {
		const struct json_member *v = &m->v[i];
		size_t h = v->key.n;

		if (h > 0)
			h = h * 31 + (unsigned char)v->key.p[0] * 7u +
			    (unsigned char)v->key.p[v->key.n - 1];
		bit = UINT64_C(1) << (h & 63);
		if (v->key_escaped)
			seen = ~UINT64_C(0);
		for (size_t j = 0; (seen & bit) != 0 && j < i; j++)
			if (same_key(&m->v[j], v))
				return v;
		seen |= bit;
	}
	return NULL;
}

struct key {
	struct slice text; /* decoded */
	size_t at; /* where that begins in a buffer that still grows */
	const struct json_member *member;
};

static int
compare_keys(const void *a, const void *b)
{
	const struct key *x = a, *y = b;
	int c = slice_cmp(x->text, y->text);

	return c != 0 ? c : (x->member > y->member) - (x->member < y->member);
}

static const struct json_member *
repeated_of_many(const struct json_members *m)
{
	struct strbuf all = STRBUF_INIT(STRBUF_MAX);
	struct strbuf one = STRBUF_INIT(STRBUF_MAX);
	struct key *keys = xreallocarray(NULL, m->n, sizeof(*keys));
	const struct json_member *again = NULL;

	for (size_t i = 0; i < m->n; i++) {
		decode_key(&m->v[i], &one);
		keys[i] = (struct key) {{NULL, one.len}, all.len, &m->v[i]};
		strbuf_addslice(&all, strbuf_slice(&one));
	}
	for (size_t i = 0; i < m->n; i++)
		keys[i].text.p = all.s + keys[i].at;
	qsort(keys, m->n, sizeof(*keys), compare_keys);
	for (size_t i = 1; i < m->n && again == NULL; i++)
		if (slice_same(keys[i - 1].text, keys[i].text))
			again = keys[i].member;
	free(keys);
	strbuf_release(&all);
	strbuf_release(&one);
	return again;
}

/* A member whose key stands before it already, whatever its spelling, or
 * NULL. */
static const struct json_member *
repeated(const struct json_members *m)
{
	return m->n <= FEW ? repeated_of_few(m) : repeated_of_many(m);
}

/* Sets nsame: how many of the first keys are as remembered, in spelling too;
 * true if all of them are. */
static bool
keys_as_before(struct json_members *m)
{
	size_t at = 0, n;

	for (m->nsame = 0; m->nsame < m->n; m->nsame++, at += n) {
		n = m->v[m->nsame].key.n + 1;
		if (m->keys_len - at < n ||
		    memcmp(m->keys + at, m->v[m->nsame].key.p, n) != 0)
			return false;
	}
	return true;
}

/* Remembers the keys, unless they are very many. */
static void
keys_remember(struct json_members *m)
{
	size_t at = 0, n, i;

	m->keys_len = 0;
	if (m->n > FEW)
		return;
	for (i = 0; i < m->n; i++)
		m->keys_len += m->v[i].key.n + 1;
	m->keys = xrealloc(m->keys, m->keys_len + 1);
	for (i = 0; i < m->n; i++, at += n) {
		n = m->v[i].key.n + 1;
		memcpy(m->keys + at, m->v[i].key.p, n);
	}
}

bool
json_object(struct json_members *m, struct slice text)
{
	struct cursor c = {text.p, text.p + text.n, NULL};
	const struct json_member *again;
	bool ok;

	m->n = 0;
	m->error = NULL;
	skip_space(&c);
	ok = take(&c, '{')
	    ? scan_object(&c, m, 1)
	    : fail(&c, c.p == c.end ? "empty" : "not a JSON object");
	if (ok) {
		skip_space(&c);
		if (c.p != c.end)
			ok = fail(&c, "trailing data after the object");
	}
	if (ok && !keys_as_before(m)) {
		if ((again = repeated(m)) != NULL) {
			c.p = again->key.p - 1;
			ok = fail(&c, "duplicate key");
		} else {
			keys_remember(m);
		}
	}
	if (!ok) {
		m->error = c.p == c.end ? "cut short" : c.error;
		if (text.n == 0)
			m->error = "empty";
		m->error_at = (size_t)(c.p - text.p);
	}
	return ok;
}

void
json_members_release(struct json_members *m)
{
	free(m->v);
	free(m->keys);
	*m = (struct json_members)JSON_MEMBERS_INIT;
}

bool
json_valid(struct slice text, const char **error, size_t *error_at)
{
	struct cursor c = {text.p, text.p + text.n, NULL};
	struct json_value v;
	bool ok;

	skip_space(&c);
	ok = scan_value(&c, &v, 0);
	if (ok) {
		skip_space(&c);
		if (c.p != c.end)
			ok = fail(&c, "trailing data after the value");
	}
	*error = ok ? NULL : c.error;
	*error_at = (size_t)(c.p - text.p);
	return ok;
}

bool
json_array_next(struct slice array, size_t *pos, struct json_value *item)
{
	/* Validated before, so that only the ends of strings matter. */
	struct cursor c = {array.p + *pos, array.p + array.n, NULL};

	if (*pos == 0 && !take(&c, '['))
		return false;
	skip_space(&c);
	take(&c, ',');
	skip_space(&c);
	if (c.p == c.end || *c.p == ']' || !scan_value(&c, item, 1))
		return false;
	*pos = (size_t)(c.p - array.p);
	return true;
}

const struct json_member *
json_find(const struct json_members *m, const char *key)
{
	struct json_member want = {slice_of(key), false, {{0}, 0, false}};

	for (size_t i = 0; i < m->n; i++)
		if (m->v[i].key_escaped ? same_key(&m->v[i], &want)
					: slice_same(m->v[i].key, want.key))
			return &m->v[i];
	return NULL;
}
