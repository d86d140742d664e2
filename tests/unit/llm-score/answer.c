/* SPDX-License-Identifier: ISC */
/* The JSON in a model's text, however it is wrapped and damaged. */
#include <string.h>

#include "../tap.h"
#include "common/base/strbuf.h"
#include "common/json/json_tree.h"
#include "llm/llm.h"

/* P1 and P2 as JSON; "" if nothing can be read. */
static void
reads(const char *text, const char *wanted, const char *what)
{
	cJSON *tree = answer_json_parse(slice_of(text));
	char *got = tree == NULL ? NULL : cJSON_PrintUnformatted(tree);

	is_str(got == NULL ? "" : got, wanted, "%s", what);
	cJSON_free(got);
	cJSON_Delete(tree);
}

#define P1   "{\"P1\":{\"r\":1}}"
#define BOTH "{\"P1\":{\"r\":1},\"P2\":{\"r\":2}}"

static void
test_wrapped(void)
{
	reads(P1, P1, "JSON as it is");
	reads("\xef\xbb\xbf " P1 "\n", P1, "a byte order mark and blanks");
	reads(" \n```json\n" P1 "\n```", P1, "a fence");
	reads("```\n" P1 "\n```\n", P1, "a fence without a word");
	reads("```" P1 "```", P1, "a fence in a line");
	reads("Sure:\n```json\n" P1 "\n```\nThat is all {really}.", P1,
	    "prose around a fence");
	reads("Well: " P1 " there", P1, "prose around JSON");
	reads("{\"ratings\":" BOTH "}", BOTH, "one key around it");
	reads("Here: {\"ratings\":" BOTH "} ok", BOTH, "and prose");
	reads("\"{\\\"P1\\\":{\\\"r\\\":1}}\"", P1, "JSON in a string");
	reads("\"\\\"{}\\\"\"", "", "but not in a string in a string");
	reads("{}", "{}", "an answer about nothing");
	reads("{\"x\":1}", "{\"x\":1}", "or about something else");
}

static void
test_thinking(void)
{
	reads("<think>\nP1 {\"r\":9}, \"P1\": {\"r\":9}\n</think>\n\n" P1, P1,
	    "thinking before it");
	reads("\"P1\": {\"r\":9} fits?\n</think>" P1, P1,
	    "even if only its end is marked");
	reads(
	    "[THINK]{\"P1\":{\"r\":9}}[/THINK]" P1, P1, "in another spelling");
	reads("<|channel|>analysis<|message|>{\"P1\":{}}<|end|>"
	      "<|start|>assistant<|channel|>final<|message|>" P1,
	    P1, "channels");
	reads("<|channel|>final <|constrain|>json<|message|>" P1 "<|return|>",
	    P1, "and what ends them");
	reads("<think>\"P1\": {\"r\":9} or so", "",
	    "thinking without an end is no answer");
}

static void
test_damaged(void)
{
	reads("{\"P1\":{\"r\":1,},\"P2\":{\"r\":2, } , }", BOTH,
	    "trailing commas");
	reads("{\"P1\":{\"c\":\"\\alpha\",\"r\":1},\"P2\":{\"r\":2}}",
	    "{\"P1\":{\"c\":\"\\\\alpha\",\"r\":1},\"P2\":{\"r\":2}}",
	    "a lone backslash");
	reads("{\"P1\":{\"c\":\"\\frac \\nu \\\"a\\\" \\u00e9 \\ud\"}",
	    "{\"P1\":{\"c\":\"\\\\frac \\\\nu \\\"a\\\" \xc3\xa9 "
	    "\\\\ud\"}}",
	    "TeX that would be an escape, beside escapes");
	reads("{\"P1\":{\"c\":\"a\nb\"}}", "{\"P1\":{\"c\":\"a b\"}}",
	    "a line end in a string");
	reads("{\"P1\":{\"c\":\"a, }\",\"r\":1,}}",
	    "{\"P1\":{\"c\":\"a, }\",\"r\":1}}",
	    "what looks like a trailing comma in a string is none");
	reads("{\"P1\":{\"r\":1},\"P2\":{\"r\":", P1,
	    "cut: the whole ones are kept");
	reads("{\"P1\":{\"r\":1},\"P2\":{\"r\":2}", BOTH, "cut at the end");
	reads("{\"P1\":{\"r\":1},\"P2\":{\"c\":\"it ends in", P1,
	    "cut in a string");
	reads("{\"P1\":{\"r\":1 \"n\":2},\"P2\":{\"r\":2}}",
	    "{\"P2\":{\"r\":2}}", "one that cannot be read takes none along");
	reads("{\"P1\":\"keep\",\"P2\":\"drop\",",
	    "{\"P1\":\"keep\",\"P2\":\"drop\"}", "words too");
	reads("{\"P1\":7,", "", "a number that may have been cut is none");
	reads("The answer is \"P\" or \"P1 : {", "", "keys that are none");
	reads("[1]", "", "an array is none");
	reads("", "", "nothing is none");
	reads("{\"P1\":{\"c\":\"see \\\"P2\\\": {\\\"r\\\":9}\",\"r\":1,}}",
	    "{\"P1\":{\"c\":\"see \\\"P2\\\": {\\\"r\\\":9}\",\"r\":1}}",
	    "what a comment quotes is no answer");
}

/* As much as an answer can hold of begin, then of end as often, around the
 * middle. */
static void
reads_many(const char *begin, const char *middle, const char *end,
    const char *wanted, const char *what)
{
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);
	size_t n = ((size_t)8 << 20) / (strlen(begin) + strlen(end));

	strbuf_addstr(&b, BOTH " and ");
	for (size_t i = 0; i < n; i++)
		strbuf_addstr(&b, begin);
	strbuf_addstr(&b, middle);
	for (size_t i = 0; i < n; i++)
		strbuf_addstr(&b, end);
	reads(b.s, wanted, what);
	strbuf_release(&b);
}

/* Read anew from each key on, these take hours. */
static void
test_endless(void)
{
	reads_many("{\"P1\":", "", "", BOTH, "objects without an end");
	reads_many("{\"P1\":{\"relevance\":\"", "", "", BOTH,
	    "strings and objects without an end");
	reads_many(
	    "{\"P1\":", "1 1", "}", BOTH, "objects of which none can be read");
}

static void
test_members(void)
{
	const cJSON *m[3];
	struct answer_json_counts c;
	cJSON *t = answer_json_parse(
	    slice_of("```json\n{\"P2\":2,\"P1\":1,\"P4\":4,\"P01\":0,"
		     "\"p3\":3,\"x\":0,\"P2\":5,\"P2\":6}\n``` \n"));

	answer_json_members(t, m, 3, &c);
	ok(m[0] != NULL && m[0]->valueint == 1, "found by its id");
	ok(m[1] == NULL, "an id that stands more than once is not believed");
	ok(m[2] == NULL, "missing");
	is_int(c.unknown, 4, "unknown keys are counted");
	is_int(c.duplicate, 2, "and duplicates");
	cJSON_Delete(t);
	t = answer_json_parse(
	    slice_of("\"P1\":{\"r\":1} or rather \"P1\":{\"r\":2}"));
	answer_json_members(t, m, 3, &c);
	ok(m[0] == NULL && c.duplicate == 1, "a second thought is no rating");
	cJSON_Delete(t);
	answer_json_members(NULL, m, 3, &c);
	ok(m[0] == NULL, "no answer has no members");
}

int
main(void)
{
	test_wrapped();
	test_thinking();
	test_damaged();
	test_endless();
	test_members();
	return done_testing();
}
