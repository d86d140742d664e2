/* SPDX-License-Identifier: ISC */
/*
 * The local judges on any topics and any paper: a topics file, a line "%%", a
 * title, and the abstract from the next line on.
 */
#include <math.h>
#include <string.h>

#include "common/base/utf8.h"
#include "common/base/xalloc.h"
#include "common/json/json_write.h"

#include "local/lexical.h"
#include "local/stems.h"
#include "local/topic_terms.h"
#include "screen/screen_model.h"
#include "../fuzz.h"

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
		FUZZ_ASSERT(tokens_stem(&t, &t.v[i]).n > 0);
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

static void
check_verdict(
    const char *topics, size_t n, struct slice title, struct slice abstract)
{
	struct lexical_rating v = LEXICAL_RATING_INIT;
	struct strbuf line = STRBUF_INIT(STRBUF_MAX);
	struct jsonw j = JSONW_INIT(&line);
	struct lexical *l;
	struct paper p;

	l = lexical_open("topics", (struct slice) {topics, n});
	jsonw_open(&j, '{');
	jsonw_key(&j, "id");
	jsonw_str(&j, "2513.00001");
	jsonw_key(&j, "title");
	jsonw_slice(&j, title);
	jsonw_key(&j, "abstract");
	jsonw_slice(&j, abstract);
	jsonw_close(&j, '}');
	paper_init(&p);
	FUZZ_ASSERT(paper_parse(&p, strbuf_slice(&line)));
	lexical_judge(l, &p, &v);
	FUZZ_ASSERT(v.relevance >= 1 && v.relevance <= 10);
	FUZZ_ASSERT(isfinite(v.score));
	FUZZ_ASSERT(v.comment.len > 0);
	FUZZ_ASSERT(utf8_valid(v.comment.s, v.comment.len));
	FUZZ_ASSERT(v.ntopics <= LEXICAL_TOPICS);
	paper_release(&p);
	strbuf_release(&line);
	lexical_rating_release(&v);
	lexical_free(l);
}

static bool
has_interests(const char *topics, size_t n)
{
	struct topic_terms in;
	struct tokens t;
	bool any;

	tokens_init(&t);
	topic_terms_read(&in, (struct slice) {topics, n}, &t);
	any = in.n > 0;
	topic_terms_release(&in);
	tokens_release(&t);
	return any;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct slice all = {(const char *)data, n}, paper, title, abstract;
	struct slice head = cut(all, "\n%%\n", &paper);
	char *topics = xmemdup0(head.p, head.n);
	struct screen_model w;
	const char *why;

	title = cut(paper, "\n", &abstract);
	check_tokens(all);
	check_features(title, abstract);
	if (utf8_valid(topics, head.n) && has_interests(topics, head.n))
		check_verdict(topics, head.n, title, abstract);
	if (screen_model_parse(&w, all, &why))
		screen_model_release(&w);
	free(topics);
	return 0;
}
