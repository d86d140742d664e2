/* SPDX-License-Identifier: ISC */
/*
 * For scripts/make-background, which counts what this prints: the stems of each
 * paper on stdin, and the pairs of neighbouring stems, one per line and each
 * once per paper.  A line "." ends each paper, after a line "#" with its
 * number of words.  With a topics file as its argument: the lexical judge's
 * score of each paper.  With --words, for scripts/make-vectors: each paper's
 * words on a line, those of the title, a tab, and those of the abstract, with a
 * bar where a sentence ends.
 */
#include <stdio.h>
#include <stdlib.h>

#include "common/record/paper.h"
#include "common/cli/run.h"
#include "common/base/strlist.h"
#include "../tools/llm-score/local/lexical.h"
#include "../tools/llm-score/local/stems.h"
#include "../tools/llm-score/topics.h"

static int
by_bytes(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Appends the terms of text to l and counts its words. */
static size_t
add_terms(struct strlist *l, struct tokens *t, struct slice text)
{
	struct strbuf pair = STRBUF_INIT(STRBUF_MAX);
	struct slice stem;
	size_t before = 0;

	tokens_split(t, text);
	for (size_t i = 0; i < t->n; i++) {
		stem = tokens_stem(t, &t->v[i]);
		strbuf_setlen(&pair, before);
		strbuf_addch(&pair, ' ');
		strbuf_addslice(&pair, stem);
		if (!t->v[i].gap)
			strlist_add(l, pair.s);
		strlist_add(l, pair.s + before + 1);
		strbuf_reset(&pair);
		strbuf_addslice(&pair, tokens_stem(t, &t->v[i]));
		before = pair.len;
	}
	strbuf_release(&pair);
	return t->n;
}

static void
add_categories(struct strlist *l, struct tokens *t, const struct paper *p)
{
	struct strbuf scratch = STRBUF_INIT(STRBUF_MAX);
	struct slice category;
	size_t pos = 0;

	while (paper_list_next(p, PAPER_CATEGORIES, &pos, &category, &scratch))
		add_terms(l, t, category);
	strbuf_release(&scratch);
}

static void
print_terms(struct line_reader *in, struct paper *p)
{
	struct tokens t;

	tokens_init(&t);
	while (paper_read(in, p)) {
		struct strlist l = STRLIST_INIT;
		size_t words;

		words = add_terms(&l, &t, paper_text(p, PAPER_TITLE));
		words += add_terms(&l, &t, paper_text(p, PAPER_ABSTRACT));
		add_categories(&l, &t, p);
		qsort(l.v, l.n, sizeof(*l.v), by_bytes);
		for (size_t i = 0; i < l.n; i++)
			if (i == 0 || strcmp(l.v[i - 1], l.v[i]) != 0)
				puts(l.v[i]);
		printf("# %zu\n.\n", words);
		strlist_release(&l);
	}
	tokens_release(&t);
}

static void
print_text(struct tokens *t, struct slice text)
{
	tokens_split(t, text);
	for (size_t i = 0; i < t->n; i++) {
		if (t->v[i].gap && i > 0)
			fputs(" |", stdout);
		if (i > 0)
			putchar(' ');
		fwrite(t->text.s + t->v[i].at, 1, t->v[i].len, stdout);
	}
}

static void
print_words(struct line_reader *in, struct paper *p)
{
	struct tokens t;

	tokens_init(&t);
	while (paper_read(in, p)) {
		print_text(&t, paper_text(p, PAPER_TITLE));
		putchar('\t');
		print_text(&t, paper_text(p, PAPER_ABSTRACT));
		putchar('\n');
	}
	tokens_release(&t);
}

static void
print_scores(struct line_reader *in, struct paper *p, const char *path)
{
	struct lexical_rating v = LEXICAL_RATING_INIT;
	struct topics topics;
	struct lexical *l;

	topics_read(&topics, path);
	l = lexical_open(path, (struct slice) {topics.text, topics.len});
	while (paper_read(in, p)) {
		lexical_judge(l, p, &v);
		printf("%.4f\n", v.score);
	}
	lexical_rating_release(&v);
	lexical_free(l);
	topics_release(&topics);
}

int
main(int argc, char **argv)
{
	char *const none[] = {NULL};
	struct line_reader in;
	struct paper p;

	run_start("terms");
	line_reader_open(&in, none);
	paper_init(&p);
	if (argc > 1 && strcmp(argv[1], "--words") == 0)
		print_words(&in, &p);
	else if (argc > 1)
		print_scores(&in, &p, argv[1]);
	else
		print_terms(&in, &p);
	paper_release(&p);
	line_reader_close(&in);
	return ferror(stdout) || fflush(stdout) != 0;
}
