/* SPDX-License-Identifier: ISC */
#include "common/base/strmap.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/hash.h"
#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/base/xalloc.h"

#define NUMBER_BITS 24
#define NUMBER_MASK ((UINT32_C(1) << NUMBER_BITS) - 1)
#define SLOTS_MIN   64

struct slice
strmap_get(const struct strmap *m, size_t number)
{
	size_t from = number > 0 ? m->ends[number - 1] : 0;

	return (struct slice) {m->text + from, m->ends[number] - from};
}

static uint64_t
hash(struct slice s)
{
	return hash_mix(hash_bytes(s.p, s.n));
}

static uint32_t
tag(uint64_t h)
{
	return (uint32_t)(h >> 32) & ~NUMBER_MASK;
}

/* The slot that holds s, or the free one where it belongs. */
static size_t
find(const struct strmap *m, struct slice s, uint64_t h)
{
	size_t i = h & (m->nslots - 1);

	while (m->slots[i] != 0) {
		uint32_t number = m->slots[i] & NUMBER_MASK;

		if ((m->slots[i] & ~NUMBER_MASK) == tag(h) &&
		    slice_same(strmap_get(m, number - 1), s))
			break;
		i = (i + 1) & (m->nslots - 1);
	}
	return i;
}

/* Twice the slots, and room for the ends of the strings that fit in them. */
static void
rehash(struct strmap *m)
{
	size_t n = m->nslots == 0 ? SLOTS_MIN : m->nslots * 2;

	free(m->slots);
	m->slots = xcalloc(n, sizeof(*m->slots));
	m->nslots = n;
	m->ends = xreallocarray(m->ends, n / 4 * 3, sizeof(*m->ends));
	for (size_t i = 0; i < m->n; i++) {
		struct slice s = strmap_get(m, i);
		uint64_t h = hash(s);

		m->slots[find(m, s, h)] = ((uint32_t)i + 1) | tag(h);
	}
}

static void
append(struct strmap *m, struct slice s)
{
	if (m->n + 1 >= NUMBER_MASK || m->len + s.n >= UINT32_MAX)
		die(EXIT_SOME_FAILED, "too many papers: no room after %zu ids",
		    m->n);
	m->text = xgrow(m->text, &m->cap, m->len + s.n + 1, 1);
	if (s.n > 0)
		memcpy(m->text + m->len, s.p, s.n);
	m->len += s.n;
	m->ends[m->n++] = (uint32_t)m->len;
}

bool
strmap_add(struct strmap *m, struct slice s, size_t *number)
{
	uint64_t h = hash(s);
	bool is_new;
	size_t i;

	if (m->n >= m->nslots / 4 * 3)
		rehash(m);
	i = find(m, s, h);
	is_new = m->slots[i] == 0;
	if (is_new) {
		append(m, s);
		m->slots[i] = (uint32_t)m->n | tag(h);
	}
	if (number != NULL)
		*number = (m->slots[i] & NUMBER_MASK) - 1;
	return is_new;
}

bool
strmap_find(const struct strmap *m, struct slice s, size_t *number)
{
	size_t i;

	if (m->nslots == 0)
		return false;
	i = find(m, s, hash(s));
	if (m->slots[i] != 0 && number != NULL)
		*number = (m->slots[i] & NUMBER_MASK) - 1;
	return m->slots[i] != 0;
}

void
strmap_release(struct strmap *m)
{
	free(m->text);
	free(m->ends);
	free(m->slots);
	*m = (struct strmap)STRMAP_INIT;
}
