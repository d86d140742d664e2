/* SPDX-License-Identifier: ISC */
#include "draft/draft.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/xalloc.h"

/* Abstracts of few papers say what titles leave out; those of many say it in
 * their titles. */
#define FEW_PAPERS	60
/* So many are compared with each other, by cluster all of them that may be
 * printed. */
#define RANKED_MAX	1500
/* One that stands in a longer one so often need not be said beside it. */
#define WITHIN_SHARE	0.6
/* Words that the vectors do not know side by side are a phrase if so many papers
 * have them. */
#define SURE_PAPERS	4
#define UNTITLED_TIMES	0.5
#define UNKNOWN_TIMES	0.7
/* Below that share, it stands where adjectives and verbs do. */
#define NOUN_LEAST	0.34
/* One word that more of arXiv's papers have (e^-3.3) is no topic. */
#define RARITY_LEAST	3.3
#define ONE_WORD_TIMES	0.8
/* Of more papers, two must have it. */
#define ONE_WORD_ONCE	12
#define ONE_WORD_LENGTH 3
#define HYPHENS_TIMES	0.6
#define FREQUENCY_POWER 0.6

/* May stand between the words of a phrase, alone. */
static bool
is_joint(const struct wording *w, size_t i)
{
	const struct token *a = &w->tokens.v[i - 1], *b = a + 1;
	const char *between = w->tokens.text.s + a->at + a->len;

	return !b->gap && b->at == a->at + a->len + 1 &&
	    (*between == ' ' || *between == '-');
}

/* A part of a word with a hyphen, a formula, a program or an address. */
static bool
is_torn(const char *s, size_t at)
{
	if (s[at] == '.' || s[at] == ':')
		return s[at + 1] == '/' || ascii_alnum(s[at + 1]);
	return s[at] != '\0' && strchr("-'_^{}$\\/@#=+*<>", s[at]) != NULL;
}

static bool
begins(const struct wording *w, size_t i)
{
	size_t at = w->tokens.v[i].at;

	return at == 0 || !is_torn(w->tokens.text.s, at - 1);
}

static bool
ends(const struct wording *w, size_t i)
{
	const struct token *t = &w->tokens.v[i];

	return !is_torn(w->tokens.text.s, t->at + t->len);
}

/* How papers speak of themselves: no phrase begins or ends with that. */
static const char *const report_words[] = {"ability", "able", "accelerate",
    "accelerates", "achieve", "achieved", "achieves", "achieving", "across",
    "additionally", "address", "addresses", "advanced", "against", "aim",
    "aims", "allow", "allows", "along", "although", "among", "analyze",
    "analyzing", "answers", "arbitrary", "argue", "aspects", "assess",
    "attempt", "author", "authors", "available", "averaged", "based", "become",
    "becomes", "behind", "best", "better", "between", "beyond", "call",
    "called", "cannot", "capable", "case", "challenge", "challenges",
    "challenging", "characterize", "characterized", "common", "commonly",
    "comparable", "compare", "compared", "comparing", "compelling",
    "competitive", "complete", "completely", "comprehensive", "comprising",
    "consider", "considered", "consistent", "consistently", "contribute",
    "contributes", "contribution", "contributions", "corresponding", "critical",
    "crucial", "current", "define", "demonstrate", "demonstrates",
    "demonstrating", "describe", "despite", "develop", "developed", "different",
    "difficult", "discuss", "discussed", "diverse", "due", "during", "easily",
    "effective", "effectively", "effectiveness", "efficiently", "enable",
    "enabled", "enables", "enabling", "enhance", "enhances", "enhancing",
    "ensure", "ensuring", "entire", "establish", "establishes", "ever",
    "evidence", "exactly", "examine", "exhibit", "exhibits", "existing",
    "experiment", "experimental", "experiments", "explore", "explores",
    "exploring", "extend", "extensive", "extensively", "find", "finding",
    "findings", "five", "form", "four", "framework", "frameworks", "fully",
    "fundamental", "further", "generally", "give", "given", "gives", "goes",
    "half", "hence", "higher", "highly", "hold", "holds", "however", "identify",
    "importance", "important", "improve", "improved", "improvement",
    "improvements", "improves", "improving", "include", "includes", "increase",
    "increasing", "increasingly", "innovation", "innovations", "insight",
    "insights", "interpretations", "introduce", "introduces", "introducing",
    "investigate", "keeps", "lack", "large", "largely", "larger", "lead",
    "leading", "leads", "leverage", "leverages", "leveraging", "lies",
    "limitation", "limitations", "limited", "lines", "lower", "main", "mainly",
    "maintain", "maintaining", "major", "makes", "means", "method", "methods",
    "mitigate", "mitigates", "modern", "namely", "near", "nearly", "needs",
    "notion", "novel", "novelty", "numerous", "observations", "obtain",
    "obtained", "offer", "offers", "often", "outperform", "outperforms", "over",
    "overall", "particular", "performance", "phenomenon", "popular", "possible",
    "powerful", "practical", "present", "presents", "previous", "previously",
    "problem", "problems", "promising", "proposal", "propose", "proposed",
    "proposes", "prove", "proven", "proves", "provide", "provides", "providing",
    "quarter", "questions", "rapid", "recent", "recently", "reduce", "reduces",
    "reducing", "relative", "remain", "remaining", "remains", "remarkable",
    "require", "requires", "respectively", "result", "resulting", "results",
    "reveal", "reveals", "review", "rise", "robustly", "role", "same", "says",
    "seek", "seeks", "seen", "set", "showing", "shown", "shows", "significant",
    "significantly", "similar", "simply", "since", "small", "smaller", "solve",
    "specific", "still", "strategies", "strategy", "strong", "studied",
    "studies", "success", "successful", "suggest", "suggests", "superior",
    "supports", "systematic", "tackle", "takes", "tells", "then", "think",
    "third", "three", "through", "throughout", "thus", "toward", "traditional",
    "two", "typically", "un", "understand", "unexplored", "unified", "unlike",
    "up", "usage", "use", "used", "useful", "using", "variety", "via",
    "whereas", "widely", "work", "works", "yet", "yield", "yields"};

