/* SPDX-License-Identifier: ISC */
#include "local/topic_terms.h"
#include "local/stems.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/base/xalloc.h"
#include "common/text/fold.h"
#include "common/words/tokens.h"
#include "topics.h"

/* The background */

/* The line that byte at is in. */
static struct slice
line_at(size_t at)
{
	const char *start = background_table + at;

	while (start > background_table && start[-1] != '\n')
		start--;
	return (struct slice) {start, (size_t)(strchr(start, '\n') - start)};
}

/*
 * What stands after term's tab, or NULL.  The table is lines "term TAB count"
 * in order of their bytes; two lines "#name TAB value" sort first.  The text
 * itself is searched: a run looks up a hundred terms, and an array of
 * pointers would have to be relocated in each run that looks up none.
 */
static const char *
find(struct slice term)
{
	size_t low = 0, high = background_table_size;

	while (low < high) {
		struct slice line = line_at((low + high) / 2);
		const char *tab = memchr(line.p, '\t', line.n);
		struct slice key = {line.p, (size_t)(tab - line.p)};
		int c = slice_cmp(term, key);

		if (c == 0)
			return tab + 1;
		if (c < 0)
			high = (size_t)(line.p - background_table);
		else
			low = (size_t)(line.p + line.n + 1 - background_table);
	}
	return NULL;
}

unsigned long
background_papers(void)
{
	return strtoul(find(SLICE_LIT("#papers")), NULL, 10);
}

double
background_words(void)
{
	return (double)strtoul(find(SLICE_LIT("#words")), NULL, 10) /
	    (double)background_papers();
}

unsigned long
background_count(struct slice term)
{
	const char *count = find(term);

	return count == NULL ? 0 : strtoul(count, NULL, 10);
}

double
background_idf(unsigned long count)
{
	double n = (double)background_papers(), k = (double)count;

	return log(1 + (n - k + 0.5) / (k + 0.5));
}

/* The topics file */

/* A keyword counts fully, each word of it and of prose is a hint. */
#define WEIGHT_PHRASE  1.0
#define WEIGHT_WORD    0.5
#define WEIGHT_AGAINST (-1)

#define BLANKS	       " \t\r"

/* What is longer is prose. */
#define PHRASE_WORDS   TERM_WORDS

/* Where the reader of the file is. */
enum list {
	LIST_NONE,
	LIST_FOR,
	LIST_AGAINST
};

struct reader {
	struct topic_terms *in;
	struct tokens *tokens;
	size_t topic; /* TERM_NO_TOPIC: none */
	enum list list;
	bool found; /* a list that says what is wanted */
	struct strbuf items; /* of the list, lines joined */
};

static const struct label {
	const char *name;
	enum list list;
} labels[] = {
    {"relevant", LIST_FOR},
    {"keywords", LIST_FOR},
    {"irrelevant", LIST_AGAINST},
    {"application", LIST_AGAINST},
    {"applications", LIST_AGAINST},
};

/* Words between the items of a list. */
static const char *const joints[] = {"and", "or", "other", "others", "etc"};

static struct slice
trim(struct slice s, const char *what)
{
	while (s.n > 0 && strchr(what, *s.p) != NULL) {
		s.p++;
		s.n--;
	}
	while (s.n > 0 && strchr(what, s.p[s.n - 1]) != NULL)
		s.n--;
	return s;
}

static bool
same_stems(const struct topic_term *a, const struct topic_term *b)
{
	return a->nstems == b->nstems &&
	    memcmp(a->stem, b->stem, a->nstems * sizeof(*a->stem)) == 0;
}

/* The stems of n words, and how many papers have the rarest pair of them. */
static void
look_up(struct topic_term *k, struct tokens *t, const struct token *w, size_t n)
{
	struct strbuf term = STRBUF_INIT(STRBUF_MAX);

	k->nstems = n;
	k->papers = background_papers();
	for (size_t i = 0; i < n; i++) {
		unsigned long papers;

		k->stem[i] = tokens_stem_hash(t, &w[i]);
		strbuf_addslice(&term, tokens_stem(t, &w[i]));
		papers = background_count(strbuf_slice(&term));
		if ((n == 1 || i > 0) && papers < k->papers)
			k->papers = papers;
		strbuf_reset(&term);
		strbuf_addslice(&term, tokens_stem(t, &w[i]));
		strbuf_addch(&term, ' ');
	}
	strbuf_release(&term);
}

