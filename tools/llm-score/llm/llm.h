/* SPDX-License-Identifier: ISC */
/*
 * Papers in, questions out, answers in, papers out: what the files of this
 * folder need of each other, each under its name, from the bottom upwards.
 */
#ifndef LLM_H
#define LLM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cJSON.h>

#include "common/base/date.h"
#include "common/base/hash.h"
#include "common/base/slice.h"
#include "common/base/strbuf.h"
#include "common/io/line_reader.h"
#include "common/io/output.h"
#include "common/net/http.h"
#include "common/record/paper.h"
#include "llm/prompt.h"
#include "llm/provider.h"

/*
 * api_key.c: the key: read from a file or the environment, wiped when done
 * with, and cut out of whatever a server says.
 */

/*
 * The key, to be freed with api_key_free.  From file if that is not NULL, else
 * from the first set variable of $LLM_API_KEY and env (ended by NULL); NULL if
 * there is none.  A file holds the key alone, or lines NAME=value as a shell
 * has them: then a name that is one of those counts, else the first line.  A
 * file that others may read, and a key of other than printable ASCII, exit
 * with 77.  What a key could be known by is struck out everywhere, see secret.h,
 * until one is freed.
 */
char *api_key_read(const char *file, const char *const *env);
/* The same from the variables in env alone. */
char *api_key_of(const char *const *env);
void api_key_free(char *key);

/* Replaces in text words that begin or end like the key, or look like a part of
 * one, as servers quote the key they refuse.  key may be NULL. */
void api_key_redact(char *text, const char *key);

/*
 * score_cache.c: answers that were paid for, under the SHA-256 of everything
 * that shaped them: a second run asks only for what the first did not get,
 * however it ended.  Two processes may use it at the same time.
 */

struct score_cache;

/* Where the cache at path is, or the default if it is NULL, made if missing;
 * "" if nowhere.  To be freed. */
char *score_cache_directory(const char *path);
/* Opens path, made if missing, or the default if it is NULL: then a cache that
 * cannot be used is warned of and NULL returned.  A path that was named and
 * cannot be used exits with 1.  A damaged cache, whenever that is found, is
 * renamed to PATH.damaged with a warning, and a new one takes its place. */
struct score_cache *score_cache_open(const char *path);
void score_cache_close(struct score_cache *c);

/* Appends the answer kept under key; false if there is none.  c may be NULL in
 * all of these. */
bool score_cache_get(struct score_cache *c, const struct sha256_digest *key,
    struct strbuf *value);
/* What is put between begin and commit is kept together. */
void score_cache_begin(struct score_cache *c);
void score_cache_put(
    struct score_cache *c, const struct sha256_digest *key, struct slice value);
void score_cache_commit(struct score_cache *c);

/*
 * limiter.c: how many requests may be in flight, and when the next one may go:
 * up to --jobs, halved when the server is congested and growing again, within
 * --rpm and --tpm, and within what the server says is left.
 *
 * Times are seconds of any clock that does not go back; there is none in here.
 */

struct limiter_event {
	double at, tokens;
};

/* What the server reported to be left until a moment. */
struct allowance {
	bool reported;
	double left, reset_at;
};

struct limiter {
	long jobs, rpm, tpm; /* 0: no limit, but for jobs */
	long limit; /* now allowed in flight */
	unsigned good; /* successes since limit changed */
	double halved_at; /* older requests do not halve it again */
	double paused_until;
	bool alone; /* the first request goes alone */
	/* What was sent within the last minute, oldest first. */
	struct limiter_event *log;
	size_t first, n, cap;
	struct allowance requests, tokens;
};

/* alone: nothing else is sent until the first request has ended. */
void limiter_init(struct limiter *l, long jobs, long rpm, long tpm, bool alone);
void limiter_release(struct limiter *l);

/* Seconds to wait before one more request of that many tokens may go, 0 for
 * now; negative if one in flight must end first. */
double
limiter_wait(struct limiter *l, double now, size_t in_flight, double tokens);
void limiter_sent(struct limiter *l, double now, double tokens);

/* A request sent at that time has ended: well, or because there were too many. */
void limiter_good(struct limiter *l);
void limiter_congested(struct limiter *l, double sent_at, double now);
/* It ended in another way. */
void limiter_ended(struct limiter *l);
/* Nothing is sent until then. */
void limiter_pause(struct limiter *l, double until);

/* What servers say in headers about the requests and tokens that are left. */