/* "trained", "effectively" */
static bool
has_ending(struct slice word, const char *ending)
{
	size_t n = strlen(ending);

	return word.n > n + 2 && memcmp(word.p + word.n - n, ending, n) == 0;
}

/* A word of a phrase, at whose ends it has to say something. */
static bool
says_something(const struct wording *w, size_t i)
{
	struct slice word = wording_words(w, i, 1);

	return !w->word[i].empty && !ascii_digit(*word.p) &&
	    !has_ending(word, "ly") && !WORD_IS_IN(word, report_words);
}

/* The nth word of a phrase from first on may be this; *whole: its last, too. */
static bool
goes_on(const struct wording *w, size_t first, size_t n, bool *whole)
{
	size_t last = first + n - 1;
	const struct wording_word *word;

	if (last >= w->tokens.n || (n > 1 && !is_joint(w, last)))
		return false;
	word = &w->word[last];
	*whole = word->tells && !has_ending(wording_words(w, last, 1), "ed");
	return word->tells || (n > 1 && (!word->empty || word->joins));
}

typedef void
take_phrase(void *arg, struct wording *w, size_t first, size_t n, uint64_t key);

/* Every phrase of the text that was split. */
static void
each_phrase(struct wording *w, take_phrase *take, void *arg)
{
	bool whole;
	uint64_t key;

	for (size_t i = 0; i < w->tokens.n; i++)
		w->word[i].tells = says_something(w, i);
	for (size_t i = 0; i < w->tokens.n; i++) {
		if (!w->word[i].tells || !begins(w, i))
			continue;
		key = 0;
		for (size_t n = 1; n <= WISH_WORDS; n++) {
			if (!goes_on(w, i, n, &whole))
				break;
			key = word_pair(key,
			    tokens_stem_hash(
				&w->tokens, &w->tokens.v[i + n - 1]));
			if (whole && ends(w, i + n - 1))
				take(arg, w, i, n, key);
		}
	}
}

static struct slice
key_bytes(const uint64_t *key)
{
	return (struct slice) {(const char *)key, sizeof(*key)};
}

static void
add_phrase(void *arg, struct wording *w, size_t first, size_t n, uint64_t key)
{
	struct phrases *f = arg;
	struct phrase *p;

	if (!strmap_add(&f->keys, key_bytes(&key), NULL))
		return;
	f->v = xgrow(f->v, &f->cap, f->keys.n, sizeof(*f->v));
	p = &f->v[f->keys.n - 1];
	*p = (struct phrase) {.words = n};
	for (size_t i = 0; i < n; i++)
		p->stem[i] =
		    tokens_stem_hash(&w->tokens, &w->tokens.v[first + i]);
}

