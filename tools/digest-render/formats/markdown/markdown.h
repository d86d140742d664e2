/* SPDX-License-Identifier: ISC */
/* What the Markdown layouts share: the day's, the one by topic, the views. */
#ifndef MARKDOWN_H
#define MARKDOWN_H

#include "model/digest.h"
#include "formats/render.h"

struct markdown {
	const struct digest *d;
	struct output *out;
	struct strbuf *b; /* out's */
	/* Names and titles, also in links; running text.  With --verbatim both
	 * copy. */
	void (*name)(struct strbuf *b, struct slice s);
	void (*text)(struct strbuf *b, struct slice s);
};

/* Blocks end with a blank line; the document's last one is taken back. */

/* head.c */
void markdown_nav(struct markdown *m);
void markdown_heading(struct markdown *m);
void markdown_notices(struct markdown *m);
void markdown_totals(struct markdown *m);
void markdown_empty_reason(struct markdown *m);
/* All of these. */
void markdown_top(struct markdown *m);
/* A dash for what is not known. */
void markdown_count(struct strbuf *b, bool known, uint64_t n);
/* Cells of the table of usage. */
void
markdown_cost(struct strbuf *b, const struct digest *d, bool known, double usd);
void markdown_tokens(struct strbuf *b, const struct digest *d, uint64_t n);

/* papers.c */
/* "[Title](url)" */
void markdown_link(struct markdown *m, const struct digest_paper *p);
/* "### 1. [Title](url) <a id="paper-2510-13999"></a>" */
void markdown_title(struct markdown *m, const struct digest_paper *p);
void markdown_list(struct markdown *m, const struct slices *list);
/* ArXiv ID to scores, without the heading. */
void markdown_paper(struct markdown *m, const struct digest_paper *p);
void markdown_unscored(struct markdown *m);
void markdown_prompt(struct markdown *m);
/* "moe"; "## moe (8) <a id="topic-moe"></a>" */
void markdown_label(struct markdown *m, const struct digest_group *g);
void markdown_section(struct markdown *m, const struct digest_group *g);

/* views.c */
/* Weeks, months and the index: days in a table, papers in short. */
void markdown_span(struct markdown *m);

#endif
