/* SPDX-License-Identifier: ISC */
#include "llm/llm.h"

#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/base/utf8.h"
#include "common/base/xalloc.h"
#include "common/cli/run.h"
#include "common/io/line_reader.h"
#include "common/json/json_tree.h"
#include "common/json/json_write.h"

#define PREFIX "pr1"

static const char digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

static void
batch_key(char key[BATCH_KEY_SIZE], const struct sha256_digest *paper, int vote)
{
	uint64_t bits = 0;

	for (int i = 0; i < 8; i++)
		bits = bits << 8 | paper->b[i];
	key[0] = digits[vote & 63];
	for (int i = 1; i <= BATCH_KEY_CHARS; i++) {
		key[i] = digits[bits >> 58];
		bits <<= 6;
	}
	key[1 + BATCH_KEY_CHARS] = '\0';
}

static void
batch_id_write(struct strbuf *out, const struct task *t)
{
	char key[BATCH_KEY_SIZE];

	strbuf_addstr(out, PREFIX);
	strbuf_addch(out, digits[t->vote & 63]);
	for (size_t i = 0; i < t->n; i++) {
		batch_key(key, &t->items[i]->key, t->vote);
		strbuf_addstr(out, key + 1);
	}
}

size_t
batch_id_papers(const char *id)
{
	size_t prefix = strlen(PREFIX) + 1, n = strlen(id);

	if (strncmp(id, PREFIX, prefix - 1) != 0 || n <= prefix ||
	    (n - prefix) % BATCH_KEY_CHARS != 0)
		return 0;
	return (n - prefix) / BATCH_KEY_CHARS;
}

void
batch_id_key(const char *id, size_t k, char key[BATCH_KEY_SIZE])
{
	size_t prefix = strlen(PREFIX);

	key[0] = id[prefix];
	memcpy(key + 1, id + prefix + 1 + k * BATCH_KEY_CHARS, BATCH_KEY_CHARS);
	key[1 + BATCH_KEY_CHARS] = '\0';
}

/* --emit-batch */

static void
add_line(struct strbuf *b, const struct engine *e, struct slice id,
    struct slice body)
{
	const struct dialect *d = e->provider->dialect;
	struct jsonw j = JSONW_INIT(b);

	jsonw_open(&j, '{');
	jsonw_slice(jsonw_key(&j, "custom_id"), id);
	if (d->batch_url != NULL) {
		jsonw_str(jsonw_key(&j, "method"), "POST");
		jsonw_str(jsonw_key(&j, "url"), d->batch_url);
	}
	jsonw_raw(jsonw_key(&j, d->batch_key), body);
	jsonw_close(&j, '}');
	strbuf_addch(b, '\n');
}

/* Adds the request to lines; false if it may not be asked. */
static bool
add_request(struct strbuf *lines, struct engine *e, struct task *t)
{
	struct strbuf id = STRBUF_INIT(128), body = STRBUF_INIT(STRBUF_MAX);
	struct question q;
	bool allowed;

	question_make(e, t, &q);
	allowed = question_allowed(e, t, &q);
	if (allowed) {
		batch_id_write(&id, t);
		e->provider->dialect->write(&body, &q.call, e->provider->extra);
		add_line(lines, e, strbuf_slice(&id), strbuf_slice(&body));
		e->emitted++;
	}
	strbuf_release(&id);
	strbuf_release(&body);
	question_release(&q);
	return allowed;
}

/* One batch of those that wait, as often as there are votes, or not at all;
 * returns how many papers are in it. */
static size_t
emit_batch(struct engine *e, size_t most)
{
	struct item *items[BATCH_API_MOST];
	struct strbuf lines = STRBUF_INIT(STRBUF_MAX);
	size_t n = engine_take_batch(&e->to_score, items, most);
	bool allowed = true;

	for (int vote = 0; vote < e->options->votes; vote++) {
		struct task *t = task_new(TASK_SCORE, items, n, 0);

		t->vote = vote;
		task_shuffle(t, items[0]->key.b[0] + (uint64_t)vote);
		allowed = allowed && add_request(&lines, e, t);
		task_free(t);
	}
	/* A request is no record: the papers are accounted for below. */
	if (allowed)
		output_write(e->out, lines.s, lines.len);
	strbuf_release(&lines);
	for (size_t i = 0; i < n; i++) {
		if (allowed)
			items[i]->done = true;
		else
			item_fail(items[i], e->stop, e->stop_detail);
	}
	return allowed ? n : 0;
}