/* Adds n words, spelt as in item, as one thing to look for. */
static void
add(struct reader *r, struct slice item, const struct token *w, size_t n,
    double weight)
{
	struct topic_term k = {.weight = weight, .topic = r->topic};
	struct tokens *t = r->tokens;

	look_up(&k, t, w, n);
	for (size_t i = 0; i < r->in->n; i++) {
		const struct topic_term *old = &r->in->v[i];

		if (same_stems(old, &k) && old->topic == k.topic)
			return;
	}
	/* Folding keeps places only in plain text. */
	if (!fold_is_plain(item))
		item = strbuf_slice(&t->text);
	k.spelling =
	    xmemdup0(item.p + w->at, w[n - 1].at + w[n - 1].len - w->at);
	r->in->v = xreallocarray(r->in->v, r->in->n + 1, sizeof(k));
	r->in->v[r->in->n++] = k;
}

/* n words in a row: a keyword, or prose of which only the words count. */
static void
add_item(struct reader *r, struct slice item, const struct token *w, size_t n)
{
	if (n <= PHRASE_WORDS)
		add(r, item, w, n,
		    r->list == LIST_FOR ? WEIGHT_PHRASE : WEIGHT_AGAINST);
	if (r->list == LIST_FOR && n > 1)
		for (size_t i = 0; i < n; i++)
			add(r, item, &w[i], 1, WEIGHT_WORD);
}

static bool
is_joint(const struct tokens *t, const struct token *w)
{
	struct slice word = {t->text.s + w->at, w->len};

	for (size_t i = 0; i < sizeof(joints) / sizeof(*joints); i++)
		if (slice_eq(word, joints[i]))
			return true;
	return false;
}

/* What stands between two separators; joints part it further. */
static void
add_items(struct reader *r, struct slice text)
{
	struct tokens *t = r->tokens;
	size_t first = 0;

	tokens_split(t, text);
	for (size_t i = 0; i <= t->n; i++) {
		if (i < t->n && !is_joint(t, &t->v[i]))
			continue;
		if (i > first)
			add_item(r, text, &t->v[first], i - first);
		first = i + 1;
	}
}

/* Adds what was gathered of the list, and ends it. */
static void
end_list(struct reader *r)
{
	struct slice rest = strbuf_slice(&r->items);

	while (rest.n > 0) {
		struct slice item = {rest.p, strcspn(rest.p, ",;/()|")};

		add_items(r, item);
		rest.p += item.n;
		rest.n -= item.n;
		if (rest.n > 0) {
			rest.p++;
			rest.n--;
		}
	}
	strbuf_reset(&r->items);
	r->list = LIST_NONE;
}

static void
start_topic(struct reader *r, struct slice name)
{
	struct topic_terms *in = r->in;
	struct slice id = topics_line_id(name);
	const char *brace = memchr(name.p, '{', name.n);
	struct term_topic *topic;

	if (brace != NULL)
		name = trim(
		    (struct slice) {name.p, (size_t)(brace - name.p)}, BLANKS);
	in->topics =
	    xreallocarray(in->topics, in->ntopics + 1, sizeof(*in->topics));
	topic = &in->topics[in->ntopics];
	topic->name = xmemdup0(name.p, name.n);
	topic->id = id.n > 0 ? xmemdup0(id.p, id.n) : topics_id_from(name);
	r->topic = in->ntopics++;
	/* The name says what is wanted as well as any list. */
	r->list = LIST_FOR;
	strbuf_addslice(&r->items, name);
	end_list(r);
}

/*
 * "1. Name", "2) Name" or "## Name"; *name is what follows the mark.  "# Name"
 * is the title of the file, unless it has an id.
 */