/* Seconds in "6m0s", "120ms", "1h2m3.5s" or "7" (a number alone is seconds);
 * false if s is none. */
bool ratelimit_duration(const char *s, double *seconds);

/* Takes over what the reply tells.  now is the limiter's clock, wall the time
 * of day, for servers that name a moment. */
void ratelimit_read(struct limiter *l, const struct http_reply *reply,
    double now, moment_t wall);

/*
 * cost.c: money: what requests may cost at worst, what they did cost, and the
 * limit that is never passed.
 */

struct cost {
	double input, output; /* USD, settled */
	double reported; /* by servers that do not split it */
	double reserved; /* for requests in flight */
	double unsettled; /* of requests that may have been billed */
	double limit; /* --max-cost; negative: none */
	bool unpriced; /* tokens were spent that have no price */
	enum tier tier; /* asked for; what an answer names counts for it */
	struct prices prices;
	/* How many times its reservation the dearest answer cost; 0: never
	 * more. */
	double excess;
};

/* Everything spent so far, and what may yet be. */
double cost_total(const struct cost *c);
/* That is more than the limit: an answer cost more than its amount. */
bool cost_is_passed(const struct cost *c);

/* The most that a request can cost that is sent then: no token is shorter than
 * a byte. */
double cost_worst(
    const struct cost *c, size_t input_bytes, long max_tokens, moment_t when);
/* Sets amount aside; false if that would pass the limit. */
bool cost_reserve(struct cost *c, double amount);
/* The request was not billed. */
void cost_return(struct cost *c, double amount);
/* It may have been billed: the money is not free again. */
void cost_forfeit(struct cost *c, double amount);
/* It was billed for this, then.  A usage that is not known is an estimate: what
 * is left of the amount is not free again. */
void cost_settle(
    struct cost *c, double amount, const struct usage *u, moment_t when);

/* Appends the report's value: {"input","output","total"} or null. */
void cost_write(struct strbuf *b, const struct cost *c);

/*
 * answer.c: the JSON in a model's text.  It is keyed by local ids: "P1" is the
 * first paper of a request.  Models never see arXiv's ids, so they cannot
 * invent one that exists.
 */

/*
 * The tree of a text, to be freed, or NULL if there is nothing in it to read.
 * What is JSON is taken as it is, without the fence, the string or the one key
 * that it may be wrapped in.  Of anything else, what stands before the end of
 * the thinking is left out, and the members for papers that can be read by
 * themselves are kept: with trailing commas, lone backslashes and line ends in
 * strings forgiven, but with nothing added, so a member that was cut is none.
 */
cJSON *answer_json_parse(struct slice text);

struct answer_json_counts {
	size_t unknown, duplicate;
};

/*
 * The members for n papers: member[i] is the value for P(i+1), or NULL if it is
 * not there or stands twice.
 */
void answer_json_members(const cJSON *answer, const cJSON **member, size_t n,
    struct answer_json_counts *counts);

/*
 * complaint.c: what a server says is wrong: the shapes differ from one to the
 * next, the parts do not.
 */

/* Strings are borrowed from the tree, and NULL if not there. */
struct complaint {
	long status; /* what it amounts to */
	long shown; /* what was said */
	const char *code, *type, *param, *message;
	const char *more; /* Anthropic's error.details.error_code */
	const char *quota; /* Google's name of the quota that is used up */
	const char *delay; /* Google's "4s" */
	bool flagged; /* moderation: the input was */
	bool in_answer; /* the status line said that all is well */
};

/* The error in the body of a reply that says all is well; NULL if it is none,
 * or says nothing. */
const cJSON *complaint_in_answer(const cJSON *root);
/* Fills c, whose status and in_answer are set. */
void complaint_read(struct complaint *c, const cJSON *error);

/* True if a string is, or holds in any case of letters, one of a list that
 * ends with NULL. */
bool complaint_is(const char *s, const char *const *list);
bool complaint_mentions(const char *s, const char *const *list);

/* The delay that it asks for, in seconds; -1: none. */
double complaint_wait(const struct complaint *c);
/* The parameter that it names; certain: by a name that stands for nothing
 * else. */
enum param complaint_param(const struct complaint *c, bool *certain);
/* How many tokens it leaves to the answer; 0: it does not say. */
long complaint_room(const struct complaint *c);

/*
 * api_error.c: what an HTTP reply means for the papers it was to be about.  A
 * function of the reply alone: what follows from it is reply.c's business.
 */

