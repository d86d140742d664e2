/* SPDX-License-Identifier: ISC */
/*
 * Answers of real servers, where the folder ../shared stands beside the
 * project: what each means, and that none of them is misread.
 */
#include <stdlib.h>
#include <string.h>

#include "../tap.h"
#include "common/base/xalloc.h"
#include "common/io/line_reader.h"
#include "common/json/json_tree.h"
#include "llm/llm.h"

static const char *shared;

static char *
slurp(const char *folder, const char *name)
{
	char *path = xasprintf("%s/%s/%s", shared, folder, name);
	char *text = line_reader_slurp(path, (size_t)8 << 20, NULL);

	free(path);
	return text;
}

static void
judge(const char *name, long status, const char *body, enum action action,
    bool refused)
{
	struct http_reply r = {.status = status};
	struct api_error f;
	cJSON *root = json_tree_parse(slice_of(body));

	strbuf_init(&r.body, STRBUF_MAX);
	strbuf_addstr(&r.body, body);
	api_error_read(&f, &r, root);
	ok(f.action == action && f.refused == refused, "%s: %s", name,
	    f.detail[0] != '\0' ? f.detail : "an answer");
	strbuf_release(&r.body);
	cJSON_Delete(root);
}

/* Raw replies: status line, headers, body. */
static void
test_llama(void)
{
	static const struct {
		const char *name;
		enum action action;
		bool refused;
	} rows[] = {
	    {"200-ok.http", ACTION_READ, false},
	    {"200-length.http", ACTION_READ, false},
	    {"200-anthropic-messages.http", ACTION_READ, false},
	    {"400-context.http", ACTION_SPLIT, false},
	    {"400-or-500-bad-format.http", ACTION_LOSE, false},
	    {"401.http", ACTION_STOP, true},
	    {"404.http", ACTION_STOP, true},
	    {"500-bad-json.http", ACTION_RETRY, false},
	    {"503-loading.http", ACTION_RETRY, false},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char *text = slurp("wire", rows[i].name);
		const char *body = strstr(text, "\r\n\r\n");

		judge(rows[i].name, strtol(text + 9, NULL, 10),
		    body != NULL ? body + 4 : "", rows[i].action,
		    rows[i].refused);
		free(text);
	}
}

static void
test_answers(void)
{
	static const struct {
		const char *name;
		const struct dialect *dialect;
		enum finish finish;
		double input, cached, output, reasoning;
	} rows[] = {
	    {"wire/200-ok.http", &dialect_openai, FINISH_DONE, 152, 0, 328, 0},
	    {"wire/200-length.http", &dialect_openai, FINISH_LENGTH, 1, 151, 20,
		0},
	    {"wire/200-anthropic-messages.http", &dialect_anthropic,
		FINISH_LENGTH, 1, 21, 8, 0},
	    {"feeds/openai/test_azure-test_chat_reasoning-0.json",
		&dialect_openai, FINISH_DONE, 11, 0, 203, 192},
	    {"feeds/openai/test_chat_parse-test_parsed_refused_completion-0.json",
		&dialect_openai, FINISH_REFUSAL, 65, 0, 13, 0},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char *text = slurp(".", rows[i].name);
		const char *body = strstr(text, "\r\n\r\n");
		cJSON *root =
		    json_tree_parse(slice_of(body != NULL ? body + 4 : text));
		struct answer a;

		ok(dialect_read(rows[i].dialect, &a, root) &&
			a.finish == rows[i].finish,
		    "%s: how it ended", rows[i].name);
		ok(a.usage.input == rows[i].input &&
			a.usage.cached == rows[i].cached &&
			a.usage.output == rows[i].output &&
			a.usage.reasoning == rows[i].reasoning,
		    "%s: what it took", rows[i].name);
		answer_release(&a);
		cJSON_Delete(root);
		free(text);
	}
}

static void
test_complaints(void)
{
	static const struct {
		const char *name;
		long status;
		enum action action;
		bool refused;
	} rows[] = {
	    {"pai-test_groq-test_tool_regular_error-0.json", 404, ACTION_STOP,
		true},
	    {"pai-test_openrouter-test_openrouter_errors_raised-0.json", 429,
		ACTION_RETRY, false},
	    {"pai-test_openrouter-test_openrouter_errors_raised-0.json", 200,
		ACTION_RETRY, false},
	    {"pai-test_openai-test_openai_o1_mini_system_role[system]-0.json",
		400, ACTION_LOSE, false},
	    {"test_azure-test_chat_reasoning-1.txt", 404, ACTION_STOP, true},
	    {"test_vision-test_vision-2.json", 400, ACTION_BISECT, false},
	    {"test_chat-test_chat_with_service_tier-0.json", 200, ACTION_READ,
		false},
	    {"pai-test_deepseek-test_deepseek_model_thinking_part-0.json", 200,
		ACTION_READ, false},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char *text = slurp("feeds/openai", rows[i].name);

		judge(rows[i].name, rows[i].status, text, rows[i].action,
		    rows[i].refused);
		free(text);
	}
}

int
main(void)
{
	const char *srcdir = getenv("SRCDIR");
	char *probe;

	shared = xasprintf("%s/../shared", srcdir != NULL ? srcdir : ".");
	if ((probe = slurp("wire", "401.http")) == NULL) {
		printf(
		    "1..0 # SKIP no answers of real servers in %s\n", shared);
		return 0;
	}
	free(probe);
	test_llama();
	test_answers();
	test_complaints();
	return done_testing();
}
