/* SPDX-License-Identifier: ISC */
/* Phrases out of running text, and which of them a "not" turns. */
#include "local/local.h"

#include <libstemmer.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/xalloc.h"

/*
 * Stemming a word takes longer than all the rest, and papers use few words
 * often, so the latest stem of each slot is kept.  A slot holds whole hashes:
 * what is found is what stemming would give.
 */
#define MEMO_SLOTS 32768

static struct {
	uint64_t word, stem;
} memo[MEMO_SLOTS];

/* Made when it is first needed, and kept. */
static struct sb_stemmer *stemmer;

/* In letters, valid until the next call. */
static struct slice
stem(const struct tokens *t, const struct token *k)
{
	const sb_symbol *s;

	if (stemmer == NULL)
		stemmer = sb_stemmer_new("english", "UTF_8");
	if (stemmer == NULL)
		xalloc_die();
	s = sb_stemmer_stem(
	    stemmer, (const sb_symbol *)t->text.s + k->at, (int)k->len);
	if (s == NULL)
		xalloc_die();
	return (struct slice) {
	    (const char *)s, (size_t)sb_stemmer_length(stemmer)};
}

uint64_t
tokens_stem_hash(const struct tokens *t, const struct token *k)
{
	size_t slot = k->hash % MEMO_SLOTS;

	if (memo[slot].word != k->hash) {
		memo[slot].word = k->hash;
		memo[slot].stem = word_hash(stem(t, k));
	}
	return memo[slot].stem;
}

/* Where what is read goes, and how it is meant. */
struct reader {
	struct wishes *out;
	struct tokens *tokens;
	size_t topic;
	bool unwanted; /* until a word turns it */
	bool turned; /* what is read now is unwanted */
};

/* Say nothing of a paper, wherever they stand. */
static const char *const empty_words[] = {"about", "above", "actually", "after",
    "all", "also", "always", "am", "an", "and", "any", "anything", "applied",
    "applies", "apply", "approach", "approaches", "are", "area", "areas",
    "around", "article", "articles", "as", "at", "be", "because", "been",
    "being", "both", "by", "can", "care", "case", "cases", "concern", "could",
    "currently", "deal", "dealing", "did", "do", "does", "don", "each",
    "either", "else", "especially", "etc", "even", "every", "everything",
    "favorite", "favourite", "field", "fields", "find", "focus", "focused",
    "follow", "for", "from", "general", "generally", "give", "good", "great",
    "had", "has", "have", "having", "here", "how", "if", "in", "including",
    "interest", "interested", "interesting", "interests", "into", "is", "it",
    "its", "just", "keep", "kind", "kinds", "know", "known", "like", "liked",
    "likes", "look", "looking", "love", "mainly", "make", "making", "many",
    "may", "me", "mean", "mine", "more", "most", "mostly", "much", "must", "my",
    "need", "new", "not", "of", "on", "one", "only", "onto", "or", "other",
    "others", "our", "ours", "paper", "papers", "particular", "particularly",
    "phd", "please", "prefer", "preferably", "publications", "put", "quite",
    "rather", "read", "reading", "really", "related", "relevant", "research",
    "see", "seen", "several", "should", "show", "so", "some", "something",
    "study", "studying", "such", "take", "tell", "than", "that", "the", "their",
    "them", "then", "there", "these", "they", "thing", "things", "this",
    "those", "to", "too", "topic", "topics", "toward", "towards", "type",
    "types", "under", "upon", "us", "use", "used", "uses", "using", "various",
    "very", "via", "want", "wanted", "was", "way", "ways", "we", "welcome",
    "well", "were", "what", "when", "where", "whether", "which", "while", "who",
    "whose", "why", "will", "wish", "with", "within", "work", "working",
    "works", "would", "yet", "you", "your"};

/* From here to the end of the sentence it is the other way round. */
static const char *const turning_words[] = {"avoid", "dislike", "except",
    "exclude", "excluded", "excluding", "hate", "ignore", "neither", "never",
    "no", "none", "nor", "not", "nothing", "omit", "skip", "uninterested",
    "unless", "unwanted", "without"};

