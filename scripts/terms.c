/* SPDX-License-Identifier: ISC */
/*
 * For scripts/make-vectors: the words of each paper on stdin, as the local judge
 * sees them, on a line: those of the title, a tab, and those of the abstract,
 * with a bar where a sentence ends.
 */
#include <stdio.h>

#include "common/record/paper.h"
#include "common/cli/run.h"
#include "../lib/common/words/words.h"

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

int
main(void)
{
	char *const none[] = {NULL};
	struct line_reader in;
	struct tokens t;
	struct paper p;

	run_start("terms");
	line_reader_open(&in, none);
	paper_init(&p);
	tokens_init(&t);
	while (paper_read(&in, &p)) {
		print_text(&t, paper_text(&p, PAPER_TITLE));
		putchar('\t');
		print_text(&t, paper_text(&p, PAPER_ABSTRACT));
		putchar('\n');
	}
	tokens_release(&t);
	paper_release(&p);
	line_reader_close(&in);
	return ferror(stdout) || fflush(stdout) != 0;
}
