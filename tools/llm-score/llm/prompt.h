/* SPDX-License-Identifier: ISC */
/*
 * What a model is told: a paper's text made fit to be shown to it, the prompt
 * around it, and the JSON schema of the answer.
 */
#ifndef PROMPT_H
#define PROMPT_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/hash.h"
#include "common/base/slice.h"
#include "common/base/strbuf.h"
#include "llm/rating.h"
#include "score.h"

/*
 * A paper's words as a model gets them: NFC, visible characters only, bounded,
 * and free of what could pass for a marker.
 */

#define TEXT_TITLE_MAX	  600
#define TEXT_ABSTRACT_MAX 4000

struct text {
	char *title, *abstract; /* owned */
	bool hidden; /* invisible characters were removed */
};

void text_make(struct text *t, struct slice title, struct slice abstract);
void text_release(struct text *t);

/* Appends s made fit: at most max bytes, on a character's boundary.  True if
 * it held invisible characters other than line ends. */
bool text_clean(struct strbuf *out, struct slice s, size_t max);

/* About how many tokens s is: bytes / 4 for ASCII, more for the rest. */
double text_tokens(struct slice s);

/*
 * What the model is told.  The bytes that are the same in every request come
 * first, in the system message, so that a provider can cache them; the papers
 * come last, each between markers that no paper can contain.
 */

struct prompt {
	/* Of scoring: role, topics, criteria, output.  In each of them another
	 * axis comes first; there are as many as axes, or one for one vote. */
	struct strbuf system[AXES_MAX];
	size_t systems;
	struct strbuf screen; /* of screening by titles */
	struct axes axes;
	const struct strlist *topics; /* ids; borrowed */
	struct sha256_digest digest, screen_digest; /* of the first, and this */
	char hash[PROMPT_DIGITS + 1]; /* the first digits of digest */
};

/* Reads the parts; exits with 2 and a message if one is missing or wrong. */
void prompt_read(
    struct prompt *p, const struct options *o, const struct topics *topics);
void prompt_release(struct prompt *p);

/* Appends the user message about n papers.  round makes the markers of a
 * repeated question differ. */
void prompt_papers(struct strbuf *out, const struct prompt *p,
    const struct text *const *texts, size_t n, int round);
/* The same with titles only, for screening. */
void prompt_titles(struct strbuf *out, const struct prompt *p,
    const struct text *const *texts, size_t n);

/* A comment has no more characters, where a schema can say so. */
#define COMMENT_CHARS 800

/* Append JSON schemas of the answers about n papers; the first one with bounds
 * of strings or without. */
void prompt_schema(
    struct strbuf *out, const struct prompt *p, size_t n, bool bounds);
void prompt_screen_schema(struct strbuf *out, size_t n);

/* Where the papers stand, for the report. */
extern const char prompt_example[];

#endif