/* From here on it is as wanted as before. */
static const char *const returning_words[] = {"but", "however", "instead"};

static int
by_bytes(const void *key, const void *element)
{
	const struct slice *word = key;
	const char *const *s = element;

	return slice_cmp(*word, slice_of(*s));
}

bool
word_is_in(struct slice word, const char *const *list, size_t n)
{
	return bsearch(&word, list, n, sizeof(*list), by_bytes) != NULL;
}

static struct slice
word_of(const struct tokens *t, size_t i)
{
	return (struct slice) {t->text.s + t->v[i].at, t->v[i].len};
}

/* "don't", "doesn't" leave the word "don" or "doesn" before a lone t. */
static bool
is_short_not(const struct tokens *t, size_t i)
{
	static const char *const stems[] = {"aren", "can", "didn", "doesn",
	    "don", "isn", "shouldn", "won", "wouldn"};
	const struct token *w = &t->v[i];
	const char *after = t->text.s + w->at + w->len;

	return WORD_IS_IN(word_of(t, i), stems) && after[0] == '\'' &&
	    after[1] == 't';
}

static void
add_wish(struct reader *r, size_t first, size_t n, double times)
{
	struct wishes *out = r->out;
	struct tokens *t = r->tokens;
	struct wish k = {.nstems = n,
	    .topic = r->topic,
	    .times = times,
	    .unwanted = r->turned};
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);

	for (size_t i = 0; i < n; i++)
		k.stem[i] = tokens_stem_hash(t, &t->v[first + i]);
	for (size_t i = 0; i < out->n; i++) {
		struct wish *old = &out->v[i];

		if (old->unwanted == r->turned && old->nstems == n &&
		    memcmp(old->stem, k.stem, n * sizeof(*k.stem)) == 0) {
			old->times += times;
			return;
		}
	}
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			strbuf_addch(&b, ' ');
		strbuf_addslice(&b, word_of(t, first + i));
	}
	k.text = strbuf_detach(&b);
	out->v = xgrow(out->v, &out->cap, out->n + 1, sizeof(*out->v));
	out->v[out->n++] = k;
}

/* Says nothing here; what a hyphen ties to another word ("in-context") does. */
static bool
says_nothing(const struct tokens *t, size_t i)
{
	const struct token *w = &t->v[i];

	return WORD_IS_IN(word_of(t, i), empty_words) &&
	    t->text.s[w->at + w->len] != '-' &&
	    (w->at == 0 || t->text.s[w->at - 1] != '-');
}

/* What may stand within a phrase: "mixture of experts". */
static const char *const joints[] = {"at", "in", "of"};

bool
wish_word_is_empty(struct slice word)
{
	return WORD_IS_IN(word, empty_words) ||
	    WORD_IS_IN(word, turning_words) ||
	    WORD_IS_IN(word, returning_words);
}

bool
wish_word_joins(struct slice word)
{
	return WORD_IS_IN(word, joints);
}

/* The next phrase from *i on: its length, 0 at the end.  *i is behind it. */
static size_t
next_phrase(const struct tokens *t, size_t *i, size_t end)
{
	size_t begin, last;

	while (*i < end && says_nothing(t, *i))
		(*i)++;
	begin = last = *i;
	for (; *i < end && *i - begin < WISH_WORDS; (*i)++)
		if (!says_nothing(t, *i))
			last = *i + 1;
		else if (!WORD_IS_IN(word_of(t, *i), joints))
			break;
	*i = last;
	return last - begin;
}

/* The words from first on, which stand between two separators: a phrase, or in
 * prose several, which share its weight. */
static void
add_words(struct reader *r, size_t first, size_t n, bool unwanted)
{
	size_t end = first + n, words, phrases = 0, i;

	r->turned = unwanted;
	for (i = first; next_phrase(r->tokens, &i, end) > 0;)
		phrases++;
	for (i = first; (words = next_phrase(r->tokens, &i, end)) > 0;)
		add_wish(r, i - words, words, 1 / (double)phrases);
}