/* What stands behind a noun is no noun of its own, nor what begins one. */
static bool
is_as_noun(const struct wording *w, size_t last)
{
	static const char *const beginning[] = {"all", "an", "each", "how",
	    "its", "many", "our", "some", "that", "the", "their", "these",
	    "this", "those", "what", "whether", "which"};
	const struct token *t = &w->tokens.v[last];
	const char *behind = w->tokens.text.s + t->at + t->len;

	if (strncmp(behind, " a ", 3) == 0)
		return false;
	if (last + 1 == w->tokens.n || !is_joint(w, last + 1) ||
	    ascii_digit(behind[1]))
		return true;
	for (size_t i = 0; i < sizeof(beginning) / sizeof(*beginning); i++)
		if (slice_eq(wording_words(w, last + 1, 1), beginning[i]))
			return false;
	return w->word[last + 1].empty;
}

struct count {
	struct phrases *phrases;
	size_t paper, cluster;
	bool in_title;
};

/* Of its forms ("mixtures of experts") most votes keep one. */
static void
count_phrase(void *arg, struct wording *w, size_t first, size_t n, uint64_t key)
{
	struct slice text = wording_words(w, first, n);
	struct count *c = arg;
	struct phrase *p;
	size_t i;

	if (!strmap_find(&c->phrases->keys, key_bytes(&key), &i))
		return;
	p = &c->phrases->v[i];
	if (p->last != c->paper)
		p->n[c->cluster]++;
	p->last = c->paper;
	p->times++;
	p->titled |= c->in_title;
	p->as_noun += is_as_noun(w, first + n - 1);
	if (p->text != NULL && slice_eq(text, p->text)) {
		p->votes++;
	} else if (p->votes > 0) {
		p->votes--;
	} else {
		free(p->text);
		p->text = xmemdup0(text.p, text.n);
		p->votes = 1;
	}
}

static void
read_text(struct phrases *f, struct wording *w, const char *text, bool is_title,
    bool adds)
{
	wording_split(w, slice_of(text));
	forms_learn(&f->forms, w, is_title);
	if (adds)
		each_phrase(w, add_phrase, f);
}

void
phrases_collect(struct phrases *f, const struct library *l, const size_t *of)
{
	struct wording w;

	*f = (struct phrases) {
	    .keys = STRMAP_INIT, .forms = {.words = STRMAP_INIT}};
	wording_init(&w);
	for (size_t i = 0; i < l->n; i++) {
		read_text(f, &w, l->v[i].title, true, true);
		read_text(f, &w, l->v[i].abstract, false, l->n < FEW_PAPERS);
	}
	for (size_t i = 0; i < l->n; i++) {
		struct count count = {f, i + 1, of[i], true};

		wording_split(&w, slice_of(l->v[i].title));
		each_phrase(&w, count_phrase, &count);
		count.in_title = false;
		wording_split(&w, slice_of(l->v[i].abstract));
		each_phrase(&w, count_phrase, &count);
	}
	wording_release(&w);
}

/* How near it is to the middle of a cluster. */
static double
nearness(const struct clusters *c, size_t k, const vector q)
{
	return fmax(vector_dot(c->centre[k], q), 0);
}

/* How many nats of what a paper of the cluster says, beside any other paper, it
 * is, by what tells it from the other clusters. */
static double
worth(const struct phrase *p, const struct clusters *c, size_t k, double rarity,
    double all, double total)
{
	double papers = (double)c->papers[k], n = (double)p->n[k];
	double here = n / (papers + 1);
	double there = (all - n + 0.5) / (total - papers + 1);

	if (n == 0)
		return 0;
	return pow(here, FREQUENCY_POWER) * fmax(log(here) + rarity, 0) * here /
	    (here + there);
}

/* Words with blanks between, as the vectors know them. */
static void
join_by_blanks(struct strbuf *b, const struct tokens *t)
{
	for (size_t i = 0; i < t->n; i++) {
		if (i > 0)
			strbuf_addch(b, ' ');
		strbuf_add(b, t->text.s + t->v[i].at, t->v[i].len);
	}
}

/* True if each two of its words in a row, or its one word, are known. */
static bool
is_known(const struct vectors *v, const char *words)
{
	const char *p = words, *next;
	size_t n;

	do {
		n = strcspn(p, " ");
		next = p[n] == ' ' ? p + n + 1 : NULL;
		if (next != NULL)
			n += 1 + strcspn(next, " ");
		else if (p != words)
			break;
		if (vectors_find(v, (struct slice) {p, n}) == VECTORS_NO_TERM)
			return false;
		p = next;
	} while (p != NULL);
	return true;
}

