/* SPDX-License-Identifier: ISC */
#include "json.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "json_keys.h"
#include "utf8.h"
#include "xalloc.h"

enum content {
	PLAIN, /* printable ASCII without backslash */
	ESCAPES, /* printable ASCII */
	ODD /* anything */
};

/* Where the pass stands; p == end is the end of the text. */
struct cursor {
	const char *p, *end;
	const char *error;
	enum content content; /* of the whole text: see look_over */
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

/*
 * True if one of the n bytes at p is a control or beyond ASCII, or, if that
 * is asked too, a backslash.  n and slash_too are constants, and there is no
 * way out of the loop, so that compilers make it a few vector instructions.
 * What is looked for sets the top bit: taking away 0x20 does so for controls,
 * and taking 1 from zero for a backslash.
 */
static inline bool
is_odd(const char *p, size_t n, bool slash_too)
{
	unsigned char top = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		unsigned char c = (unsigned char)p[i];

		top |= (unsigned char)(c | (c - 0x20));
		if (slash_too)
			top |= (unsigned char)((c ^ '\\') - 1);
	}
	return top >= 0x80;
}

static inline bool
has_odd(struct slice text, bool slash_too)
{
	const char *p = text.p, *end = p + text.n;

	for (; end - p >= 256; p += 256)
		if (is_odd(p, 256, slash_too))
			return true;
	for (; end - p >= 32; p += 32)
		if (is_odd(p, 32, slash_too))
			return true;
	for (; p < end; p++)
		if (is_odd(p, 1, slash_too))
			return true;
	return false;
}

/*
 * One look at the whole text before it is taken apart.  Four records in five
 * are plain: in these a string ends at the next quote, which memchr finds
 * faster than any loop here, and nothing in it needs to be validated.
 */
static enum content
look_over(struct slice text)
{
	if (!has_odd(text, true))
		return PLAIN;
	return has_odd(text, false) ? ODD : ESCAPES;
}

static bool
scan_escape(struct cursor *c)
{
	int i;

	if (c->p == c->end)
		return fail(c, "unterminated string");
	if (*c->p != 'u') {
		if (strchr("\"\\/bfnrt", *c->p) == NULL || *c->p == '\0')
			return fail(c, "bad escape in string");
		c->p++;
		return true;
	}
	c->p++;
	for (i = 0; i < 4; i++, c->p++)
		if (c->p == c->end || !isxdigit((unsigned char)*c->p))
			return fail(c, "bad \\u escape in string");
	return true;
}

/* Up to end, within a string and without escapes: UTF-8 without controls. */
static bool
scan_text(struct cursor *c, const char *end)
{
	size_t len;

	while (c->p < end) {
		while (end - c->p >= 32 && !is_odd(c->p, 32, false))
			c->p += 32;
		while (c->p < end && (signed char)*c->p >= 0x20)
			c->p++;
		if (c->p == end)
			break;
		if ((unsigned char)*c->p < 0x20)
			return fail(c, "control character in string");
		if (utf8_decode(c->p, (size_t)(end - c->p), &len) ==
			UTF8_REPLACEMENT &&
		    len == 1)
			return fail(c, "invalid UTF-8");
		c->p += len;
	}
	return true;
}

/* Up to the quote that ends the string, beginning with the next one. */
static bool
scan_careful(struct cursor *c, const char *quote, bool *escaped)
{
	const char *slash;

	while ((slash = memchr(c->p, '\\', (size_t)(quote - c->p))) != NULL) {
		*escaped = true;
		if (c->content == ODD && !scan_text(c, slash))
			return false;
		c->p = slash + 1;
		if (!scan_escape(c))
			return false;
		if (c->p <= quote)
			continue;
		/* That quote was the escaped one. */
		quote = memchr(c->p, '"', (size_t)(c->end - c->p));
		if (quote == NULL)
			return fail(c, "unterminated string");
	}
	if (c->content == ODD && !scan_text(c, quote))
		return false;
	c->p = quote;
	return true;
}

/* After the opening quote; inside is what stands between the quotes. */
static inline bool
scan_string(struct cursor *c, struct slice *inside, bool *escaped)
{
	const char *begin = c->p;
	const char *quote = memchr(begin, '"', (size_t)(c->end - begin));

	*escaped = false;
	if (quote == NULL) {
		c->p = c->end;
		return fail(c, "unterminated string");
	}
	if (c->content == PLAIN)
		c->p = quote;
	else if (!scan_careful(c, quote, escaped))
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
		if (m->n == m->cap) {
			m->cap = m->cap != 0 ? 2 * m->cap : 32;
			m->v = xreallocarray(m->v, m->cap, sizeof(*m->v));
		}
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
	struct cursor c = {text.p, text.p + text.n, NULL, look_over(text)};
	const struct json_member *again;
	bool ok;

	m->n = 0;
	m->error = NULL;
	ok = scan_members(&c, m);
	if (ok) {
		skip_space(&c);
		if (c.p != c.end)
			ok = fail(&c, "more after the object");
	}
	if (ok && !json_keys_as_before(m)) {
		if ((again = json_repeated(m)) != NULL) {
			c.p = again->key.p - 1;
			ok = fail(&c, "a key stands twice");
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
	struct cursor c = {text.p, text.p + text.n, NULL, look_over(text)};
	struct json_value v;
	bool ok;

	skip_space(&c);
	ok = scan_value(&c, &v, 0);
	if (ok) {
		skip_space(&c);
		if (c.p != c.end)
			ok = fail(&c, "more after the value");
	}
	*error = ok ? NULL : c.error;
	*error_at = (size_t)(c.p - text.p);
	return ok;
}

bool
json_array_next(struct slice array, size_t *pos, struct json_value *item)
{
	/* Validated before, so that only the ends of strings matter. */
	struct cursor c = {array.p + *pos, array.p + array.n, NULL, ESCAPES};

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