/* Whether something that separates phrases stands before word i. */
static bool
is_parted(const struct tokens *t, size_t i)
{
	size_t from = i == 0 ? 0 : t->v[i - 1].at + t->v[i - 1].len;
	struct slice word = word_of(t, i);

	for (size_t k = from; k < t->v[i].at; k++)
		if (strchr(",;:()|/\"\n", t->text.s[k]) != NULL)
			return true;
	return slice_eq(word, "and") || slice_eq(word, "or");
}

/* How many words from i on turn the sentence: "not", "leave out"; or 0. */
static size_t
turns(const struct tokens *t, size_t i, size_t end)
{
	struct slice word = word_of(t, i);
	struct slice next =
	    i + 1 < end ? word_of(t, i + 1) : (struct slice) {word.p, 0};

	if (slice_eq(word, "not") && slice_eq(next, "only"))
		return 0;
	if (slice_eq(word, "leave") && slice_eq(next, "out"))
		return 2;
	if ((slice_eq(word, "rather") && slice_eq(next, "than")) ||
	    (slice_eq(word, "other") && slice_eq(next, "than")) ||
	    (slice_eq(word, "instead") && slice_eq(next, "of")))
		return 2;
	return WORD_IS_IN(word, turning_words) || is_short_not(t, i);
}

/* Who asks, or that somebody does. */
static const char *const asking_words[] = {"care", "interest", "interested",
    "interesting", "interests", "me", "mine", "need", "phd", "please",
    "relevant", "us", "want", "wanted", "welcome"};

/* True if words from i to end say nothing but that something is asked for. */
static bool
only_asks(const struct tokens *t, size_t i, size_t end)
{
	bool asks = false;

	for (; i < end; i++) {
		if (!WORD_IS_IN(word_of(t, i), empty_words))
			return false;
		asks |= WORD_IS_IN(word_of(t, i), asking_words);
	}
	return asks;
}

/* True if no word from i to end says anything. */
static bool
is_empty(const struct tokens *t, size_t i, size_t end)
{
	for (; i < end; i++)
		if (!WORD_IS_IN(word_of(t, i), empty_words))
			return false;
	return true;
}

/* "Surveys are not for me": what the word at the end turns is before it. */
static bool
turns_back(const struct tokens *t, size_t first, size_t end)
{
	for (size_t i = first; i < end; i++) {
		size_t n = turns(t, i, end);

		if (n > 0)
			return !is_empty(t, first, i) &&
			    only_asks(t, i + n, end);
	}
	return false;
}

static void
read_sentence(struct reader *r, size_t first, size_t end)
{
	const struct tokens *t = r->tokens;
	bool unwanted = r->unwanted;
	bool whole = turns_back(t, first, end), turned = false;
	size_t begin = first, n;

	if (whole)
		unwanted = !unwanted;
	for (size_t i = first; i < end; i++) {
		bool back = WORD_IS_IN(word_of(t, i), returning_words);

		n = turns(t, i, end);
		if (n == 0 && !back && !is_parted(t, i))
			continue;
		add_words(r, begin, i - begin, unwanted != turned);
		begin = i;
		if (n > 0) {
			turned = !whole;
			begin = i + n;
			i += n - 1;
		} else if (back) {
			turned = false;
			begin = i + 1;
		}
	}
	add_words(r, begin, end - begin, unwanted != turned);
}

/* What a full stop ends; the other marks that tokens know part phrases. */
static bool
ends_before(const struct tokens *t, size_t i)
{
	size_t from = t->v[i - 1].at + t->v[i - 1].len;

	for (size_t k = from; k < t->v[i].at; k++)
		if (strchr(".!?", t->text.s[k]) != NULL)
			return t->v[i].gap;
	return false;
}

void
sentence_read(struct wishes *out, struct tokens *t, struct slice text,
    size_t topic, bool unwanted)
{
	struct reader r = {out, t, topic, unwanted, unwanted};
	size_t first = 0;

	tokens_split(t, text);
	for (size_t i = 1; i <= t->n; i++) {
		if (i < t->n && !ends_before(t, i))
			continue;
		read_sentence(&r, first, i);
		first = i;
	}
}
