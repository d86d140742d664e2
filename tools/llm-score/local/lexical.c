/* SPDX-License-Identifier: ISC */
#include "local/lexical.h"
#include "local/stems.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/base/xalloc.h"
#include "common/words/tokens.h"
#include "local/topic_terms.h"

/* BM25's constants, at their usual values. */
#define K1	    1.2
#define B	    0.75
/* A word in the title counts as often. */
#define TITLE_TIMES 3

/*
 * The least scores for a relevance of 2 to 10: what 20, 40, 55, 68, 78, 86,
 * 92, 96 and 98.5 % of the background's papers stay below with the supplied
 * topics (scripts/make-background --grades).
 */
static const double grades[] = {-1.1, -0.4, 0.1, 0.6, 1.3, 2.1, 3.3, 4.7, 6.7};

#define COMMENT_WORDS 5
/* A single word that more than one paper of so many has tells nothing. */
#define COMMENT_RARE  10
/* A topic is named if it matched at least as well as a keyword that one
 * paper in ten has. */
#define TOPIC_LEAST   2.3

struct lexical {
	struct tokens tokens;
	struct topic_terms terms;
	double *gain; /* by term: weight times idf */
	double mean, deviation; /* of the sum over the background */
	/* Interests by first stem: chains through next, both plus 1. */
	size_t *bucket, *next, nbuckets;
	/* Of the paper at hand. */
	double *times; /* by term: how often it stands there */
	double *part; /* by term: what that adds to the sum */
	double *topic_score; /* by topic */
	bool matched; /* something telling speaks for it */
};

/*
 * What the sum is over the background if words come independently: so sums are
 * comparable between files of many topics and of few.
 */
static void
estimate(struct lexical *l)
{
	double variance = 0, p, n = (double)background_papers();

	for (size_t i = 0; i < l->terms.n; i++) {
		const struct topic_term *k = &l->terms.v[i];

		l->gain[i] = k->weight * background_idf(k->papers);
		if (k->again)
			continue;
		p = ((double)k->papers + 0.5) / (n + 1);
		l->mean += l->gain[i] * p;
		variance += l->gain[i] * l->gain[i] * p * (1 - p);
	}
	l->deviation = sqrt(variance);
}

static void
index_terms(struct lexical *l)
{
	size_t n = l->terms.n, b;

	for (l->nbuckets = 64; l->nbuckets < 4 * n;)
		l->nbuckets *= 2;
	l->bucket = xcalloc(l->nbuckets, sizeof(*l->bucket));
	l->next = xcalloc(n, sizeof(*l->next));
	for (size_t i = n; i-- > 0;) {
		b = l->terms.v[i].stem[0] & (l->nbuckets - 1);
		l->next[i] = l->bucket[b];
		l->bucket[b] = i + 1;
	}
}

struct lexical *
lexical_open(const char *topics_path, struct slice topics_text)
{
	struct lexical *l = xcalloc(1, sizeof(*l));
	size_t n;

	tokens_init(&l->tokens);
	topic_terms_read(&l->terms, topics_text, &l->tokens);
	n = l->terms.n;
	if (n == 0) {
		lexical_free(l);
		die(EXIT_MISUSE, "%s: no words to look for", topics_path);
	}
	l->gain = xcalloc(n, sizeof(*l->gain));
	l->times = xcalloc(n, sizeof(*l->times));
	l->part = xcalloc(n, sizeof(*l->part));
	l->topic_score = xcalloc(l->terms.ntopics + 1, sizeof(*l->topic_score));
	estimate(l);
	index_terms(l);
	return l;
}

void
lexical_free(struct lexical *l)
{
	if (l == NULL)
		return;
	tokens_release(&l->tokens);
	topic_terms_release(&l->terms);
	free(l->gain);
	free(l->bucket);
	free(l->next);
	free(l->times);
	free(l->part);
	free(l->topic_score);
	free(l);
}

/* True if the words from the first on are those of k. */
static bool
stands_at(struct lexical *l, const struct topic_term *k, size_t first)
{
	const struct token *w = &l->tokens.v[first];

	if (l->tokens.n - first < k->nstems)
		return false;
	for (size_t i = 1; i < k->nstems; i++)
		if (w[i].gap ||
		    tokens_stem_hash(&l->tokens, &w[i]) != k->stem[i])
			return false;
	return true;
}

/* Counts the terms in text and returns its number of words. */
static size_t
look_through(struct lexical *l, struct slice text, double times)
{
	tokens_split(&l->tokens, text);
	for (size_t i = 0; i < l->tokens.n; i++) {
		uint64_t stem = tokens_stem_hash(&l->tokens, &l->tokens.v[i]);
		size_t at = l->bucket[stem & (l->nbuckets - 1)];

		for (; at != 0; at = l->next[at - 1]) {
			const struct topic_term *k = &l->terms.v[at - 1];

			if (k->stem[0] == stem && stands_at(l, k, i))
				l->times[at - 1] += times;
		}
	}
	return l->tokens.n;
}

/* BM25's answer to: it stands there so many times, what is that worth? */
static double
saturate(double times, double words)
{
	double longer = words / background_words();

	return times * (K1 + 1) / (times + K1 * (1 - B + B * longer));
}

static int
grade(double score)
{
	int g = 1;

	for (size_t i = 0; i < sizeof(grades) / sizeof(*grades); i++)
		g += score >= grades[i];
	return g;
}

/* Whether k says something to a person who reads it. */
static bool
is_telling(const struct topic_term *k)
{
	return k->nstems > 1 || k->papers * COMMENT_RARE <= background_papers();
}

