/* SPDX-License-Identifier: ISC */
/*
 * The scan is that of Wu and Manber: a window as long as the shortest needle
 * slides over the text, and its last two bytes tell how far it may jump.  With
 * twenty keywords of seven letters and more it looks at every fourth byte.
 */
#include <stdlib.h>

#include "common/base/xalloc.h"
#include "needles.h"

/* Longer windows jump no farther in English. */
#define WINDOW_MAX 12

void
needles_init(struct needles *s)
{
	*s = (struct needles) {0};
}

void
needles_release(struct needles *s)
{
	for (size_t i = 0; i < s->n; i++)
		free(s->v[i].text);
	free(s->v);
	needles_init(s);
}

void
needles_add(struct needles *s, struct slice text, unsigned owner)
{
	s->v = xreallocarray(s->v, s->n + 1, sizeof(*s->v));
	s->v[s->n++] =
	    (struct needle) {xmemdup0(text.p, text.n), text.n, owner, -1};
}

static unsigned
pair(const char *p)
{
	return ((unsigned)p[0] & 31) << 5 | ((unsigned)p[1] & 31);
}

void
needles_ready(struct needles *s)
{
	s->window = WINDOW_MAX;
	for (size_t i = 0; i < s->n; i++)
		if (s->v[i].len < s->window)
			s->window = s->v[i].len;
	for (size_t h = 0; h < NEEDLES_PAIRS; h++) {
		s->shift[h] = (uint8_t)(s->window - 1);
		s->first[h] = -1;
	}
	for (size_t i = 0; i < s->n; i++) {
		unsigned h = 0;

		for (size_t at = 0; at + 2 <= s->window; at++) {
			size_t left = s->window - 2 - at;

			h = pair(s->v[i].text + at);
			if (left < s->shift[h])
				s->shift[h] = (uint8_t)left;
		}
		s->v[i].next = s->first[h];
		s->first[h] = (int)i;
	}
}

static bool
same_letters(const char *a, const char *b, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		unsigned char x = (unsigned char)a[i];
		unsigned char y = (unsigned char)b[i];

		/* Bytes that differ in more than their case bit. */
		if ((x ^ y) & ~0x20u)
			return false;
	}
	return true;
}

void
needles_scan(const struct needles *s, struct slice text,
    bool (*found)(void *arg, unsigned owner), void *arg)
{
	size_t at = s->window - 2;

	if (s->n == 0)
		return;
	while (at + 2 <= text.n) {
		unsigned h = pair(text.p + at);
		const char *start = text.p + at + 2 - s->window;
		size_t left = (size_t)(text.p + text.n - start);

		if (s->shift[h] != 0) {
			at += s->shift[h];
			continue;
		}
		for (int i = s->first[h]; i != -1; i = s->v[i].next) {
			const struct needle *v = &s->v[i];

			if (v->len <= left &&
			    same_letters(start, v->text, v->len) &&
			    !found(arg, v->owner))
				return;
		}
		at++;
	}
}
