/* SPDX-License-Identifier: ISC */
/* --merge-batch */
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/msg.h"
#include "common/base/utf8.h"
#include "common/base/xalloc.h"
#include "common/io/line_reader.h"
#include "common/json/json_tree.h"
#include "batch_api.h"
#include "batch_id.h"
#include "local_id.h"
#include "secret.h"

/* What a batch says of one paper, for one vote. */
struct result {
	char key[BATCH_KEY_SIZE];
	bool good;
	struct verdict verdict;
	const char *code;
	char *detail;
};

struct batch_results {
	void *tree; /* of struct result, by key: tsearch(3) */
};

static int
by_key(const void *a, const void *b)
{
	const struct result *x = a, *y = b;

	return strcmp(x->key, y->key);
}

static void
result_free(void *arg)
{
	struct result *r = arg;

	verdict_release(&r->verdict);
	free(r->detail);
	free(r);
}

/* Keeps r, unless something better is known of its paper. */
static void
keep(struct batch_results *all, struct result *r)
{
	struct result **at = tsearch(r, &all->tree, by_key), *old;

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

static struct result *
result_new(const char *id, size_t k)
{
	struct result *r = xcalloc(1, sizeof(*r));

	batch_id_key(id, k, r->key);
	return r;
}

static void
keep_failure(struct batch_results *all, const char *id, size_t n,
    const char *code, const char *detail)
{
	for (size_t k = 0; k < n; k++) {
		struct result *r = result_new(id, k);

		r->code = code;
		r->detail = xstrdup(detail);
		secret_redact(r->detail, NULL);
		keep(all, r);
	}
}

static void
keep_verdicts(struct engine *e, const char *id, size_t n, const cJSON *tree)
{
	const cJSON **member = xreallocarray(NULL, n, sizeof(*member));
	struct local_counts counts;

	local_members(tree, member, n, &counts);
	e->tally.unknown_keys += counts.unknown;
	e->tally.duplicate_keys += counts.duplicate;
	for (size_t k = 0; k < n; k++) {
		struct result *r = result_new(id, k);

		r->good = verdict_read(&r->verdict, member[k],
		    &e->prompt->scale, e->prompt->topics);
		r->code = "missing";
		keep(e->results, r);
	}
	free(member);
}

/* An answer: as if it had come over HTTP. */
static void
read_answer(struct engine *e, const char *id, size_t n, const cJSON *body)
{
	static const char *const codes[] = {
	    [FINISH_LENGTH] = "length",
	    [FINISH_FILTER] = "filter",
	    [FINISH_REFUSAL] = "refusal",
	    [FINISH_CONTEXT] = "too_long",
	};
	struct answer a;
	cJSON *tree;

	e->tally.sent++;
	if (!e->provider->dialect->read(&a, body)) {
		keep_failure(e->results, id, n, "http", "no answer in it");
		e->tally.failed++;
		answer_release(&a);
		return;
	}
	e->tally.ok++;
	tally_usage(&e->tally, &a.usage);
	cost_settle(&e->cost, 0, &a.usage);
	if (a.finish != FINISH_DONE) {
		keep_failure(e->results, id, n, codes[a.finish],
		    "the batch's answer was cut or withheld");
	} else if ((tree = local_answer(strbuf_slice(&a.text), true)) == NULL) {
		keep_failure(
		    e->results, id, n, "parse", "the answer is not JSON");
	} else {
		keep_verdicts(e, id, n, tree);
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
	e->tally.sent++;
	e->tally.failed++;
	keep_failure(e->results, id, n, "http", detail);
}

/* False if the line is no result of a request of ours. */
static bool
read_result(struct engine *e, const cJSON *line)
{
	const char *id = json_tree_string(line, "custom_id"), *type;
	const cJSON *response = json_tree_get(line, "response");
	const cJSON *result = json_tree_get(line, "result");
	size_t n = id == NULL ? 0 : batch_id_papers(id);

	if (n == 0)
		return false;
	type = json_tree_string(result, "type");
	if (cJSON_IsObject(response) &&
	    json_tree_long(response, "status_code", 0) == 200)
		read_answer(e, id, n, json_tree_get(response, "body"));
	else if (type != NULL && strcmp(type, "succeeded") == 0)
		read_answer(e, id, n, json_tree_get(result, "message"));
	else
		read_failure(e, id, n, line);
	return true;
}

void
batch_read(struct engine *e, const struct strlist *files)
{
	char **names = xcalloc(files->n + 1, sizeof(*names));
	struct line_reader in;
	struct slice text;
	cJSON *line;

	e->results = xcalloc(1, sizeof(*e->results));
	e->cost.batch = true;
	for (size_t i = 0; i < files->n; i++)
		names[i] = files->v[i];
	line_reader_open(&in, names);
	while (line_reader_next(&in, &text)) {
		line = json_tree_parse(text);
		if (line == NULL || !read_result(e, line))
			msg_error_at(in.name, in.line,
			    "not a result of a request by --emit-batch");
		cJSON_Delete(line);
	}
	line_reader_close(&in);
	free(names);
}

static void
copy_verdict(struct verdict *to, const struct verdict *from)
{
	*to = *from;
	to->comment = xstrdup(from->comment);
	to->topics = (struct strlist)STRLIST_INIT;
	for (size_t i = 0; i < from->topics.n; i++)
		strlist_add(&to->topics, from->topics.v[i]);
}

void
batch_take(struct engine *e, struct item *i)
{
	i->asked = (unsigned)e->options->votes;
	for (int vote = 0; vote < e->options->votes; vote++) {
		struct result wanted, **at;
		struct verdict v;

		batch_key(wanted.key, &i->key, vote);
		at = tfind(&wanted, &e->results->tree, by_key);
		if (at != NULL && (*at)->good) {
			copy_verdict(&v, &(*at)->verdict);
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
batch_free(struct batch_results *r)
{
	if (r == NULL)
		return;
	tdestroy(r->tree, result_free);
	free(r);
}