static void
forget_done(struct engine *e)
{
	struct item *i;

	while ((i = window_take_done(&e->window)) != NULL) {
		if (i->result.code != NULL) {
			stats_count(&e->stats, &i->result);
			run_dropped(i->result.code, 1);
		}
		item_free(i);
	}
}

int
batch_emit(struct engine *e)
{
	size_t most = (size_t)e->options->batch;
	uint64_t papers, written = 0, judged;

	if (most > BATCH_API_MOST)
		most = BATCH_API_MOST;
	e->cost.tier = TIER_BATCH;
	while (paper_read(e->in, &e->reading)) {
		engine_enqueue(
		    e, window_add(&e->window, &e->reading), &e->reading);
		if (e->to_score.n >= most)
			written += emit_batch(e, most);
		forget_done(e);
	}
	while (e->to_score.n > 0)
		written += emit_batch(e, most);
	forget_done(e);
	papers = run_counts.in - run_counts.failed;
	judged = papers - e->stats.unscored - written;
	run_dropped("batch", written);
	if (judged > 0)
		run_dropped("judged", judged);
	if (e->stats.unscored == 0)
		return EXIT_OK;
	msg_error("%llu of %llu papers are in no request, the first: %s",
	    (unsigned long long)e->stats.unscored, (unsigned long long)papers,
	    e->stats.missing);
	return EXIT_SOME_FAILED;
}

/* --merge-batch */

/* What a batch says of one paper, for one vote. */
struct batch_result {
	char key[BATCH_KEY_SIZE];
	bool good;
	struct rating rating;
	const char *code;
	char *detail;
};

struct batch_results {
	void *tree; /* of struct batch_result, by key: tsearch(3) */
};

static int
by_key(const void *a, const void *b)
{
	const struct batch_result *x = a, *y = b;

	return strcmp(x->key, y->key);
}

static void
result_free(struct batch_result *r)
{
	rating_release(&r->rating);
	free(r->detail);
	free(r);
}

/* Keeps r, unless something better is known of its paper. */
static void
keep(struct batch_results *all, struct batch_result *r)
{
	struct batch_result **at = tsearch(r, &all->tree, by_key), *old;

	if (at == NULL)
		xalloc_die();
	if (*at == r)
		return;
	old = *at;
	if (!old->good && r->good) {
		*at = r;
		result_free(old);
	} else {
		result_free(r);
	}
}

static struct batch_result *
result_new(const char *id, size_t k)
{
	struct batch_result *r = xcalloc(1, sizeof(*r));

	batch_id_key(id, k, r->key);
	return r;
}

static void
keep_failure(struct batch_results *all, const char *id, size_t n,
    const char *code, const char *detail)
{
	for (size_t k = 0; k < n; k++) {
		struct batch_result *r = result_new(id, k);

		r->code = code;
		r->detail = xstrdup(detail);
		api_key_redact(r->detail, NULL);
		keep(all, r);
	}
}

static void
keep_ratings(struct engine *e, const char *id, size_t n, const cJSON *tree)
{
	const cJSON **member = xreallocarray(NULL, n, sizeof(*member));
	struct answer_json_counts counts;

	answer_json_members(tree, member, n, &counts);
	e->stats.unknown_keys += counts.unknown;
	e->stats.duplicate_keys += counts.duplicate;
	for (size_t k = 0; k < n; k++) {
		struct batch_result *r = result_new(id, k);

		r->good = rating_read(
		    &r->rating, member[k], &e->prompt->axes, e->prompt->topics);
		r->code = "missing";
		keep(e->results, r);
	}
	free(member);
}

/* An answer: as if it had come over HTTP. */
static void
read_answer(struct engine *e, const char *id, size_t n, const cJSON *body)
{
	struct api_error f;
	struct answer a;
	cJSON *tree;

	e->stats.sent++;
	if (!dialect_read(e->provider->dialect, &a, body)) {
		keep_failure(e->results, id, n, "http", "no answer in it");
		e->stats.failed++;
		answer_release(&a);
		return;
	}
	engine_bill(e, 0, &a, 0);
	api_error_of_answer(&f, &a, 0);
	if (f.action != ACTION_READ) {
		keep_failure(e->results, id, n, f.code,
		    "the batch's answer was cut or withheld");
	} else if ((tree = answer_json_parse(strbuf_slice(&a.text))) == NULL) {
		keep_failure(
		    e->results, id, n, "parse", "the answer is not JSON");
	} else {
		keep_ratings(e, id, n, tree);
		cJSON_Delete(tree);
	}
	answer_release(&a);
}

