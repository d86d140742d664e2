/* SPDX-License-Identifier: ISC */
/*
 * The run reports of the other tools, read to tell what the stream cannot:
 * feeds, tokens, cost, outages.
 */
#ifndef REPORTS_H
#define REPORTS_H

#include "common/io/line_reader.h"
#include "model/digest.h"

struct report_feed {
	struct slice category, status, announced, why;
};

/* A reason and how many papers or requests it took. */
struct report_count {
	struct slice name;
	uint64_t n;
};

struct report_counts {
	struct report_count *v;
	size_t n;
};

/* One run of the pipeline: what its tools reported. */
struct digest_run {
	const char *file; /* where its arxiv-fetch line stands, or NULL */
	struct slice date; /* the day it announced, or it ran on */
	bool dated; /* by the report's name */

	bool fetched; /* there is an arxiv-fetch line */
	bool retried; /* and one before it that failed */
	bool nothing; /* it wrote no papers, and nothing was wrong */
	long fetch_exit;
	bool arxiv_known;
	uint64_t arxiv;
	struct report_feed *feeds;
	size_t nfeeds;

	uint64_t filter_in;
	bool filtered;
	long filter_exit;
	uint64_t lines_failed; /* of paper-filter and llm-score */
	struct report_counts dropped;

	bool scanned_known;
	uint64_t scanned;
	bool scoring; /* there is an llm-score line */
	long score_exit;
	struct slice health; /* of the last llm-score line */
	struct slice stopped; /* why it ended early */
	uint64_t score_unscored;
	struct report_counts errors;
	struct digest_usage usage;
	/* paperround's line: what it came to, and that it can be repeated. */
	struct slice result;
	/* Papers that the screen let pass by chance, which were selected:
	 * more than it promised; 0: it kept its promise. */
	uint64_t screen_missed;

	/* What the last tool wrote, for conservation. */
	bool out_known;
	uint64_t out;
	struct slice out_tool;

	/* Papers of which a service, asked about them, said nothing. */
	uint64_t unanswered;
	struct slice unanswered_by;
};

/* What the run's lines say of its day. */
enum day_state report_state(const struct digest_run *r);
/* How many of its feeds have that status, and how many brought nothing that
 * was due. */
size_t report_feeds(const struct digest_run *r, const char *status);
size_t report_bad_feeds(const struct digest_run *r);
/* True if a later run of the same day did what this one could not. */
bool report_is_mended(const struct digest *d, const struct digest_run *r);
/* Of an outage that is told alone the papers come later. */
bool report_is_outage_only(const struct digest *d, const struct digest_run *r);
/* Appends " (timeout 3, auth 1)", or nothing. */
void report_name_counts(struct strbuf *b, const struct report_counts *counts);
/* One line of the report in file, a name that outlives d; false if it is
 * none. */
bool report_add(struct digest *d, const char *file, struct slice line);
/* Reads every line of the reports into d and closes them; their names outlive
 * it.  What is no report is a failure that is reported; the rest of the file
 * goes on. */
void report_read(struct digest *d, struct line_reader *in);

#endif
