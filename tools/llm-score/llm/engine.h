/* SPDX-License-Identifier: ISC */
/*
 * The run: papers in, questions out, answers in, papers out.
 *
 * Everything that differs between a real run and a test stands in struct
 * transport: who carries requests, what time it is, what chance says.
 */
#ifndef ENGINE_H
#define ENGINE_H

#include <stdbool.h>

#include "common/base/date.h"
#include "common/base/strbuf.h"
#include "common/io/line_reader.h"
#include "common/io/output.h"
#include "common/net/http.h"
#include "common/record/paper.h"
#include "llm/cost.h"
#include "llm/limiter.h"
#include "llm/models.h"
#include "llm/paper_queue.h"
#include "llm/prompt.h"
#include "llm/provider.h"
#include "options.h"
#include "result.h"

struct transport {
	void *arg;
	/* As http_start and http_next. */
	void (*start)(void *arg, struct http_request *r);
	struct http_request *(*next)(
	    void *arg, int timeout_ms, struct http_reply *reply);
	/* Seconds of a clock that does not go back; the time of day. */
	double (*clock)(void *arg);
	moment_t (*wall)(void *arg);
	double (*random)(void *arg); /* 0 <= x < 1 */
	void (*sleep)(void *arg, double seconds);
	bool (*stopping)(void *arg); /* a signal came */
};

struct engine {
	const struct options *options;
	const struct prompt *prompt;
	const struct provider *provider;
	const char *url, *key; /* key may be NULL */
	struct transport transport;
	struct score_cache *cache; /* may be NULL */
	struct screen *screen; /* the local one; may be NULL */
	struct jq_program *rescore; /* of --rescore; may be NULL */
	struct line_reader *in;
	struct output *out;

	struct model model; /* what is known of it */
	char likely[MODEL_NAME_MAX]; /* a name it may be a slip of, or "" */
	struct abilities can;
	struct limiter limiter;
	struct cost cost;
	struct stats stats;

	struct window window;
	struct item_list to_screen, to_score;
	struct queue queue;
	struct task *flying;
	size_t in_flight;
	size_t screening; /* papers asked about by title */
	long batch; /* papers a request, as the server can take */
	bool ended; /* there is no more input */

	double started, deadline, grace; /* INFINITY: none */
	unsigned failures; /* requests given up in a row */
	/* Who answers on the spot instead of a server, or NULL: --merge-batch. */
	void (*answer)(struct engine *e, struct item *i);
	struct batch_results *results;
	/* Why nothing more is asked: a code, or NULL. */
	const char *stop;
	char stop_detail[256];
	int stop_status;

	struct paper reading, writing;
};

/* Fills what the other members give; the caller has set those up to out,
 * model and cost. */
void engine_init(struct engine *e);
void engine_release(struct engine *e);
/* Reads all papers, writes all papers; returns the exit status. */
int engine_run(struct engine *e);

/*
 * Between the parts of the engine.  engine.c calls the others, and all of them
 * finalize.c, which calls none.
 */

/* enqueue.c: what is known of a paper before anything is asked.  p is what i
 * was made of. */
void engine_enqueue(struct engine *e, struct item *i, struct paper *p);
/*
 * prompt_injection.c: true if a text speaks to the model instead of about its
 * subject.  Such a paper is asked about alone, so that it can harm at most
 * itself.
 *
 * A list of phrases finds only what it knows, and finds papers about such
 * phrases too: being suspect changes no score.
 */
bool prompt_injection(const struct text *t);

/* dispatch.c: sends what may be sent now; returns when to come back at the
 * latest. */
double engine_dispatch(struct engine *e, double now);
/* Takes the next papers for one question from those that wait: at most max, and
 * a suspect one alone.  items has room for max. */
size_t engine_take_batch(struct item_list *l, struct item **items, size_t max);

/* A question in words, and what stands around it. */
struct question {
	struct strbuf user, schema;
	struct call call;
};

/* Release it in any case. */
void question_make(const struct engine *e, struct task *t, struct question *q);
void question_release(struct question *q);
/* The most it can cost. */
double question_worst(
    const struct engine *e, const struct task *t, const struct question *q);

/* reply.c: what follows from a reply; takes over t, and does not free r. */
void engine_reply(struct engine *e, struct task *t, const struct http_reply *r);

/* finalize.c: a rating came for the paper, or will not; the last one ends
 * it. */
void engine_vote(struct engine *e, struct item *i, const struct rating *v);
void engine_no_vote(
    struct engine *e, struct item *i, const char *code, const char *detail);
/* An answer came, to a question of about so many tokens; reserved is what was
 * set aside for it. */
void engine_bill(struct engine *e, double reserved, const struct answer *a,
    double question_tokens);
/* Its score is that rating. */
void
engine_score(struct engine *e, struct item *i, const struct rating *rating);
/* No answer will come to this question; frees it. */
void engine_give_up(
    struct engine *e, struct task *t, const char *code, const char *detail);
/* The same, and too many of these in a row are an outage. */
void engine_fail(
    struct engine *e, struct task *t, const char *code, const char *detail);
/* Nothing more is asked, for that reason; of several the one with the highest
 * status counts, else the first. */
void
engine_stop(struct engine *e, const char *code, int status, const char *detail);
/* Writes the papers that are done, in order. */
void engine_write(struct engine *e);

/*
 * --screen titles: a first question about many titles at a time, which of them
 * are surely irrelevant.  Whatever goes wrong with it, the paper is kept.
 */

/* Titles a question. */
#define TITLES_BATCH 40

/* True if the paper is to be screened: neither spared nor suspect. */
bool titles_wanted(const struct engine *e, const struct item *i);
/* Decides by what the cache holds, if it does. */
void titles_take_cached(struct engine *e, struct item *i);
/* Reads an answer about the items of t; those without a clear one are kept. */
void titles_read(struct engine *e, struct task *t, struct slice text);
/* There is no answer: the paper goes on to be scored. */
void titles_keep(struct engine *e, struct item *i);

/* dry_run.c: reads all papers and writes an estimate to out instead of them.  e
 * is ready to run. */
int dry_run(struct engine *e);

#endif
