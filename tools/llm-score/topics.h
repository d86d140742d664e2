/* SPDX-License-Identifier: ISC */
/*
 * The topics file: free text for the model, in which a heading or list item
 * may carry an id in the form {#moe}, by which answers name it.
 */
#ifndef TOPICS_H
#define TOPICS_H

#include "common/base/slice.h"
#include "common/base/strlist.h"

/* So many digits of a hash tell prompts, or topics, apart in score.prompt. */
#define PROMPT_DIGITS 12

struct topics {
	const char *path; /* borrowed */
	char *text; /* owned, NUL-terminated, UTF-8 */
	size_t len;
	struct strlist ids; /* in the file's order, each once */
};

/* Reads the file, or topics themselves with commas between, which is said; exits
 * with 2 and a message if it is not there, is empty, or is not UTF-8. */
void topics_read(struct topics *t, const char *path);
void topics_release(struct topics *t);

/*
 * The id in a line: "## Mixture of Experts {#moe}" gives "moe".  An empty
 * slice if it has none.  Ids are made of letters, digits, - and _.
 */
struct slice topics_line_id(struct slice line);
/* One made from a name, to be freed: "Model Architecture" gives
 * "model-architecture". */
char *topics_id_from(struct slice name);

#endif