enum action {
	ACTION_READ, /* it is an answer */
	ACTION_RETRY, /* the same again, later */
	ACTION_LOSE, /* again without a parameter */
	ACTION_SPLIT, /* too long: ask about half as many */
	ACTION_LENGTHEN, /* the answer was too long for its bound */
	ACTION_BISECT, /* one of the papers may be at fault: find it */
	ACTION_REASK, /* the answer is bad: fewer papers, another order */
	ACTION_FAIL, /* not worth trying again */
	ACTION_STOP /* no request can do better */
};

/* With less room than this an answer is not worth asking for. */
#define ANSWER_LEAST 128

struct api_error {
	enum action action;
	const char *code; /* for score_error */
	const char *kind; /* for the report's errors */
	char kind_buf[32];
	char detail[256]; /* in words; quotes the server */
	enum param param;
	long left; /* with PARAM_SIZE: tokens for the answer; 0: not said */
	double wait; /* seconds that the body asks to wait; -1: not said */
	bool congested; /* too many requests */
	bool refused; /* with ACTION_STOP: exit status 77, not 75 */
	bool billed; /* tokens may have been spent */
};

/* root is the reply's body as a tree, or NULL if it is not JSON. */
void api_error_read(
    struct api_error *f, const struct http_reply *r, const cJSON *root);

/* The same of an answer that was read, to a question of so many bytes (0: not
 * known). */
void api_error_of_answer(
    struct api_error *f, const struct answer *a, size_t question_bytes);

/*
 * command.c: a program that is asked instead of a server: the question on its
 * standard input, the answer on its standard output.  To the engine it is a
 * transport like any other; a failure that may pass, or is for good, is one of
 * a connection.
 */

struct commands;

/* For a command line, which a shell reads. */
struct commands *commands_new(const char *line);
/* Ends what is running. */
void commands_free(struct commands *c);
/* As http_start and http_next. */
void commands_start(void *arg, struct http_request *r);
struct http_request *
commands_next(void *arg, int timeout_ms, struct http_reply *reply);

/*
 * paper_queue.c: what waits in an engine: papers, in the order they were read,
 * and questions about them.  No clock, no network: the times are the caller's.
 */

/*
 * The papers that are being asked about, in the order they were read: they are
 * written in that order too, however the answers come.
 */

/* At most so much waits for an answer at its head. */
#define WINDOW_PAPERS 2048
#define WINDOW_BYTES  ((size_t)64 << 20)

struct item {
	struct item *next; /* in the window */
	struct item *queued; /* in a list of what waits */
	uint64_t seq;
	char *line; /* owned */
	size_t len;
	const char *file;
	unsigned long lineno;

	struct text text;
	bool suspect; /* asked about alone */
	bool spared; /* as paper_is_spared() says */
	bool shortened; /* the abstract was, to fit */
	char *first; /* the score that a second look replaces; or NULL */
	struct sha256_digest key, screen_key;

	unsigned asked; /* votes still to come */
	struct rating *votes;
	size_t nvotes;

	bool done; /* the result is all there will be */
	struct result result;
};

struct window {
	struct item *head, **tail;
	size_t n, bytes;
	uint64_t next_seq;
};

/* A list of items that wait, by seq. */
struct item_list {
	struct item *head, *last;
	size_t n;
};

void window_init(struct window *w);
void window_free(struct window *w);
bool window_full(const struct window *w);
/* A new item at the end, for the paper. */
struct item *window_add(struct window *w, const struct paper *p);
/* The first item if it is done, taken out of the window: free it with
 * item_free. */
struct item *window_take_done(struct window *w);
void item_free(struct item *i);

/* Keeps the list in the order of seq. */
void item_list_add(struct item_list *l, struct item *i);
struct item *item_list_take(struct item_list *l);

/* Ends it without a score; detail may be NULL. */
void item_fail(struct item *i, const char *code, const char *detail);

/*
 * Questions: which papers go into one request, and when it may be sent.
 */

enum task_kind {
	TASK_SCORE,
	TASK_SCREEN
};

