/* SPDX-License-Identifier: ISC */
#include "model/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/strbuf.h"
#include "common/base/xalloc.h"

/* Small enough for a quick start, large enough that a month needs few. */
#define CHUNK_FIRST ((size_t)64 << 10)
#define CHUNK_MAX   ((size_t)4 << 20)

/* Pointers and doubles; more would be lost at every paper. */
#define ALIGNMENT \
	(alignof(double) > alignof(void *) ? alignof(double) : alignof(void *))

struct arena_chunk {
	struct arena_chunk *older;
	size_t size;
	alignas(ALIGNMENT) char bytes[];
};

void
arena_release(struct arena *a)
{
	struct arena_chunk *c, *older;

	for (c = a->chunks; c != NULL; c = older) {
		older = c->older;
		free(c);
	}
	memset(a, 0, sizeof(*a));
}

void
arena_begin(struct arena *a, size_t size)
{
	struct arena_chunk *c = xmalloc(sizeof(*c) + size);

	c->older = a->chunks;
	c->size = size;
	a->chunks = c;
	a->next = c->bytes;
	a->left = size;
}

static void
add_chunk(struct arena *a, size_t n)
{
	size_t size = CHUNK_FIRST;

	if (a->chunks != NULL)
		size = a->chunks->size * 2;
	if (size > CHUNK_MAX)
		size = CHUNK_MAX;
	arena_begin(a, size < n ? n : size);
}

void *
arena_alloc(struct arena *a, size_t n)
{
	size_t pad = -(uintptr_t)a->next % ALIGNMENT;
	void *p;

	if (a->left < pad || a->left - pad < n) {
		add_chunk(a, n);
		pad = 0;
	}
	p = a->next + pad;
	a->next += pad + n;
	a->left -= pad + n;
	return p;
}

struct slice
arena_copy(struct arena *a, struct slice s)
{
	char *p;

	if (s.n == 0)
		return (struct slice) {"", 0};
	/* Text needs no alignment. */
	if (a->left < s.n + 1)
		add_chunk(a, s.n + 1);
	p = a->next;
	memcpy(p, s.p, s.n);
	p[s.n] = '\0';
	a->next += s.n + 1;
	a->left -= s.n + 1;
	return (struct slice) {p, s.n};
}

struct slice
arena_textf(struct arena *a, const char *fmt, ...)
{
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);
	struct slice s;
	va_list ap;

	va_start(ap, fmt);
	strbuf_vaddf(&b, fmt, ap);
	va_end(ap);
	s = arena_copy(a, strbuf_slice(&b));
	strbuf_release(&b);
	return s;
}
