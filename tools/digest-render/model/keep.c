/* SPDX-License-Identifier: ISC */
/* The memory of a digest, and copies in it of what a record says. */
#include "model/digest_internal.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/hash.h"
#include "common/base/strbuf.h"
#include "common/base/xalloc.h"
#include "common/text/detex.h"
#include "text/escape.h"

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

struct slice
keep(struct digest *d, struct slice s)
{
	return arena_copy(d->builder->into, s);
}

/* A word that many papers share, once; which they do is not looked for long. */
struct slice
keep_word(struct digest *d, struct slice s)
{
	struct digest_builder *b = d->builder;
	struct slice *known =
	    &b->words[hash_add(HASH_INIT, s.p, s.n) % SHARED_MAX];

	/* Of papers that do not stay nothing is shared. */
	if (b->into != &d->arena)
		return keep(d, s);
	if (!slice_same(*known, s))
		*known = keep(d, s);
	return *known;
}

/* A text that may hold TeX. */
struct slice
keep_text(struct digest *d, struct slice s)
{
	struct strbuf *b = &d->builder->item;

	if (d->style.tex == TEX_RAW || s.n == 0)
		return keep(d, s);
	strbuf_reset(b);
	if (d->style.tex == TEX_FORMULAS)
		detex_text(b, s);
	else
		detex(b, s);
	return keep(d, strbuf_slice(b));
}

/* arXiv lists a colon as an author where a collaboration has one behind it. */
struct slice
keep_name(struct digest *d, struct slice s)
{
	bool name = d->style.verbatim;

	for (size_t i = 0; i < s.n && !name; i++)
		name = ascii_alnum(s.p[i]) || (s.p[i] & 0x80) != 0;
	return name ? keep_text(d, s) : (struct slice) {"", 0};
}

struct slice
keep_url(struct digest *d, struct slice s)
{
	struct strbuf *b = &d->builder->item;

	strbuf_reset(b);
	escape_url(b, s);
	return keep(d, strbuf_slice(b));
}

/* Empty if it is no link that may be followed. */
struct slice
keep_web(struct digest *d, struct slice s)
{
	return url_is_web(s) ? keep_url(d, s) : (struct slice) {"", 0};
}

struct slice
keep_address(struct digest *d, const char *before, struct slice name)
{
	struct strbuf *b = &d->builder->item;

	strbuf_reset(b);
	strbuf_addstr(b, before);
	escape_url(b, name);
	return keep(d, strbuf_slice(b));
}

void
kept_push(struct digest_builder *b, struct slice s)
{
	b->list = xgrow(b->list, &b->list_cap, b->nlist + 1, sizeof(*b->list));
	b->list[b->nlist++] = s;
}

/* The collected list moves to the arena. */
struct slices
kept_take(struct digest *d)
{
	struct digest_builder *b = d->builder;
	struct slices out = {NULL, b->nlist};
	struct slice *v;

	if (b->nlist == 0)
		return out;
	v = arena_alloc(b->into, b->nlist * sizeof(*v));
	memcpy(v, b->list, b->nlist * sizeof(*v));
	b->nlist = 0;
	out.v = v;
	return out;
}

/* The same of a list of words, which many papers share, too. */
static struct slices
kept_share(struct digest *d)
{
	struct digest_builder *b = d->builder;
	size_t size = b->nlist * sizeof(*b->list);
	struct slices *known =
	    &b->lists[hash_add(HASH_INIT, b->list, size) % SHARED_MAX];

	if (b->into != &d->arena || b->nlist == 0)
		return kept_take(d);
	if (known->n == b->nlist && memcmp(known->v, b->list, size) == 0)
		b->nlist = 0;
	else
		*known = kept_take(d);
	return *known;
}

static struct slices
keep_list(struct digest *d, struct slice array, keep_item_fn *keep_item)
{
	struct strbuf *scratch = &d->builder->scratch;
	struct json_value item;
	struct slice text;
	size_t pos = 0;

	while (json_array_next(array, &pos, &item)) {
		if (item.type != JSON_STRING)
			continue;
		text = json_text(&item, scratch);
		text = keep_item(d, text);
		if (text.n > 0)
			kept_push(d->builder, text);
	}
	return keep_item == keep_word ? kept_share(d) : kept_take(d);
}

struct slices
keep_array(struct digest *d, const struct paper *p, enum paper_key key,
    keep_item_fn *keep_item)
{
	const struct json_member *m = p->key[key];

	if (m == NULL || m->value.type != JSON_ARRAY)
		return (struct slices) {NULL, 0};
	return keep_list(d, m->value.raw, keep_item);
}

/* A string or array member of the object in builder->object. */
struct slice
member_text(struct digest *d, const char *key)
{
	const struct json_member *m = json_find(&d->builder->object, key);

	if (m == NULL || m->value.type != JSON_STRING)
		return (struct slice) {"", 0};
	return json_text(&m->value, &d->builder->scratch);
}

struct slices
member_list(struct digest *d, const char *key, keep_item_fn *keep_item)
{
	const struct json_member *m = json_find(&d->builder->object, key);

	if (m == NULL || m->value.type != JSON_ARRAY)
		return (struct slices) {NULL, 0};
	return keep_list(d, m->value.raw, keep_item);
}

bool
kept_has(const struct digest_builder *b, struct slice text)
{
	for (size_t i = 0; i < b->nlist; i++)
		if (slice_same(b->list[i], text))
			return true;
	return false;
}