struct task {
	struct task *next;
	enum task_kind kind;
	struct item **items; /* owned array, borrowed items */
	size_t n;
	int vote; /* which of --votes */
	int round; /* how often its papers were asked again */
	unsigned attempt; /* tries so far */
	double not_before;
	unsigned congested; /* tries that met too many requests */
	double waited; /* seconds, for that reason */
	long max_tokens; /* bound of the answer; halves inherit it */
	/* While it is in flight: */
	double sent_at, reserved, tokens;
	unsigned changes; /* the abilities it was sent with */
	size_t bytes; /* of its prompt */
	/* The last error of status 500, to tell a server's trouble from a
	 * question it cannot take. */
	uint64_t same_error;
	unsigned same_times;
};

struct queue {
	struct task *head;
	size_t n;
};

/* What a request holds beside its texts: keys, roles, numbers. */
#define TASK_OVERHEAD_BYTES 512

/* The bound of an answer about n papers. */
long task_max_tokens(enum task_kind kind, size_t n);

/* A question about n items; max_tokens is computed if 0. */
struct task *task_new(
    enum task_kind kind, struct item *const *items, size_t n, long max_tokens);
void task_free(struct task *t);
/* Two halves of t, which is freed, are queued; t has more than one item. */
void task_halve(struct queue *q, struct task *t);
/* Its items in an order that depends on seed alone. */
void task_shuffle(struct task *t, uint64_t seed);

void queue_add(struct queue *q, struct task *t);
/* The task that may be sent at that time and whose first paper was read
 * first, taken out; NULL if there is none. */
struct task *queue_take(struct queue *q, double now);
/* When the first task may be sent; INFINITY if there is none. */
double queue_next_time(const struct queue *q);

/* How many of waiting papers to ask about, so that all batches are about the
 * same size and none is larger than batch. */
size_t task_even_size(size_t waiting, size_t batch);

/*
 * engine.c: the run: papers in, questions out, answers in, papers out.
 *
 * Everything that differs between a real run and a test stands in struct
 * transport: who carries requests, what time it is, what chance says.
 */

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
	uint64_t emitted; /* requests written by --emit-batch */

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
/* Says what the model's name may be a slip of. */
void engine_suggest_model(const struct engine *e);
/* Reads all papers, writes all papers; returns the exit status. */
int engine_run(struct engine *e);
/* Finds what is known of a paper before anything is asked: its end, or where it
 * waits.  p is what i was made of. */
void engine_enqueue(struct engine *e, struct item *i, struct paper *p);

/*
 * Between the parts of the engine.  engine.c calls the others, and all of them
 * finalize.c, which calls none.
 */

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
/* True if it may be asked: --max-requests allow one more, and money for the worst
 * case is set aside.  Else the run is stopped, unless what is in flight may turn
 * out cheaper. */
bool
question_allowed(struct engine *e, struct task *t, const struct question *q);

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
/* Its score is that rating, which rests on so many votes. */
void engine_score(struct engine *e, struct item *i, const struct rating *rating,
    size_t votes);
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
/* Reads an answer about the items of t; those without a clear one are kept.
 * False if it is clear about none, which are as they were. */
bool titles_read(struct engine *e, const struct task *t, struct slice text);
/* The paper goes on to be scored. */
void titles_keep(struct engine *e, struct item *i);

/* dry_run.c: reads all papers and writes an estimate to out instead of them.  e
 * is ready to run. */
int dry_run(struct engine *e);

/*
 * batch.c: the batch interfaces of providers: half the price, up to a day to
 * wait.
 *
 * A request's custom_id spells which papers it is about, in order, by the first
 * 36 bits of their cache keys (in base64url, after "pr1" and the vote).  So the
 * results find their papers without a state file, whatever has been answered
 * in between.
 */

#define BATCH_KEY_CHARS 6
/* A vote and a paper, NUL-terminated. */
#define BATCH_KEY_SIZE	(1 + BATCH_KEY_CHARS + 1)

/* The parts of a custom_id: the key of a paper's vote. */
/* How many papers an id names; 0 if it is none of ours. */
size_t batch_id_papers(const char *id);
/* The key of its paper k. */
void batch_id_key(const char *id, size_t k, char key[BATCH_KEY_SIZE]);

/* Papers a request: what a custom_id of 64 characters has room for. */
#define BATCH_API_MOST 10

/* Writes requests for the papers of e->in that need an answer to e->out;
 * returns the exit status. */
int batch_emit(struct engine *e);

/* Reads files of results, so that e takes its answers from them; their tokens
 * are counted and paid for at the price of batches.  Exits with 2 if a file
 * cannot be read. */
void batch_read(struct engine *e, const struct strlist *files);
void batch_free(struct batch_results *r);

#endif
