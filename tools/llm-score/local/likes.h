/* SPDX-License-Identifier: ISC */
/*
 * Papers that stand for what a reader wants, or does not: from files of
 * records as in paper(5), of marks, and of ids, one a line.
 */
#ifndef LIKES_H
#define LIKES_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/strlist.h"
#include "common/io/line_reader.h"
#include "common/record/paper.h"

struct like {
	char *id, *title, *abstract; /* owned */
	bool starred; /* by a mark */
	bool picked; /* by a model, and nobody starred it */
};

struct likes {
	struct like *v;
	size_t n, cap;
	struct strlist categories; /* of all of them, each as often as it is */
};

/*
 * Reads the files.  What is no paper with a title is looked up in the files of
 * earlier papers: an id on a line of its own, and a mark if the last one of
 * its paper is the one asked for ("star", "drop").  Exits with 2 if there are
 * files and no such paper can be found; warns of those that cannot.
 */
void likes_read(struct likes *l, const struct strlist *files, const char *mark,
    const struct strlist *earlier);
void likes_release(struct likes *l);

/* Has take see each line of the files; p is for a paper it may read.  A file
 * that cannot be read is misuse: it was named for what is in it. */
typedef void likes_take(void *arg, struct paper *p,
    const struct line_reader *in, struct slice line);
void likes_each_line(const struct strlist *files, likes_take *take, void *arg);

#endif