/* What each term adds; returns the sum. */
static double
add_up(struct lexical *l, double words)
{
	double sum = 0;

	l->matched = false;
	for (size_t t = 0; t < l->terms.ntopics; t++)
		l->topic_score[t] = 0;
	for (size_t i = 0; i < l->terms.n; i++) {
		const struct topic_term *k = &l->terms.v[i];

		l->part[i] = 0;
		if (l->times[i] == 0)
			continue;
		l->part[i] = l->gain[i] * saturate(l->times[i], words);
		l->matched |= l->part[i] > 0 && is_telling(k);
		if (!k->again)
			sum += l->part[i];
		if (k->topic != TERM_NO_TOPIC && is_telling(k))
			l->topic_score[k->topic] += l->part[i];
	}
	return sum;
}

/* The best topics, as long as they match at least half as well as the very
 * best.  Returns that one's index. */
static size_t
pick_topics(const struct lexical *l, struct lexical_rating *v)
{
	size_t picked[LEXICAL_TOPICS] = {0};
	double least = TOPIC_LEAST;

	for (v->ntopics = 0; v->ntopics < LEXICAL_TOPICS; v->ntopics++) {
		size_t best = TERM_NO_TOPIC;

		for (size_t t = 0; t < l->terms.ntopics; t++) {
			bool taken = false;

			for (size_t i = 0; i < v->ntopics; i++)
				taken |= picked[i] == t;
			if (!taken && l->topic_score[t] >= least &&
			    (best == TERM_NO_TOPIC ||
				l->topic_score[t] > l->topic_score[best]))
				best = t;
		}
		if (best == TERM_NO_TOPIC)
			break;
		if (v->ntopics == 0)
			least = fmax(least, l->topic_score[best] / 2);
		picked[v->ntopics] = best;
		v->topics[v->ntopics] = l->terms.topics[best].id;
	}
	return v->ntopics > 0 ? picked[0] : TERM_NO_TOPIC;
}

/* True if every word of k is in one of the n terms told already. */
static bool
is_told(const struct lexical *l, const struct topic_term *k, const size_t *told,
    size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct topic_term *other = &l->terms.v[told[i]];
		size_t found = 0;

		for (size_t a = 0; a < k->nstems; a++)
			for (size_t b = 0; b < other->nstems; b++)
				if (k->stem[a] == other->stem[b]) {
					found++;
					break;
				}
		if (found == k->nstems)
			return true;
	}
	return false;
}

/*
 * What did most for the paper (sign 1) or against it (-1) and is not told:
 * its index, or how many there are if nothing is left.  What is for it has to
 * be of the topic or of none.
 */
static size_t
next_word(const struct lexical *l, size_t topic, double sign,
    const size_t *told, size_t n)
{
	size_t best = l->terms.n;

	for (size_t i = 0; i < l->terms.n; i++) {
		const struct topic_term *k = &l->terms.v[i];
		bool fits = sign < 0
		    ? !k->again
		    : k->topic == topic || k->topic == TERM_NO_TOPIC;

		if (sign * l->part[i] <= 0 || !fits || !is_telling(k))
			continue;
		if (best < l->terms.n &&
		    sign * l->part[i] <= sign * l->part[best])
			continue;
		if (!is_told(l, k, told, n))
			best = i;
	}
	return best;
}

/* Appends those words after what is to stand before them; returns how many. */
static size_t
tell_words(const struct lexical *l, struct strbuf *b, size_t topic, double sign,
    const char *before)
{
	size_t told[COMMENT_WORDS], n;

	for (n = 0; n < COMMENT_WORDS; n++) {
		told[n] = next_word(l, topic, sign, told, n);
		if (told[n] == l->terms.n)
			break;
		strbuf_addstr(b, n == 0 ? before : ", ");
		strbuf_addstr(b, l->terms.v[told[n]].spelling);
	}
	return n;
}

static void
tell(const struct lexical *l, struct lexical_rating *v, size_t topic)
{
	strbuf_reset(&v->comment);
	if (topic != TERM_NO_TOPIC)
		strbuf_addf(&v->comment, "%s: ", l->terms.topics[topic].name);
	if (tell_words(l, &v->comment, topic, 1, "") == 0)
		strbuf_addstr(&v->comment, "no topic matched");
	tell_words(l, &v->comment, topic, -1, "; against: ");
}

static void
look_through_categories(struct lexical *l, const struct paper *p)
{
	struct strbuf scratch = STRBUF_INIT(STRBUF_MAX);
	struct slice category;
	size_t pos = 0;

	while (paper_list_next(p, PAPER_CATEGORIES, &pos, &category, &scratch))
		look_through(l, category, 1);
	strbuf_release(&scratch);
}

void
lexical_judge(struct lexical *l, struct paper *p, struct lexical_rating *v)
{
	size_t words;
	double sum;

	memset(l->times, 0, l->terms.n * sizeof(*l->times));
	words = look_through(l, paper_text(p, PAPER_TITLE), TITLE_TIMES);
	words += look_through(l, paper_text(p, PAPER_ABSTRACT), 1);
	look_through_categories(l, p);
	sum = add_up(l, (double)words);
	v->score = (sum - l->mean) / l->deviation;
	v->relevance = l->matched ? grade(v->score) : 1;
	tell(l, v, pick_topics(l, v));
}

void
lexical_rating_release(struct lexical_rating *v)
{
	strbuf_release(&v->comment);
}
