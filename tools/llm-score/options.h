/* SPDX-License-Identifier: ISC */
/* What llm-score can be told. */
#ifndef OPTIONS_LLM_SCORE_H
#define OPTIONS_LLM_SCORE_H

#include <stdbool.h>

#include "common/base/strlist.h"
#include "common/cli/options.h"

/* In the order of the names in the option's row; 0: not given.  Those that ask
 * a language model come before those that ask nobody. */
enum backend {
	BACKEND_BY_MODEL,
	BACKEND_OPENAI,
	BACKEND_ANTHROPIC,
	BACKEND_COMMAND,
	BACKEND_LEXICAL,
	BACKEND_LOCAL
};

static inline bool
backend_asks(enum backend b)
{
	return b < BACKEND_LEXICAL;
}

enum effort {
	EFFORT_NOT_GIVEN,
	EFFORT_NONE,
	EFFORT_MINIMAL,
	EFFORT_LOW,
	EFFORT_MEDIUM,
	EFFORT_HIGH,
	EFFORT_XHIGH,
	EFFORT_MAX
};

enum screen_kind {
	SCREEN_NOT_GIVEN, /* what an earlier screen decided holds */
	SCREEN_OFF,
	SCREEN_TITLES,
	SCREEN_LOCAL
};

struct options {
	struct options_common common;
	/* Who judges, by what. */
	enum backend backend;
	const char *model, *base_url, *key_file, *command;
	const char *topics, *system, *criteria;
	/* How requests are made. */
	long batch, jobs, rpm, tpm, votes, timeout, retries, max_requests;
	enum effort effort;
	const char *tier;
	double max_time; /* seconds; 0: no limit */
	double max_unscored;
	/* What is not asked at all. */
	enum screen_kind screen;
	const char *screen_model;
	double screen_recall, screen_threshold, screen_explore;
	bool screen_only, keep_scored;
	const char *rescore; /* an expression of jq */
	/* Money. */
	double max_cost;
	bool max_cost_given, dry_run, list_models;
	const char *prices;
	const char *cache;
	bool no_cache, cache_only;
	enum backend emit_batch;
	struct strlist merge_batch;
	/* What the judge that knows words goes by, beside the topics. */
	struct strlist like, dislike, earlier;
	const char *categories; /* with commas or blanks between, or NULL */
	const char *usual; /* "N/M", or NULL */
	double usual_share; /* that as a number, or 0 */
	bool explain_topics, draft_topics;
	/* Training. */
	struct strlist train;
	double min_relevance, min_novelty;
};

extern const struct tool llm_score_tool;

/* By enum backend: as --backend, score and the report have them. */
extern const char *const backend_names[];

/* By enum effort: as models have them; NULL for none given. */
extern const char *const effort_names[];

/* The defaults, then the command line; returns the index of the first
 * operand.  Combinations that make no sense are misuse. */
int options_read(struct options *o, int argc, char **argv);
/* Adds those of --category, "cs.LG,cs.AI" or "cs.LG cs.AI"; one that arXiv has
 * not is misuse. */
void options_categories(const struct options *o, struct strlist *l);

#endif
