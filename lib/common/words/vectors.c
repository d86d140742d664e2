/* SPDX-License-Identifier: ISC */
#include "common/words/words.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/hash.h"
#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/io/path.h"

#define MAGIC	 "prwords\n"
#define ORDER	 0x01020304u
#define VERSION	 1
#define SUM_FROM 32 /* the checksum is of what comes from here on */

struct head {
	char magic[8];
	uint32_t order, version;
	uint64_t size, checksum;
	char group[16];
	uint32_t dim, nterms, bucket_bits, ncategories, nbackground, nlearnt;
	/* bucket, hash, term, vector, category, background */
	uint64_t at[6];
};

_Static_assert(sizeof(struct head) == 120, "as in the file");
_Static_assert(sizeof(struct vectors_term) == 8, "as in the file");
_Static_assert(sizeof(struct vectors_category) == 284, "as in the file");
_Static_assert(sizeof(struct vectors_paper) == 80, "as in the file");

const char *const vectors_groups[VECTORS_GROUPS] = {
    "computing", "physics", "mathematics", "life"};

/*
 * Files are as little-endian machines have them, which map them as they are.
 * Others turn round what they have mapped, each number where it stands.
 */
enum {
	TURNED = __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
};

static void
turn(void *numbers, size_t size, size_t n)
{
	unsigned char *p = numbers, byte;

	for (; n > 0; n--, p += size)
		for (size_t i = 0; i < size / 2; i++) {
			byte = p[i];
			p[i] = p[size - 1 - i];
			p[size - 1 - i] = byte;
		}
}

static void
turn_head(struct head *h)
{
	turn(&h->order, sizeof(h->order), 2);
	turn(&h->size, sizeof(h->size), 2);
	turn(&h->dim, sizeof(h->dim), 6);
	turn(h->at, sizeof(*h->at), 6);
}

/* The parts, once they are known to lie within the file. */
static bool
turn_parts(struct vectors *v)
{
	struct vectors_term *term = (void *)(uintptr_t)v->term;
	struct vectors_category *category = (void *)(uintptr_t)v->category;
	struct vectors_paper *paper = (void *)(uintptr_t)v->background;

	if (mprotect((void *)(uintptr_t)v->map, v->size,
		PROT_READ | PROT_WRITE) != 0)
		return false;
	turn((void *)(uintptr_t)v->bucket, sizeof(*v->bucket),
	    ((size_t)1 << v->bucket_bits) + 1);
	turn((void *)(uintptr_t)v->hash, sizeof(*v->hash), v->nterms);
	turn(term, sizeof(term->factor), 2 * (size_t)v->nterms);
	for (size_t i = 0; i < v->ncategories; i++)
		turn(&category[i].papers, sizeof(float), 1 + VECTORS_DIM);
	for (size_t i = 0; i < v->nbackground; i++) {
		turn(&paper[i].factor, sizeof(float), 1);
		turn(paper[i].category, sizeof(*paper[i].category),
		    VECTORS_PAPER_CATEGORIES);
	}
	return true;
}

static uint64_t
checksum(const unsigned char *p, size_t n)
{
	uint64_t h = 0, w;

	for (size_t i = 0; i + sizeof(w) <= n; i += sizeof(w)) {
		memcpy(&w, p + i, sizeof(w));
		if (TURNED)
			turn(&w, sizeof(w), 1);
		h = (h ^ w) * UINT64_C(0x9e3779b97f4a7c15);
		h ^= h >> 32;
	}
	return h;
}

/* Points at the parts, if each lies within the file. */
static bool
find_parts(struct vectors *v, const struct head *h)
{
	const char *base = v->map;
	uint32_t last;
	const uint64_t length[6] = {
	    sizeof(*v->bucket) * ((UINT64_C(1) << h->bucket_bits) + 1),
	    sizeof(*v->hash) * (uint64_t)h->nterms,
	    sizeof(*v->term) * (uint64_t)h->nterms,
	    sizeof(*v->vector) * (uint64_t)h->nterms,
	    sizeof(*v->category) * (uint64_t)h->ncategories,
	    sizeof(*v->background) * (uint64_t)h->nbackground,
	};

	for (size_t i = 0; i < 6; i++)
		if (h->at[i] % 8 != 0 || h->at[i] > v->size ||
		    length[i] > v->size - h->at[i])
			return false;
	v->checksum = h->checksum;
	v->nterms = h->nterms;
	v->bucket_bits = h->bucket_bits;
	v->ncategories = h->ncategories;
	v->nbackground = h->nbackground;
	v->nlearnt = h->nlearnt;
	v->bucket = (const void *)(base + h->at[0]);
	v->hash = (const void *)(base + h->at[1]);
	v->term = (const void *)(base + h->at[2]);
	v->vector = (const void *)(base + h->at[3]);
	v->category = (const void *)(base + h->at[4]);
	v->background = (const void *)(base + h->at[5]);
	last = v->bucket[UINT64_C(1) << h->bucket_bits];
	if (TURNED)
		turn(&last, sizeof(last), 1);
	return last == h->nterms;
}

static bool
is_whole(const struct vectors *v)
{
	return v->checksum ==
	    checksum(
		(const unsigned char *)v->map + SUM_FROM, v->size - SUM_FROM);
}

const char *
vectors_parse(struct vectors *v, const void *file, size_t size)
{
	struct head h;

	v->map = file;
	v->size = size;
	if (size < sizeof(h) || memcmp(file, MAGIC, sizeof(h.magic)) != 0)
		return "no file of word vectors";
	memcpy(&h, file, sizeof(h));
	if (TURNED)
		turn_head(&h);
	if (h.order != ORDER)
		return "made for the other byte order";
	if (h.version != VERSION || h.dim != VECTORS_DIM)
		return "made for another version of paperround";
	if (h.size != v->size || v->size % 8 != 0 || h.bucket_bits < 1 ||
	    h.bucket_bits > 24 || h.ncategories == 0 || !find_parts(v, &h))
		return "damaged";
	return NULL;
}