static bool
is_heading(struct slice line, struct slice *name)
{
	size_t n = 0;

	while (n < line.n && isdigit((unsigned char)line.p[n]))
		n++;
	if (n > 0 && n + 1 < line.n && strchr(".)", line.p[n]) != NULL &&
	    strchr(BLANKS, line.p[n + 1]) != NULL)
		n++;
	else
		for (n = 0; n < line.n && line.p[n] == '#'; n++)
			;
	*name = trim((struct slice) {line.p + n, line.n - n}, BLANKS "*_");
	if (n == 1 && line.p[0] == '#')
		return topics_line_id(line).n > 0;
	return n > 0 && name->n > 0;
}

/* The label before the colon, or NULL; *rest is what follows. */
static const struct label *
find_label(struct slice line, struct slice *rest)
{
	const char *colon = memchr(line.p, ':', line.n);
	struct slice name;

	if (colon == NULL)
		return NULL;
	name = trim(
	    (struct slice) {line.p, (size_t)(colon - line.p)}, BLANKS "*_");
	*rest = trim(
	    (struct slice) {colon + 1, (size_t)(line.p + line.n - colon - 1)},
	    BLANKS "*_");
	for (size_t i = 0; i < sizeof(labels) / sizeof(*labels); i++)
		if (strlen(labels[i].name) == name.n &&
		    strncasecmp(labels[i].name, name.p, name.n) == 0)
			return &labels[i];
	return NULL;
}

static void
read_line(struct reader *r, struct slice line)
{
	const struct label *label;
	struct slice rest, name;
	bool bullet;

	line = trim(line, BLANKS ">");
	bullet =
	    line.n > 1 && strchr("-*+", line.p[0]) != NULL && line.p[1] == ' ';
	if (bullet)
		line = trim(line, BLANKS "-*+");
	label = find_label(line, &rest);
	if (label != NULL) {
		end_list(r);
		if (rest.n == 0 && !bullet)
			r->topic = TERM_NO_TOPIC;
		r->list = label->list;
		r->found |= label->list == LIST_FOR;
		strbuf_addslice(&r->items, rest);
	} else if (line.n == 0) {
		end_list(r);
	} else if (!bullet && is_heading(line, &name)) {
		end_list(r);
		if (name.n >= 8 && strncasecmp(name.p, "keywords", 8) == 0)
			r->topic = TERM_NO_TOPIC;
		else
			start_topic(r, name);
	} else if (r->list != LIST_NONE) {
		strbuf_addstr(&r->items, bullet ? ", " : " ");
		strbuf_addslice(&r->items, line);
	}
}

/* Every line of the text, as if it were of one list. */
static void
read_prose(struct reader *r, struct slice text)
{
	r->topic = TERM_NO_TOPIC;
	r->list = LIST_FOR;
	strbuf_reset(&r->items);
	for (size_t i = 0; i < text.n; i++)
		strbuf_addch(&r->items, text.p[i] == '\n' ? ';' : text.p[i]);
	end_list(r);
}

/* What speaks for a paper in one list does not speak against it in another,
 * and what stands in several lists counts once. */
static void
settle(struct topic_terms *in)
{
	for (size_t i = 0; i < in->n; i++)
		for (size_t j = 0; j < in->n; j++) {
			struct topic_term *a = &in->v[i], *b = &in->v[j];

			if (i == j || !same_stems(a, b))
				continue;
			if (a->weight < b->weight ||
			    (a->weight == b->weight && j < i))
				a->again = true;
		}
}

void
topic_terms_read(struct topic_terms *in, struct slice text, struct tokens *t)
{
	struct reader r = {
	    .in = in,
	    .tokens = t,
	    .topic = TERM_NO_TOPIC,
	    .items = STRBUF_INIT(STRBUF_MAX),
	};
	struct slice rest = text, line;

	*in = (struct topic_terms) {NULL, 0, NULL, 0};
	while (slice_cut(&rest, '\n', &line))
		read_line(&r, line);
	end_list(&r);
	if (!r.found)
		read_prose(&r, text);
	settle(in);
	strbuf_release(&r.items);
}

void
topic_terms_release(struct topic_terms *in)
{
	for (size_t i = 0; i < in->n; i++)
		free(in->v[i].spelling);
	for (size_t i = 0; i < in->ntopics; i++) {
		free(in->topics[i].id);
		free(in->topics[i].name);
	}
	free(in->v);
	free(in->topics);
}
