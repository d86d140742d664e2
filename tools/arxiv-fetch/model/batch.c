/* SPDX-License-Identifier: ISC */
#include "model/model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/number.h"
#include "common/base/xalloc.h"

/* More is no announcement of arXiv's. */
#define BATCH_MAX 20000

static const char *const proof_names[] = {
    "none", "date", "received", "listing", "memory"};

const char *
proof_name(enum proof p)
{
	return proof_names[p];
}

void
batch_add(
    struct batch *b, struct slice id, long version, enum announce announce)
{
	struct batch_paper *p;
	size_t at;

	if (b->ids.n >= BATCH_MAX && !batch_has(b, id))
		return;
	if (strmap_add(&b->ids, id, &at)) {
		b->v = xgrow(b->v, &b->cap, at + 1, sizeof(*b->v));
		b->v[at] = (struct batch_paper) {version, announce};
		return;
	}
	p = &b->v[at];
	if (version > p->version)
		p->version = version;
	if (announce < p->announce)
		p->announce = announce;
}

/* All of other's papers. */
static void
batch_join(struct batch *b, const struct batch *other)
{
	for (size_t i = 0; i < other->ids.n; i++)
		batch_add(b, strmap_get(&other->ids, i), other->v[i].version,
		    other->v[i].announce);
}

char *
batch_id(const struct batch *b, size_t number, char text[ARXIV_ID_SIZE])
{
	struct slice id = strmap_get(&b->ids, number);

	snprintf(text, ARXIV_ID_SIZE, "%.*s", (int)id.n, id.p);
	return text;
}

bool
batch_has(const struct batch *b, struct slice id)
{
	return strmap_find(&b->ids, id, NULL);
}

bool
batch_announced(
    const struct batch *b, struct slice id, const struct batch_paper *p)
{
	const struct batch_paper *known;
	size_t at;

	if (!strmap_find(&b->ids, id, &at))
		return false;
	known = &b->v[at];
	return p->announce <= ANNOUNCE_CROSS ? known->announce <= ANNOUNCE_CROSS
					     : known->version >= p->version;
}

size_t
batch_count(const struct batch *b, enum announce announce)
{
	size_t n = 0;

	for (size_t i = 0; i < b->ids.n; i++)
		n += b->v[i].announce == announce;
	return n;
}

void
batch_release(struct batch *b)
{
	strmap_release(&b->ids);
	free(b->v);
	*b = (struct batch)BATCH_INIT;
}

/* The memory */

static size_t
index_of(const struct batch_memory *m, day_t day)
{
	size_t i = 0;

	while (i < m->n && m->v[i].day != day)
		i++;
	return i;
}

const struct batch *
memory_find(const struct batch_memory *m, day_t day)
{
	size_t i = index_of(m, day);

	return i < m->n ? &m->v[i] : NULL;
}

static void
forget_oldest(struct batch_memory *m)
{
	batch_release(&m->v[0]);
	m->n--;
	memmove(m->v, m->v + 1, m->n * sizeof(*m->v));
}

/* A place for the day, or NULL. */
static struct batch *
make_room(struct batch_memory *m, day_t day)
{
	size_t at = m->n;

	if (m->n == MEMORY_DAYS) {
		if (day < m->v[0].day)
			return NULL;
		forget_oldest(m);
		at--;
	}
	while (at > 0 && m->v[at - 1].day > day)
		at--;
	memmove(m->v + at + 1, m->v + at, (m->n - at) * sizeof(*m->v));
	m->n++;
	m->v[at] = (struct batch)BATCH_INIT;
	m->v[at].day = day;
	return &m->v[at];
}

void
memory_put(struct batch_memory *m, const struct batch *b)
{
	size_t i = index_of(m, b->day);
	struct batch *place = i < m->n ? &m->v[i] : make_room(m, b->day);

	if (place == NULL)
		return;
	batch_join(place, b);
	if (b->proof > place->proof)
		place->proof = b->proof;
}

day_t
memory_day_of(const struct batch_memory *m, day_t before, struct slice id,
    const struct batch_paper *p)
{
	for (size_t i = m->n; i-- > 0;)
		if (m->v[i].day < before && batch_announced(&m->v[i], id, p))
			return m->v[i].day;
	return NO_DAY;
}

