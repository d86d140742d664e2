/* SPDX-License-Identifier: ISC */
/*
 * Any bytes as a server's reply: the first byte picks the status, the rest is
 * the body.  Whatever it is, it has one meaning, and a verdict read from it is
 * a valid one.
 */
#include <string.h>

#include "common/base/utf8.h"

#include "../fuzz.h"
#include "common/json/json_tree.h"
#include "llm/llm.h"

#define PAPERS 4

/* What is written of a verdict is JSON, and reads back as the same. */
static void
check_writing(const struct rating *v, const struct axes *axes,
    const struct strlist *topics)
{
	struct strbuf a = STRBUF_INIT(STRBUF_MAX), b = STRBUF_INIT(STRBUF_MAX);
	struct rating again;
	cJSON *tree;

	rating_write(&a, v, axes, NULL);
	tree = json_tree_parse(strbuf_slice(&a));
	FUZZ_ASSERT(tree != NULL && rating_read(&again, tree, axes, topics));
	rating_write(&b, &again, axes, NULL);
	FUZZ_ASSERT(slice_same(strbuf_slice(&a), strbuf_slice(&b)));
	rating_release(&again);
	cJSON_Delete(tree);
	strbuf_release(&a);
	strbuf_release(&b);
}

static void
check_ratings(struct slice text)
{
	static char moe[] = "moe";
	static char *ids[] = {moe};
	static const struct strlist topics = {ids, 1};
	const cJSON *member[PAPERS];
	struct answer_json_counts counts;
	struct axes axes;
	struct rating v;
	const char *why;
	cJSON *tree = answer_json_parse(text);

	axes_read(&axes, SLICE_LIT("## Axis: rigor"), &why);
	answer_json_members(tree, member, PAPERS, &counts);
	for (size_t i = 0; i < PAPERS; i++) {
		if (!rating_read(&v, member[i], &axes, &topics))
			continue;
		for (size_t a = 0; a < axes.n; a++)
			FUZZ_ASSERT(
			    v.axis[a] >= RATING_MIN && v.axis[a] <= RATING_MAX);
		FUZZ_ASSERT(utf8_valid(v.comment, strlen(v.comment)));
		FUZZ_ASSERT(strpbrk(v.comment, "\n\r\t\033") == NULL);
		FUZZ_ASSERT(v.topics.n <= 1);
		check_writing(&v, &axes, &topics);
		rating_release(&v);
	}
	axes_release(&axes);
	cJSON_Delete(tree);
}

static void
check_answer(const struct dialect *dialect, const cJSON *root)
{
	struct answer a;

	if (dialect_read(dialect, &a, root)) {
		FUZZ_ASSERT(a.usage.input >= 0 && a.usage.cached >= 0 &&
		    a.usage.cache_write >= 0 && a.usage.output >= 0);
		check_ratings(strbuf_slice(&a.text));
	}
	answer_release(&a);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const long statuses[] = {200, 200, 200, 200, 400, 401, 403, 404,
	    413, 422, 429, 500, 503, 529, 302, 418};
	struct http_reply r = {.status = 200};
	struct api_error f;
	cJSON *root;

	if (n == 0)
		return 0;
	r.status = statuses[data[0] & 15];
	strbuf_init(&r.body, STRBUF_MAX);
	strbuf_add(&r.body, data + 1, n - 1);
	root = json_tree_parse(strbuf_slice(&r.body));
	api_error_read(&f, &r, root);
	FUZZ_ASSERT(f.action == ACTION_READ || f.code != NULL);
	FUZZ_ASSERT(f.action == ACTION_READ || f.kind != NULL);
	FUZZ_ASSERT(f.action != ACTION_READ || r.status == 200);
	if (utf8_valid((const char *)data + 1, n - 1))
		FUZZ_ASSERT(utf8_valid(f.detail, strlen(f.detail)));
	FUZZ_ASSERT(f.wait >= -1 && f.left >= 0);
	FUZZ_ASSERT((f.action == ACTION_LOSE) == (f.param != PARAM_NONE));
	api_key_redact(f.detail, "sk-0123456789");
	check_answer(&dialect_openai, root);
	check_answer(&dialect_anthropic, root);
	check_ratings(strbuf_slice(&r.body));
	cJSON_Delete(root);
	strbuf_release(&r.body);
	return 0;
}