/* The message in whatever stands in the place of an answer. */
static void
read_failure(struct engine *e, const char *id, size_t n, const cJSON *line)
{
	const cJSON *error = json_tree_get(line, "error");
	const cJSON *response = json_tree_get(line, "response");
	const cJSON *result = json_tree_get(line, "result");
	const char *text;
	char detail[200];

	if (!cJSON_IsObject(error))
		error = json_tree_get(json_tree_get(response, "body"), "error");
	if (!cJSON_IsObject(error))
		error = json_tree_get(result, "error");
	if (cJSON_IsObject(json_tree_get(error, "error")))
		error = json_tree_get(error, "error");
	text = json_tree_string(error, "message");
	if (text == NULL)
		text = json_tree_string(error, "code");
	if (text == NULL)
		text = json_tree_string(result, "type");
	if (text == NULL)
		text = "failed";
	snprintf(detail, sizeof(detail), "the batch says: %.*s",
	    (int)utf8_cut(text, strlen(text), 150), text);
	e->stats.sent++;
	e->stats.failed++;
	keep_failure(e->results, id, n, "http", detail);
}

/* False if the line is no result of a request of ours. */
static bool
read_result(struct engine *e, const cJSON *line)
{
	const char *id = json_tree_string(line, "custom_id"), *type;
	const cJSON *response = json_tree_get(line, "response");
	const cJSON *result = json_tree_get(line, "result");
	long status = json_tree_long(response, "status_code", 0);
	size_t n = id == NULL ? 0 : batch_id_papers(id);

	if (n == 0)
		return false;
	type = json_tree_string(result, "type");
	if (cJSON_IsObject(response) && status >= 200 && status < 300 &&
	    json_tree_get(json_tree_get(response, "body"), "choices") != NULL)
		read_answer(e, id, n, json_tree_get(response, "body"));
	else if (type != NULL && strcmp(type, "succeeded") == 0)
		read_answer(e, id, n, json_tree_get(result, "message"));
	else
		read_failure(e, id, n, line);
	return true;
}

static void
copy_rating(struct rating *to, const struct rating *from)
{
	*to = *from;
	to->comment = xstrdup(from->comment);
	to->topics = (struct strlist)STRLIST_INIT;
	for (size_t i = 0; i < from->topics.n; i++)
		strlist_add(&to->topics, from->topics.v[i]);
}

/* What the results say of a paper. */
static void
take_results(struct engine *e, struct item *i)
{
	i->asked = (unsigned)e->options->votes;
	for (int vote = 0; vote < e->options->votes; vote++) {
		struct batch_result wanted, **at;
		struct rating v;

		batch_key(wanted.key, &i->key, vote);
		at = tfind(&wanted, &e->results->tree, by_key);
		if (at != NULL && (*at)->good) {
			copy_rating(&v, &(*at)->rating);
			engine_vote(e, i, &v);
		} else {
			engine_no_vote(e, i,
			    at != NULL ? (*at)->code : "missing",
			    at != NULL && (*at)->detail != NULL
				? (*at)->detail
				: "the batch has no answer about it");
		}
	}
}

void
batch_read(struct engine *e, const struct strlist *files)
{
	char **names = strlist_vector(files);
	struct line_reader in;
	struct slice text;
	cJSON *line;

	e->results = xcalloc(1, sizeof(*e->results));
	e->answer = take_results;
	e->cost.tier = TIER_BATCH;
	line_reader_open(&in, names);
	while (line_reader_next(&in, &text)) {
		/* Files that were on other systems begin with a mark. */
		if (in.line == 1 && text.n >= 3 &&
		    memcmp(text.p, "\xef\xbb\xbf", 3) == 0)
			text = (struct slice) {text.p + 3, text.n - 3};
		line = json_tree_parse(text);
		if (line == NULL || !read_result(e, line))
			msg_error_at(in.name, in.line,
			    "not a result of a request by --emit-batch");
		cJSON_Delete(line);
	}
	line_reader_close(&in);
	free(names);
}

void
batch_free(struct batch_results *r)
{
	if (r == NULL)
		return;
	while (r->tree != NULL) {
		struct batch_result *first = *(struct batch_result **)r->tree;

		tdelete(first, &r->tree, by_key);
		result_free(first);
	}
	free(r);
}