static const void *
map(const char *path, size_t *size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	const void *map;
	struct stat st;

	if (fd < 0 || fstat(fd, &st) != 0)
		die(EXIT_MISUSE, "%s: %s", path, strerror(errno));
	*size = (size_t)st.st_size;
	map = *size == 0 ? MAP_FAILED
			 : mmap(NULL, *size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (map == MAP_FAILED)
		die(EXIT_MISUSE, "%s: cannot be mapped; install it again",
		    path);
	return map;
}

static void
open_group(struct vectors *v, const char *group, bool wholly)
{
	char name[32] = "vectors/";
	const char *why;
	const void *file;
	size_t size;

	*v = (struct vectors) {.map = NULL};
	strncat(name, group, sizeof(name) - strlen(name) - 1);
	v->path = data_file(name);
	if (v->path == NULL)
		die(EXIT_MISUSE,
		    "%s is not installed; set PAPERROUND_DATADIR to where it "
		    "is",
		    name);
	file = map(v->path, &size);
	if ((why = vectors_parse(v, file, size)) == NULL && wholly &&
	    !is_whole(v))
		why = "damaged";
	if (why == NULL && TURNED && !turn_parts(v))
		why = strerror(errno);
	if (why != NULL)
		die(EXIT_MISUSE, "%s: %s; install it again", v->path, why);
}

void
vectors_peek(struct vectors *v, const char *group)
{
	open_group(v, group, false);
}

void
vectors_open(struct vectors *v, const char *group)
{
	open_group(v, group, true);
}

void
vectors_close(struct vectors *v)
{
	if (v->map != NULL)
		munmap((void *)(uintptr_t)v->map, v->size);
	free((char *)(uintptr_t)v->path);
	*v = (struct vectors) {.map = NULL};
}

size_t
vectors_category(const struct vectors *v, struct slice name)
{
	for (size_t i = 1; i < v->ncategories; i++) {
		const char *s = v->category[i].name;

		if (strnlen(s, sizeof(v->category[i].name)) == name.n &&
		    memcmp(s, name.p, name.n) == 0)
			return i;
	}
	return 0;
}

/* The term with this FNV-1a. */
static size_t
find(const struct vectors *v, uint64_t fnv)
{
	uint64_t hash = hash_mix(fnv);
	size_t b = hash >> (64 - v->bucket_bits);
	size_t end =
	    v->bucket[b + 1] < v->nterms ? v->bucket[b + 1] : v->nterms;

	for (size_t i = v->bucket[b]; i < end; i++)
		if (v->hash[i] == hash)
			return i;
	return VECTORS_NO_TERM;
}

size_t
vectors_find(const struct vectors *v, struct slice word)
{
	return find(v, hash_bytes(word.p, word.n));
}

/* Four sums, so that no addition waits for the one before it. */
double
vector_dot(const vector a, const vector b)
{
	double s = 0, t = 0, u = 0, v = 0;

	for (size_t i = 0; i < VECTORS_DIM; i += 4) {
		s += a[i] * b[i];
		t += a[i + 1] * b[i + 1];
		u += a[i + 2] * b[i + 2];
		v += a[i + 3] * b[i + 3];
	}
	return (s + t) + (u + v);
}

void
vector_add(double a[restrict VECTORS_DIM], const double b[restrict VECTORS_DIM],
    double times)
{
	for (size_t i = 0; i < VECTORS_DIM; i++)
		a[i] += b[i] * times;
}

void
vector_unit(vector a)
{
	double length = sqrt(vector_dot(a, a));

	for (size_t i = 0; length > 0 && i < VECTORS_DIM; i++)
		a[i] /= length;
}

static void
add_term(const struct vectors *v, size_t term, float *sum)
{
	const int8_t *bytes = v->vector[term];
	float factor = v->term[term].factor;

	for (size_t i = 0; i < VECTORS_DIM; i++)
		sum[i] += factor * bytes[i];
}

/* The pair that begins with the word, or VECTORS_NO_TERM. */
static size_t
find_pair(const struct vectors *v, const struct tokens *t,
    const struct token *a, uint64_t fnv)
{
	const struct token *b = a + 1;

	if (b->gap)
		return VECTORS_NO_TERM;
	fnv = hash_add(fnv, " ", 1);
	return find(v, hash_add(fnv, t->text.s + b->at, b->len));
}

size_t
vectors_add_words(const struct vectors *v, const struct tokens *t, size_t first,
    size_t n, vector sum)
{
	float all[VECTORS_DIM] = {0};
	size_t found = 0, term;

	for (size_t i = first; i < first + n; i++) {
		const struct token *w = &t->v[i];
		uint64_t fnv = hash_bytes(t->text.s + w->at, w->len);

		term = i + 1 < first + n ? find_pair(v, t, w, fnv)
					 : VECTORS_NO_TERM;
		if (term != VECTORS_NO_TERM)
			i++;
		else
			term = find(v, fnv);
		if (term == VECTORS_NO_TERM)
			continue;
		add_term(v, term, all);
		found++;
	}
	for (size_t i = 0; i < VECTORS_DIM; i++)
		sum[i] += (double)all[i];
	return found;
}

void
vectors_of_background(const struct vectors *v, size_t i, vector out)
{
	const struct vectors_paper *p = &v->background[i];

	for (size_t k = 0; k < VECTORS_DIM; k++)
		out[k] = (double)p->factor * p->v[k];
	vector_unit(out);
}
