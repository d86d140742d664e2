/* SPDX-License-Identifier: ISC */
/*
 * What becomes of one paper, whoever judges it: what is settled before anybody
 * judges, and how the record is written.
 */
#ifndef RESULT_H
#define RESULT_H

#include <stdbool.h>

#include "common/base/strbuf.h"
#include "common/io/output.h"
#include "common/record/paper.h"
#include "options.h"

struct screen;

enum screened {
	SCREEN_NONE, /* nobody looked */
	SCREEN_KEPT,
	SCREEN_DROPPED
};

struct result {
	bool pass; /* the record goes on as it came */
	enum screened screened;
	/* The values of these keys; empty: there is none. */
	struct strbuf screen, score;
	bool cached; /* the score cost nothing */
	/* Why there is no score: a code and, or NULL, a detail. */
	const char *code;
	char *detail;
};

void result_init(struct result *r);
/* Ready for the next paper; keeps the memory. */
void result_reset(struct result *r);
void result_release(struct result *r);

/* Why there would be no score; detail may be NULL. */
void result_fail(struct result *r, const char *code, const char *detail);

/*
 * True if there is nothing to judge: the paper has a score to be kept, was put
 * aside by an earlier screen or is by this one, or has no text.  screen is the
 * local one, or NULL.
 */
bool result_is_settled(struct result *r, const struct options *o,
    struct screen *screen, struct paper *p);

/* Writes the paper with what became of it. */
void result_write(const struct result *r, const struct options *o,
    const struct paper *p, struct output *out);

#endif
