/* SPDX-License-Identifier: ISC */
#include "draft/draft.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/xalloc.h"
#include "common/text/fold.h"

/* Names are in a smaller share of arXiv's papers. */
#define NAME_SHARE 0.004

void
wording_init(struct wording *w)
{
	*w = (struct wording) {.cased = STRBUF_INIT(STRBUF_MAX)};
	tokens_init(&w->tokens);
}

void
wording_release(struct wording *w)
{
	tokens_release(&w->tokens);
	strbuf_release(&w->cased);
	free(w->word);
}

void
wording_split(struct wording *w, struct slice text)
{
	tokens_split(&w->tokens, text);
	strbuf_reset(&w->cased);
	fold(&w->cased, text, true);
	/* Few letters become more when their case is folded. */
	w->has_case = w->cased.len == w->tokens.text.len;
	w->word = xgrow(w->word, &w->cap, w->tokens.n, sizeof(*w->word));
	for (size_t i = 0; i < w->tokens.n; i++) {
		struct slice word = wording_words(w, i, 1);

		w->word[i].empty = wish_word_is_empty(word);
		w->word[i].joins = w->word[i].empty && wish_word_joins(word);
	}
}

struct slice
wording_words(const struct wording *w, size_t first, size_t n)
{
	const struct token *a = &w->tokens.v[first], *b = a + n - 1;

	return (struct slice) {
	    w->tokens.text.s + a->at, b->at + b->len - a->at};
}

static bool
is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static size_t
count_upper(struct slice s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += is_upper(s.p[i]);
	return n;
}

static struct slice
cased_word(const struct wording *w, size_t i)
{
	return (struct slice) {
	    w->cased.s + w->tokens.v[i].at, w->tokens.v[i].len};
}

/* How much a text says of words by their capitals. */
enum capitals {
	SHOUTED, /* nothing: there are no other letters */
	TITLED, /* of those that have more than one, or none */
	SPOKEN
};

static enum capitals
capitals_of(const struct wording *w, bool is_title)
{
	size_t small = 0, large = 0, letters = 0;

	for (size_t i = 0; i < w->tokens.n; i++) {
		struct slice word = cased_word(w, i);

		letters += count_upper(word) < word.n;
		if (i == 0 || w->word[i].empty)
			continue;
		if (count_upper(word) == 0)
			small++;
		else
			large++;
	}
	return 2 * letters <= w->tokens.n ? SHOUTED
	    : is_title && small <= large  ? TITLED
					  : SPOKEN;
}

/* "Bayesian", "Transfer" */
static bool
is_named(const struct wording *w, size_t i)
{
	struct slice word = cased_word(w, i);

	return is_upper(*word.p) && count_upper(word) == 1;
}

/* Next to another capital: "Low-Rank Adaptation (LoRA)" explains letters. */
static bool
is_among_names(const struct wording *w, size_t i)
{
	return (i > 0 && is_named(w, i - 1)) ||
	    (i + 1 < w->tokens.n && is_named(w, i + 1));
}

static struct form *
form_of(struct forms *f, struct slice word)
{
	size_t before = f->words.n, i;

	strmap_add(&f->words, word, &i);
	f->v = xgrow(f->v, &f->cap, f->words.n, sizeof(*f->v));
	if (f->words.n > before)
		f->v[i] = (struct form) {.votes = 0};
	return &f->v[i];
}

static void
set_form(struct form *f, const char *written, size_t n)
{
	free(f->written);
	f->written = xmemdup0(written, n);
	f->votes = 1;
}

/* A majority vote that needs to remember one candidate only. */
static void
vote(struct form *f, struct slice written)
{
	if (f->written != NULL && slice_eq(written, f->written))
		f->votes++;
	else if (f->votes > 0)
		f->votes--;
	else
		set_form(f, written.p, written.n);
}

void
forms_learn(struct forms *f, const struct wording *w, bool is_title)
{
	enum capitals capitals;

	if (!w->has_case || (capitals = capitals_of(w, is_title)) == SHOUTED)
		return;
	for (size_t i = 0; i < w->tokens.n; i++) {
		struct slice written = cased_word(w, i);
		size_t upper = count_upper(written);
		struct form *one = form_of(f, wording_words(w, i, 1));

		one->small |= upper == 0;
		if (is_named(w, i) &&
		    (w->tokens.v[i].gap || is_among_names(w, i)))
			one->named |= !w->tokens.v[i].gap;
		else if (capitals == SPOKEN || upper != 1)
			vote(one, written);
	}
}

void
forms_settle(struct forms *f, const struct vectors *v)
{
	for (size_t i = 0; i < f->words.n; i++) {
		struct slice word = strmap_get(&f->words, i);
		struct form *one = &f->v[i];
		size_t term = vectors_find(v, word);

		if (one->written != NULL || one->small || !one->named ||
		    (term != VECTORS_NO_TERM &&
			v->term[term].count > NAME_SHARE * v->nlearnt))
			continue;
		set_form(one, word.p, word.n);
		if (*one->written >= 'a' && *one->written <= 'z')
			*one->written -= 'a' - 'A';
	}
}

void
forms_write(const struct forms *f, struct slice words, struct strbuf *b)
{
	while (words.n > 0) {
		struct slice word = {words.p, 0};
		size_t i;

		while (word.n < words.n && words.p[word.n] != ' ' &&
		    words.p[word.n] != '-')
			word.n++;
		if (strmap_find(&f->words, word, &i) && f->v[i].written != NULL)
			strbuf_addstr(b, f->v[i].written);
		else
			strbuf_addslice(b, word);
		if (word.n < words.n)
			strbuf_addch(b, words.p[word.n++]);
		words.p += word.n;
		words.n -= word.n;
	}
}

void
forms_release(struct forms *f)
{
	for (size_t i = 0; i < f->words.n; i++)
		free(f->v[i].written);
	free(f->v);
	strmap_release(&f->words);
}