static int
by_size(const void *a, const void *b)
{
	const size_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

long
memory_median(const struct batch_memory *m)
{
	size_t sizes[MEMORY_DAYS];

	if (m->n == 0)
		return -1;
	for (size_t i = 0; i < m->n; i++)
		sizes[i] = m->v[i].ids.n;
	qsort(sizes, m->n, sizeof(*sizes), by_size);
	return (long)sizes[(m->n - 1) / 2];
}

void
memory_release(struct batch_memory *m)
{
	for (size_t i = 0; i < m->n; i++)
		batch_release(&m->v[i]);
	m->n = 0;
}

/*
 * As text: a head with the version of the format, then for each day
 *
 *	day 2026-11-20 memory
 *	new 2613.00001 1
 *
 * and "end", without which the file is not whole.
 */

#define HEAD	"arxiv-fetch batches "
#define VERSION "1"

void
memory_format(struct strbuf *b, const struct batch_memory *m)
{
	char day[DATE_LEN];

	strbuf_addstr(b, HEAD VERSION "\n");
	for (size_t i = 0; i < m->n; i++) {
		const struct batch *one = &m->v[i];

		strbuf_addf(b, "day %s %s\n", day_format(one->day, day),
		    proof_name(one->proof));
		for (size_t j = 0; j < one->ids.n; j++) {
			const char *name = announce_name(one->v[j].announce);

			strbuf_addf(b, "%s ", name != NULL ? name : "none");
			strbuf_addslice(b, strmap_get(&one->ids, j));
			strbuf_addf(b, " %ld\n", one->v[j].version);
		}
	}
	strbuf_addstr(b, "end\n");
}

static bool
parse_proof(struct slice name, enum proof *p)
{
	for (int i = PROOF_NONE; i <= PROOF_MEMORY; i++)
		if (slice_eq(name, proof_names[i])) {
			*p = (enum proof)i;
			return true;
		}
	return false;
}

/* "2026-11-20 memory" */
static bool
parse_day(struct batch_memory *m, struct slice rest)
{
	struct slice text;
	char date[DATE_LEN];
	struct batch *b = &m->v[m->n];

	if (m->n == MEMORY_DAYS || !slice_cut(&rest, ' ', &text) ||
	    text.n >= sizeof(date))
		return false;
	*b = (struct batch)BATCH_INIT;
	memcpy(date, text.p, text.n);
	date[text.n] = '\0';
	if (!day_parse(date, &b->day) || !parse_proof(rest, &b->proof) ||
	    (m->n > 0 && b->day <= b[-1].day))
		return false;
	m->n++;
	return true;
}

/* "2613.00001 1", of a day's batch */
static bool
parse_paper(struct batch_memory *m, struct slice type, struct slice rest)
{
	char canonical[ARXIV_ID_SIZE], digits[16];
	enum announce announce = ANNOUNCE_NONE;
	struct slice id;
	const char *why;
	long version;

	if (m->n == 0 || !slice_cut(&rest, ' ', &id) ||
	    !arxiv_id_parse(id, canonical, &version) ||
	    !slice_eq(id, canonical) || rest.n >= sizeof(digits) ||
	    (!announce_parse(type, &announce) && !slice_eq(type, "none")))
		return false;
	memcpy(digits, rest.p, rest.n);
	digits[rest.n] = '\0';
	if (!number_long(digits, 0, 1000000, &version, &why))
		return false;
	batch_add(&m->v[m->n - 1], id, version, announce);
	return true;
}

static bool
parse_lines(struct batch_memory *m, struct slice text)
{
	struct slice line, word;

	while (slice_cut(&text, '\n', &line)) {
		if (slice_eq(line, "end"))
			return text.n == 0;
		if (!slice_cut(&line, ' ', &word) ||
		    !(slice_eq(word, "day") ? parse_day(m, line)
					    : parse_paper(m, word, line)))
			return false;
	}
	return false;
}

enum memory_text
memory_parse(struct batch_memory *m, struct slice text)
{
	struct slice head;

	m->n = 0;
	if (!slice_cut(&text, '\n', &head) || head.n < sizeof(HEAD) - 1 ||
	    memcmp(head.p, HEAD, sizeof(HEAD) - 1) != 0)
		return MEMORY_DAMAGED;
	if (!slice_eq(head, HEAD VERSION))
		return MEMORY_NEWER;
	if (parse_lines(m, text))
		return MEMORY_GOOD;
	memory_release(m);
	return MEMORY_DAMAGED;
}
