/* SPDX-License-Identifier: ISC */
/*
 * What the model is told.  The bytes that are the same in every request come
 * first, in the system message, so that a provider can cache them; the papers
 * come last, each between markers that no paper can contain.
 */
#ifndef PROMPT_H
#define PROMPT_H

#include "common/base/strbuf.h"
#include "options.h"
#include "scale.h"
#include "sha256.h"
#include "text.h"
#include "topics.h"

#define PROMPT_DIGITS 12

struct prompt {
	struct strbuf system; /* of scoring: role, topics, criteria, output */
	struct strbuf screen; /* of screening by titles */
	struct scale scale;
	const struct strlist *topics; /* ids; borrowed */
	struct sha256_digest digest, screen_digest; /* of these two */
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

/* Append JSON schemas of the answers about n papers. */
void prompt_schema(struct strbuf *out, const struct prompt *p, size_t n);
void prompt_screen_schema(struct strbuf *out, size_t n);

/* Where the papers stand, for the report. */
extern const char prompt_example[];

#endif
