/* SPDX-License-Identifier: ISC */
/* What a run counts for its report, and the exit status that follows. */
#ifndef TALLY_H
#define TALLY_H

#include <stddef.h>
#include <stdint.h>

#include "common/base/strbuf.h"
#include "provider.h"

#define TALLY_KINDS 24

struct tally {
	uint64_t sent, ok, retried, failed; /* requests */
	struct {
		char name[16];
		uint64_t n;
	} errors[TALLY_KINDS];
	double input, cached, cache_write, output, reasoning; /* tokens */
	uint64_t scored, screened_out, from_cache, unscored; /* papers */
	uint64_t cached_scores; /* of the scored, those that cost nothing */
	uint64_t over_budget; /* of the unscored */
	uint64_t suspect;
	uint64_t unknown_keys, duplicate_keys; /* in answers */
};

void tally_error(struct tally *t, const char *kind);
void tally_usage(struct tally *t, const struct usage *u);

/*
 * The exit status of a run that reached its end: 0 if every paper that was to
 * have a score has one, 75 if more than the share max_unscored has none, else
 * 1.  Papers left out to save money count neither way but as a failure.
 */
int tally_status(const struct tally *t, double max_unscored);
/* "ok", "degraded" or "outage". */
const char *tally_health(const struct tally *t, int status);

/* Append the report's values. */
void tally_write_requests(struct strbuf *b, const struct tally *t);
void tally_write_errors(struct strbuf *b, const struct tally *t);
void tally_write_tokens(struct strbuf *b, const struct tally *t);

#endif
