/* SPDX-License-Identifier: ISC */
/* What llm-score is told, what it works on, what becomes of papers. */
#ifndef SCORE_H
#define SCORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/slice.h"
#include "common/base/strbuf.h"
#include "common/base/strlist.h"
#include "common/cli/options.h"
#include "common/io/line_reader.h"
#include "common/io/output.h"
#include "common/record/paper.h"

/* options.c: what llm-score can be told. */

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

/*
 * topics.c: the topics file: free text for the model, in which a heading or
 * list item may carry an id in the form {#moe}, by which answers name it.
 */

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

/*
 * result.c: what becomes of papers, whoever judges them.  Of one: what is
 * settled before anybody judges, and how its record is written.  Of all: what
 * is counted for the report, and the exit status that follows.
 */

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
	bool fewer_votes; /* it rests on fewer than were asked for */
	/* Why there is no score, or a vote is missing: a code and, or NULL, a
	 * detail. */
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
	uint64_t screened_in; /* and not to be scored */
	uint64_t cached_scores; /* of the scored, those that cost nothing */
	uint64_t fewer_votes; /* of the scored, those with a vote missing */
	uint64_t over_budget; /* of the unscored */
	uint64_t suspect;
	uint64_t unknown_keys, duplicate_keys; /* in answers */
	/* Papers that go on to be scored because the screen gave no answer. */
	uint64_t unscreened;
	/* Why the first paper without a score has none, the first with fewer
	 * votes has no more, and the first was not screened: a code and a
	 * detail. */
	char missing[300], fewer[300], unscreened_why[300];
};

void stats_error(struct stats *t, const char *kind);

/* One more paper that ended so. */
void stats_count(struct stats *t, const struct result *r);
/* One more that a screen was to judge and did not; it is kept. */
void stats_unscreened(struct stats *t, const char *code, const char *detail);

/*
 * The exit status of a run that reached its end: 0 if every paper that was to
 * have a score has one, 75 if more than the share o->max_unscored of them has
 * none, else 1; 1 if one rests on fewer votes than were asked for or a screen
 * gave no answer; and 1 if none has one and that was asked about.  Papers put
 * aside by a screen were to have none, but where screening is all there is to
 * do, its answers count instead; those left out to save money count neither way
 * but as a failure.
 */
int stats_status(const struct stats *t, const struct options *o);
/* Says, quiet or not, how many papers have no score, or with --screen-only no
 * answer of the screen, or fewer votes, and why; again: another run asks for
 * these only. */
void
stats_tell_missing(const struct stats *t, const struct options *o, bool again);
/* The same of papers that were kept because the screen gave no answer. */
void stats_tell_unscreened(const struct stats *t);
/* "ok", "degraded" or "outage". */
const char *stats_health(const struct stats *t, int status);

/* Set a value in the report. */
void report_string(const char *key, const char *value);
void report_number(const char *key, uint64_t n);

/* Append the report's values. */
void stats_write_requests(struct strbuf *b, const struct stats *t);
void stats_write_errors(struct strbuf *b, const struct stats *t);
void stats_write_tokens(struct strbuf *b, const struct stats *t);

/*
 * What a run of llm-score works on, and the ways of running: each
 * takes all papers of in, writes all of them to out, and returns the exit
 * status.
 */

struct session {
	const struct options *options;
	struct topics topics; /* empty where none are needed */
	struct screen *screen; /* the local one; NULL: none */
	struct jq_program *rescore; /* of --rescore; NULL: none */
	struct line_reader in;
	struct output out;
};

/* Asks a language model, over HTTP or from its cache: llm/llm_backend.c. */
int judge_llm(struct session *s);
/* Reads no papers and writes what is known of models: llm/list_models.c. */
int list_models(struct session *s);
/* Asks nobody: local/local_backend.c. */
int judge_local(struct session *s);
/* Writes what the topics were read as, and reads no paper: the same file. */
int explain_topics(struct session *s);
/* Reads all papers of in and writes a topics file that tells them from others:
 * draft/draft.c. */
int draft_topics(struct session *s);

#endif
