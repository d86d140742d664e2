/* SPDX-License-Identifier: ISC */
/*
 * What becomes of papers, whoever judges them.  Of one: what is settled before
 * anybody judges, and how its record is written.  Of all: what is counted for
 * the report, and the exit status that follows.
 */
#ifndef RESULT_H
#define RESULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/strbuf.h"
#include "common/io/output.h"
#include "common/record/paper.h"
#include "options.h"

struct screen;

enum screened {
	SCREENED_NOT, /* nobody looked */
	SCREENED_IN,
	SCREENED_OUT
};

struct result {
	bool pass; /* the record goes on as it came */
	bool keep; /* it does so unless there is a score */
	enum screened screened;
	/* The values of these keys; empty: there is none. */
	struct strbuf screen, score, near;
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

/* What a run counts for its report. */
#define STATS_KINDS 24

struct stats {
	uint64_t sent, ok, retried, failed; /* requests */
	struct {
		char name[16];
		uint64_t n;
	} errors[STATS_KINDS];
	double input, cached, cache_write, output, reasoning; /* tokens */
	uint64_t scored, screened_out, from_cache, unscored; /* papers */
	uint64_t cached_scores; /* of the scored, those that cost nothing */
	uint64_t over_budget; /* of the unscored */
	uint64_t suspect;
	uint64_t unknown_keys, duplicate_keys; /* in answers */
	/* Why the first paper without a score has none: a code and a detail. */
	char missing[300];
};

void stats_error(struct stats *t, const char *kind);

/* One more paper that ended so. */
void stats_count(struct stats *t, const struct result *r);

/*
 * The exit status of a run that reached its end: 0 if every paper that was to
 * have a score has one, 75 if more than the share o->max_unscored of them has
 * none, else 1; and 1 if none has one and that was asked about.  Papers put
 * aside by a screen were to have none; those left out to save money count
 * neither way but as a failure.
 */
int stats_status(const struct stats *t, const struct options *o);
/* Says, quiet or not, how many papers have no score and why; again: another
 * run asks for these only. */
void stats_tell_missing(const struct stats *t, bool again);
/* "ok", "degraded" or "outage". */
const char *stats_health(const struct stats *t, int status);

/* Set a value in the report. */
void report_string(const char *key, const char *value);
void report_number(const char *key, uint64_t n);

/* Append the report's values. */
void stats_write_requests(struct strbuf *b, const struct stats *t);
void stats_write_errors(struct strbuf *b, const struct stats *t);
void stats_write_tokens(struct strbuf *b, const struct stats *t);

#endif
