/* SPDX-License-Identifier: ISC */
#include "common/json/json_value.h"

#include <ctype.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

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

const struct json_member *
json_repeated(const struct json_members *m)
{
	return m->n <= FEW ? repeated_of_few(m) : repeated_of_many(m);
}

bool
json_keys_as_before(struct json_members *m)
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

void
json_keys_remember(struct json_members *m)
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
