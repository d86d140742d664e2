/* SPDX-License-Identifier: ISC */
#include "common/base/strbuf.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/xalloc.h"

/* What s points to before anything was added; never written to. */
char strbuf_empty[1];

void
strbuf_init(struct strbuf *b, size_t max)
{
	*b = (struct strbuf)STRBUF_INIT(max);
}

void
strbuf_release(struct strbuf *b)
{
	if (b->cap != 0)
		free(b->s);
	strbuf_init(b, b->max);
}

void
strbuf_reset(struct strbuf *b)
{
	b->overflow = false;
	strbuf_setlen(b, 0);
}

void
strbuf_setlen(struct strbuf *b, size_t n)
{
	b->len = n;
	if (b->cap != 0)
		b->s[n] = '\0';
}

char *
strbuf_detach(struct strbuf *b)
{
	char *s = b->cap != 0 ? b->s : xmemdup0("", 0);

	strbuf_init(b, b->max);
	return s;
}

bool
strbuf_grow(struct strbuf *b, size_t n)
{
	size_t cap = b->cap != 0 ? b->cap : 64;

	if (n > b->max || b->len > b->max - n) {
		b->overflow = true;
		return false;
	}
	if (b->len + n < b->cap)
		return true;
	while (cap <= b->len + n)
		cap *= 2;
	if (b->cap == 0) {
		b->s = xmalloc(cap);
		b->s[0] = '\0';
	} else {
		b->s = xrealloc(b->s, cap);
	}
	b->cap = cap;
	return true;
}

void
strbuf_add(struct strbuf *b, const void *p, size_t n)
{
	bool fits = n < b->cap - b->len && n <= b->max - b->len;

	if (n == 0 || (!fits && !strbuf_grow(b, n)))
		return;
	memcpy(b->s + b->len, p, n);
	b->len += n;
	b->s[b->len] = '\0';
}

void
strbuf_addstr(struct strbuf *b, const char *s)
{
	strbuf_add(b, s, strlen(s));
}

void
strbuf_addslice(struct strbuf *b, struct slice s)
{
	strbuf_add(b, s.p, s.n);
}

void
strbuf_vaddf(struct strbuf *b, const char *fmt, va_list ap)
{
	va_list again;
	int n;

	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (n < 0)
		xalloc_die();
	if (!strbuf_grow(b, (size_t)n))
		return;
	vsnprintf(b->s + b->len, (size_t)n + 1, fmt, ap);
	b->len += (size_t)n;
}

void
strbuf_addf(struct strbuf *b, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	strbuf_vaddf(b, fmt, ap);
	va_end(ap);
}

/*
 * Where s, from i on, first has white space that is not one blank before
 * something else; n if nowhere.  Most text has none, so it is looked at by
 * eight bytes and, for what follows a blank, by the eight after the first:
 * where both have a blank there are no other bits.
 */
static size_t
find_odd_space(const char *s, size_t i, size_t n)
{
	const uint64_t blanks = EIGHT_TIMES(' ');
	uint64_t w, next;

	for (; i < n; i++) {
		for (; n - i > sizeof(w); i += sizeof(w)) {
			memcpy(&w, s + i, sizeof(w));
			memcpy(&next, s + i + 1, sizeof(next));
			if ((bytes_below(w, '\r' + 1) |
				bytes_below(next, '\r' + 1) |
				bytes_equal(
				    (w ^ blanks) | (next ^ blanks), 0)) != 0)
				break;
		}
		if (ascii_space(s[i]) &&
		    (s[i] != ' ' || i + 1 == n || ascii_space(s[i + 1])))
			return i;
	}
	return n;
}

void
strbuf_fold_space(struct strbuf *b)
{
	size_t from = 0, to = 0, odd;

	while (from < b->len && ascii_space(b->s[from]))
		from++;
	while (from < b->len) {
		odd = find_odd_space(b->s, from, b->len);
		if (to < from)
			memmove(b->s + to, b->s + from, odd - from);
		to += odd - from;
		for (from = odd; from < b->len && ascii_space(b->s[from]);)
			from++;
		if (from < b->len)
			b->s[to++] = ' ';
	}
	strbuf_setlen(b, to);
}