/* What makes it more of a topic, or less, wherever it stands. */
static double
fitness(const struct phrase *p, const struct vectors *v, const char *words,
    size_t all, size_t total, double rarity)
{
	double noun = (double)p->as_noun / (double)p->times;

	if (noun < NOUN_LEAST ||
	    (p->words == 1 &&
		(rarity < RARITY_LEAST || (all < 2 && total > ONE_WORD_ONCE) ||
		    strlen(p->text) < ONE_WORD_LENGTH)))
		return 0;
	if (!is_known(v, words)) {
		if (all < SURE_PAPERS && (all < 2 || p->words > 2))
			return 0;
		noun *= UNKNOWN_TIMES;
	}
	if (!p->titled)
		noun *= UNTITLED_TIMES;
	return noun *
	    (p->words == 1	     ? ONE_WORD_TIMES
		    : p->blanks == 0 ? HYPHENS_TIMES
				     : 1);
}

static void
score(struct phrase *p, const struct clusters *c, struct space *s)
{
	struct strbuf words = STRBUF_INIT(STRBUF_MAX);
	struct wish wish = {.nstems = p->words};
	size_t all = 0, total = 0;
	double rarity, fits, one;
	vector q = {0};

	tokens_split(&s->tokens, slice_of(p->text));
	join_by_blanks(&words, &s->tokens);
	wish.text = words.s;
	rarity = lexical_rarity(&wish, &s->vectors);
	for (size_t k = 0; k < c->n; k++) {
		all += p->n[k];
		total += c->papers[k];
	}
	for (const char *t = p->text; *t != '\0'; t++)
		p->blanks += *t == ' ';
	fits = fitness(p, &s->vectors, words.s, all, total, rarity);
	if (fits > 0 && space_add_phrase(s, 1, q))
		space_centre_query(s, q);
	for (size_t k = 0; k < c->n && fits > 0; k++) {
		one = fits * nearness(c, k, q) *
		    worth(p, c, k, rarity, (double)all, (double)total);
		if (one > p->score) {
			p->score = one;
			p->cluster = k;
		}
	}
	strbuf_release(&words);
}

static int
by_score(const void *a, const void *b)
{
	const struct phrase *p = a, *q = b;

	if (p->score != q->score)
		return p->score < q->score ? 1 : -1;
	return strcmp(p->text, q->text);
}

static bool
is_within(const struct phrase *part, const struct phrase *p)
{
	for (size_t i = 0; i + part->words <= p->words; i++)
		if (memcmp(part->stem, p->stem + i,
			part->words * sizeof(*p->stem)) == 0)
			return true;
	return false;
}

/* True if one of the n better ones, or a longer one, says it. */
static bool
is_said(const struct phrases *f, size_t n, const struct phrase *p)
{
	for (size_t i = 0; i < n; i++)
		if (is_within(&f->v[i], p) || is_within(p, &f->v[i]))
			return true;
	return false;
}

/* A part of a longer one that is nearly as frequent is worth nothing. */
static void
give_way(struct phrases *f, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct phrase *p = &f->v[i];

		for (size_t j = 0; j < n && p->score > 0; j++) {
			const struct phrase *q = &f->v[j];

			if (q->words > p->words && q->score > 0 &&
			    q->cluster == p->cluster && is_within(p, q) &&
			    (double)q->n[q->cluster] >=
				WITHIN_SHARE * (double)p->n[p->cluster])
				p->score = 0;
		}
	}
}

size_t
phrases_rank(struct phrases *f, const struct clusters *c, struct space *s)
{
	size_t n = 0, ranked = f->keys.n;

	forms_settle(&f->forms, &s->vectors);
	for (size_t i = 0; i < f->keys.n; i++)
		score(&f->v[i], c, s);
	qsort(f->v, f->keys.n, sizeof(*f->v), by_score);
	if (ranked > RANKED_MAX)
		ranked = RANKED_MAX;
	give_way(f, ranked);
	for (size_t i = 0; i < ranked; i++) {
		struct phrase p = f->v[i];

		if (p.score <= 0 || is_said(f, n, &p))
			continue;
		f->v[i] = f->v[n];
		f->v[n++] = p;
	}
	return n;
}

void
phrases_release(struct phrases *f)
{
	for (size_t i = 0; i < f->keys.n; i++)
		free(f->v[i].text);
	free(f->v);
	forms_release(&f->forms);
	strmap_release(&f->keys);
}
