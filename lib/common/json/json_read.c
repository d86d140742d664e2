/* SPDX-License-Identifier: ISC */
#include "common/json/json_read.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "common/base/utf8.h"
#include "common/base/xalloc.h"

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

/* After '{', of an object whose members nobody asked for. */
static bool
scan_object(struct cursor *c, int depth)
{
	struct json_member m;

	skip_space(c);
	if (take(c, '}'))
		return true;
	for (;;) {
		if (!scan_member(c, &m, depth))
			return false;
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
		ok = scan_object(c, depth + 1);
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

static bool
scan_members(struct cursor *c, struct json_members *m)
{
	skip_space(c);
	if (!take(c, '{'))
		return fail(c, c->p == c->end ? "empty" : "not a JSON object");
	skip_space(c);
	if (take(c, '}'))
		return true;
	for (;;) {
		if (m->n == m->cap)
			m->v = xgrow(m->v, &m->cap, m->n + 1, sizeof(*m->v));
		if (!scan_member(c, &m->v[m->n], 1))
			return false;
		m->n++;
		skip_space(c);
		if (take(c, '}'))
			return true;
		if (!take(c, ','))
			return fail(c, "expected ',' or '}'");
		skip_space(c);
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
	ok = scan_members(&c, m);
	if (ok) {
		skip_space(&c);
		if (c.p != c.end)
			ok = fail(&c, "trailing data after the object");
	}
	if (ok && !json_keys_as_before(m)) {
		if ((again = json_repeated(m)) != NULL) {
			c.p = again->key.p - 1;
			ok = fail(&c, "duplicate key");
		} else {
			json_keys_remember(m);
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
