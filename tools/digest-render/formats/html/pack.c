/* SPDX-License-Identifier: ISC */
/*
 * Words and what stands between them are numbered by how frequent they are, and
 * a number is written as a class and a place in it, in fewer bits the more
 * frequent the class is.  A blank between two words is understood.  Two words
 * that often stand together are a word of the dictionary as well.
 *
 * Bits become printable characters, 13 in two.  All of it is two thirds of what
 * gzip and base64 make of the same papers, and asks for neither.
 */
#include <stdlib.h>
#include <string.h>

#include "common/base/hash.h"
#include "common/base/strbuf.h"
#include "common/base/strmap.h"
#include "common/base/xalloc.h"
#include "formats/html/html.h"
#include "formats/render.h"
#include "text/escape.h"

/* Words that stand together as often as that are one. */
#define PAIR_MIN      32

/* Numbers that are no word's, each a class of its own; the words' follow. */
#define END_OF_RECORD 0
#define END_OF_FIELD  1
#define NEXT_ITEM     2
#define WORDS	      3

/* A number's class, and with it how many bits tell its place there; the last
 * class has as many as what is left over needs.  search.js has the same. */
#define CLASS_BITS    4
static const unsigned class_bits[] = {
    0, 0, 0, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
#define LAST_CLASS  (sizeof(class_bits) / sizeof(class_bits[0]))

/* 91 characters, of which '<' is none. */
#define DIGITS	    91
#define FIRST_DIGIT '#'

/* What goes before a word of the dictionary: how much of the one before it
 * begins with too. */
static const char prefix_digits[] = "!\"#$%&'()*+,-./:;=>?@";
#define PREFIX_MAX (sizeof(prefix_digits) - 2)

struct word {
	struct slice text;
	size_t count;
	uint32_t number; /* until pack_finish */
};

struct pack {
	struct strmap words;
	uint32_t *v; /* numbers of words and the above */
	size_t n, cap;
	bool fresh; /* no item in this field yet */
	struct strbuf clean;
	struct word *dictionary; /* in the order of the codes */
	size_t nwords;
};

/* How often two numbers stand one after the other. */
struct pairs {
	struct pair {
		uint64_t both; /* 0: free, since words begin above it */
		uint32_t count, word;
	} * v;
	size_t n, size; /* a power of two */
};

struct pack *
pack_new(void)
{
	struct pack *p = xcalloc(1, sizeof(*p));

	p->words = (struct strmap)STRMAP_INIT;
	strbuf_init(&p->clean, STRBUF_MAX);
	p->fresh = true;
	return p;
}

void
pack_free(struct pack *p)
{
	strmap_release(&p->words);
	strbuf_release(&p->clean);
	free(p->v);
	free(p->dictionary);
	free(p);
}

static void
push(struct pack *p, uint32_t number)
{
	p->v = xgrow(p->v, &p->cap, p->n + 1, sizeof(*p->v));
	p->v[p->n++] = number;
}

static void
push_word(struct pack *p, struct slice word)
{
	size_t number;

	(void)strmap_add(&p->words, word, &number);
	push(p, WORDS + (uint32_t)number);
}

/* Letters and digits of ASCII, and all that is not ASCII; search.js agrees. */
static bool
in_word(char c)
{
	return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') ||
	    (c & 0x80) != 0;
}

static void
next_item(struct pack *p, struct slice text)
{
	if (!p->fresh)
		push(p, NEXT_ITEM);
	p->fresh = false;
	strbuf_reset(&p->clean);
	escape_tty(&p->clean, text);
}

void
pack_name(struct pack *p, struct slice name)
{
	next_item(p, name);
	push_word(p, strbuf_slice(&p->clean));
}

void
pack_text(struct pack *p, struct slice text)
{
	const char *s;
	size_t n, from = 0, to;

	next_item(p, text);
	s = p->clean.s;
	n = p->clean.len;
	for (; from < n; from = to) {
		for (to = from + 1;
		     to < n && in_word(s[to]) == in_word(s[from]);)
			to++;
		/* Between two words. */
		if (to - from == 1 && s[from] == ' ' && from > 0 && to < n)
			continue;
		push_word(p, (struct slice) {s + from, to - from});
	}
}

void
pack_end_field(struct pack *p)
{
	push(p, END_OF_FIELD);
	p->fresh = true;
}

void
pack_end_record(struct pack *p)
{
	push(p, END_OF_RECORD);
	p->fresh = true;
}

static bool
is_word(uint32_t number)
{
	return number >= WORDS;
}

static size_t *
count_words(const struct pack *p)
{
	size_t *counts = xcalloc(p->words.n + WORDS, sizeof(*counts));

	for (size_t i = 0; i < p->n; i++)
		if (is_word(p->v[i]))
			counts[p->v[i]]++;
	return counts;
}

/* The place of two numbers, or the free one where they belong. */
static struct pair *
find_pair(const struct pairs *t, uint64_t both)
{
	size_t i = (size_t)hash_mix(both) & (t->size - 1);

	while (t->v[i].both != 0 && t->v[i].both != both)
		i = (i + 1) & (t->size - 1);
	return &t->v[i];
}

static void
grow_pairs(struct pairs *t)
{
	struct pairs old = *t;

	t->size = old.size > 0 ? old.size * 2 : 1024;
	t->v = xcalloc(t->size, sizeof(*t->v));
	for (size_t i = 0; i < old.size; i++)
		if (old.v[i].both != 0)
			*find_pair(t, old.v[i].both) = old.v[i];
	free(old.v);
}

static uint64_t
both_of(const uint32_t *v)
{
	return (uint64_t)v[0] << 32 | v[1];
}

static void
count_pair(struct pairs *t, uint64_t both)
{
	struct pair *pair;

	if (t->n * 2 >= t->size)
		grow_pairs(t);
	pair = find_pair(t, both);
	if (pair->count++ == 0)
		t->n++;
	pair->both = both;
}

/* The dictionary's word for two others: what they are in a text. */
static uint32_t
word_of_pair(struct pack *p, uint64_t both)
{
	struct slice a = strmap_get(&p->words, (uint32_t)(both >> 32) - WORDS);
	struct slice b = strmap_get(&p->words, (uint32_t)both - WORDS);
	size_t number;

	strbuf_reset(&p->clean);
	strbuf_addslice(&p->clean, a);
	if (in_word(a.p[a.n - 1]) && in_word(b.p[0]))
		strbuf_addch(&p->clean, ' ');
	strbuf_addslice(&p->clean, b);
	(void)strmap_add(&p->words, strbuf_slice(&p->clean), &number);
	return WORDS + (uint32_t)number;
}

/* No pair is more frequent than either of its words. */
static bool
may_be_pair(const struct pack *p, const size_t *counts, size_t i)
{
	return i + 1 < p->n && is_word(p->v[i]) && is_word(p->v[i + 1]) &&
	    counts[p->v[i]] >= PAIR_MIN && counts[p->v[i + 1]] >= PAIR_MIN;
}

/* From left to right, as they come. */
static void
join_pairs(struct pack *p, const struct pairs *t, const size_t *counts)
{
	const struct pair *pair;
	size_t n = 0;

	for (size_t i = 0; i < p->n; i++, n++) {
		p->v[n] = p->v[i];
		if (!may_be_pair(p, counts, i))
			continue;
		pair = find_pair(t, both_of(p->v + i));
		if (pair->word != 0) {
			p->v[n] = pair->word;
			i++;
		}
	}
	p->n = n;
}

static void
find_pairs(struct pack *p)
{
	size_t *counts = count_words(p);
	struct pairs t = {NULL, 0, 0};

	grow_pairs(&t);
	for (size_t i = 0; i < p->n; i++)
		if (may_be_pair(p, counts, i))
			count_pair(&t, both_of(p->v + i));
	for (size_t i = 0; i < t.size; i++)
		if (t.v[i].count >= PAIR_MIN)
			t.v[i].word = word_of_pair(p, t.v[i].both);
	join_pairs(p, &t, counts);
	free(t.v);
	free(counts);
}

static int
compare_text(const void *va, const void *vb)
{
	const struct word *a = va, *b = vb;
	size_t n = a->text.n < b->text.n ? a->text.n : b->text.n;
	int order = memcmp(a->text.p, b->text.p, n);

	return order != 0 ? order
			  : (a->text.n > b->text.n) - (a->text.n < b->text.n);
}

static int
compare_count(const void *va, const void *vb)
{
	const struct word *a = va, *b = vb;

	if (a->count != b->count)
		return a->count < b->count ? 1 : -1;
	return compare_text(va, vb);
}

/* By class, and those of one class as in a dictionary, where neighbours have
 * much in common. */
static void
sort_words(struct pack *p)
{
	size_t from = 0, n;

	qsort(p->dictionary, p->nwords, sizeof(*p->dictionary), compare_count);
	for (size_t kind = WORDS; from < p->nwords; kind++, from += n) {
		n = p->nwords - from;
		if (kind < LAST_CLASS && n > (size_t)1 << class_bits[kind])
			n = (size_t)1 << class_bits[kind];
		qsort(p->dictionary + from, n, sizeof(*p->dictionary),
		    compare_text);
	}
}

void
pack_finish(struct pack *p)
{
	uint32_t *codes;
	size_t *counts;

	find_pairs(p);
	counts = count_words(p);
	codes = xcalloc(p->words.n + WORDS, sizeof(*codes));
	p->dictionary = xcalloc(p->words.n + 1, sizeof(*p->dictionary));
	for (uint32_t i = WORDS; i < p->words.n + WORDS; i++)
		/* Some words are only in pairs. */
		if (counts[i] > 0)
			p->dictionary[p->nwords++] = (struct word) {
			    strmap_get(&p->words, i - WORDS), counts[i], i};
	sort_words(p);
	for (size_t i = 0; i < p->nwords; i++)
		codes[p->dictionary[i].number] = WORDS + (uint32_t)i;
	for (size_t i = 0; i < p->n; i++)
		if (is_word(p->v[i]))
			p->v[i] = codes[p->v[i]];
	free(codes);
	free(counts);
}

/* How many bytes of ASCII both begin with, which are as many characters to the
 * script. */
static size_t
in_common(struct slice a, struct slice b)
{
	size_t n = 0;

	while (n < a.n && n < b.n && n < PREFIX_MAX && a.p[n] == b.p[n] &&
	    (a.p[n] & 0x80) == 0)
		n++;
	return n;
}

void
pack_write_words(const struct pack *p, struct output *out)
{
	struct strbuf *b = &out->buf;
	struct slice before = {"", 0}, text;
	size_t n;

	for (size_t i = 0; i < p->nwords; i++) {
		text = p->dictionary[i].text;
		n = in_common(before, text);
		before = text;
		strbuf_addch(b, prefix_digits[n]);
		for (; n < text.n; n++) {
			/* Else it would begin the next one. */
			if (!in_word(text.p[n]))
				strbuf_addch(b, '\\');
			strbuf_addch(b, text.p[n] == '<' ? 'l' : text.p[n]);
		}
		render_spill(out);
	}
}

/* Bits on their way to be digits. */
struct bits {
	struct strbuf *b;
	uint64_t v;
	unsigned n;
};

static void
add_digit(struct strbuf *b, uint64_t digit)
{
	char c = (char)(FIRST_DIGIT + digit);

	strbuf_addch(b, c < '<' ? c : (char)(c + 1));
}

static void
add_bits(struct bits *bits, uint32_t v, unsigned n)
{
	uint64_t two;

	bits->v = bits->v << n | v;
	bits->n += n;
	while (bits->n >= 13) {
		bits->n -= 13;
		two = bits->v >> bits->n & 0x1fff;
		add_digit(bits->b, two / DIGITS);
		add_digit(bits->b, two % DIGITS);
	}
}

/* The bits for the places in the last class, if it has any. */
static unsigned
last_bits(const struct pack *p)
{
	size_t n = p->nwords + WORDS;
	unsigned bits = 0;

	for (size_t kind = 0; kind < LAST_CLASS; kind++)
		n -= n < (size_t)1 << class_bits[kind]
		    ? n
		    : (size_t)1 << class_bits[kind];
	while ((size_t)1 << bits < n)
		bits++;
	return bits;
}

static void
add_number(struct bits *bits, uint32_t number, unsigned last)
{
	uint32_t kind = 0;

	while (kind < LAST_CLASS && number >> class_bits[kind] > 0)
		number -= UINT32_C(1) << class_bits[kind++];
	add_bits(bits, kind, CLASS_BITS);
	add_bits(bits, number, kind < LAST_CLASS ? class_bits[kind] : last);
}

void
pack_write_records(const struct pack *p, struct output *out)
{
	struct bits bits = {&out->buf, 0, 0};
	unsigned last = last_bits(p);

	for (size_t i = 0; i < p->n; i++) {
		add_number(&bits, p->v[i], last);
		render_spill(out);
	}
	add_bits(&bits, 0, 12);
}
