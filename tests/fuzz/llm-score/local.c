/* SPDX-License-Identifier: ISC */
/*
 * The local judge on any topics and any paper: a topics file, a line "%%", a
 * title, and the abstract from the next line on.
 */
#include <math.h>
#include <string.h>

#include "../fuzz.h"
#include "common/base/compat.h"
#include "common/base/utf8.h"
#include "local/local.h"
#include "screen/screen.h"

/* Up to the mark, which is dropped; *rest is what follows. */
static struct slice
cut(struct slice text, const char *mark, struct slice *rest)
{
	const char *at =
	    text.n == 0 ? NULL : memmem(text.p, text.n, mark, strlen(mark));

	*rest = (struct slice) {"", 0};
	if (at == NULL)
		return text;
	rest->p = at + strlen(mark);
	rest->n = (size_t)(text.p + text.n - rest->p);
	return (struct slice) {text.p, (size_t)(at - text.p)};
}

static void
check_tokens(struct slice text)
{
	struct tokens t;

	tokens_init(&t);
	tokens_split(&t, text);
	for (size_t i = 0; i < t.n; i++) {
		FUZZ_ASSERT(t.v[i].len >= 2);
		FUZZ_ASSERT(t.v[i].at + t.v[i].len <= t.text.len);
		FUZZ_ASSERT(i > 0 || t.v[i].gap);
	}
	tokens_release(&t);
}

static void
check_features(struct slice title, struct slice abstract)
{
	struct features f;

	features_init(&f);
	features_of(&f, title, abstract);
	for (size_t i = 0; i < f.n; i++)
		FUZZ_ASSERT(f.v[i].index < FEATURES_DIM && f.v[i].count > 0);
	features_release(&f);
}

/* Vectors that know no word, which is the rarest that words can be. */
static const struct vectors *
no_words(void)
{
	static const uint32_t bucket[3];
	static const struct vectors v = {
	    .nlearnt = 1000, .bucket_bits = 1, .bucket = bucket};

	return &v;
}

static void
look_through(struct matches *m, struct tokens *t, struct slice title,
    struct slice abstract)
{
	matches_reset(m);
	tokens_split(t, title);
	matches_add(m, t, 3);
	tokens_split(t, abstract);
	matches_add(m, t, 1);
}

static void
check_wishes(struct slice topics, struct slice title, struct slice abstract)
{
	struct strbuf told = STRBUF_INIT(STRBUF_MAX);
	struct lexical l;
	struct matches m;
	struct tokens t;
	struct wishes w;

	tokens_init(&t);
	wishes_read(&w, topics, &t);
	for (size_t i = 0; i < w.n; i++) {
		FUZZ_ASSERT(w.v[i].nstems > 0 && w.v[i].nstems <= WISH_WORDS);
		FUZZ_ASSERT(w.v[i].times > 0);
		FUZZ_ASSERT(
		    w.v[i].topic == WISH_NO_TOPIC || w.v[i].topic < w.ntopics);
	}
	lexical_mark_weak(&w, no_words());
	wishes_add_words(&w, 0.5);
	lexical_open(&l, &w, no_words());
	matches_init(&m, &w);
	look_through(&m, &t, title, abstract);
	FUZZ_ASSERT(w.n == 0 || isfinite(lexical_z(&l, &m)));
	matches_tell(&m, &told, false, "");
	FUZZ_ASSERT((told.len > 0) == matches_any(&m, false));
	matches_tell(&m, &told, true, "");
	FUZZ_ASSERT(utf8_valid(told.s, told.len));
	matches_release(&m);
	lexical_release(&l);
	wishes_release(&w);
	tokens_release(&t);
	strbuf_release(&told);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct slice all = {(const char *)data, n}, paper, title, abstract;
	struct slice head = cut(all, "\n%%\n", &paper);
	struct screen_model w;
	const char *why;

	title = cut(paper, "\n", &abstract);
	check_tokens(all);
	check_features(title, abstract);
	if (utf8_valid(head.p, head.n))
		check_wishes(head, title, abstract);
	if (screen_model_parse(&w, all, &why))
		screen_model_release(&w);
	return 0;
}
