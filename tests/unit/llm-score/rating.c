/* SPDX-License-Identifier: ISC */
/* Answers, whatever they look like: trees, local ids, verdicts, votes. */
#include <string.h>

#include "common/base/xalloc.h"
#include "common/json/json_tree.h"
#include "llm/rating.h"
#include "../tap.h"

static void
test_tree(void)
{
	static const char *const bad[] = {
	    "", "{", "{} x", "{}{}", "nul", "{\"a\":1,}", "\"\xff\"", "[1 2]"};
	cJSON *t;

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		ok(json_tree_parse(slice_of(bad[i])) == NULL, "no JSON: %s",
		    bad[i]);
	t = json_tree_parse(slice_of(" \n {\"a\":\"x\\u0000y\",\"b\":7} \n"));
	is_str(json_tree_string(t, "a"), "x\xef\xbf\xbdy", "NUL does not cut");
	is_int(json_tree_long(t, "b", 0), 7, "a whole number");
	is_int(json_tree_long(t, "a", -1), -1, "which text is not");
	cJSON_Delete(t);
	t = json_tree_parse(
	    slice_of("\"a\\ud800b\\udc00c\\ud83d\\ude00\\\\u0000\""));
	is_str(cJSON_GetStringValue(t),
	    "a\xef\xbf\xbd"
	    "b\xef\xbf\xbd"
	    "c\xf0\x9f\x98\x80\\u0000",
	    "halves of pairs, a pair, and a backslash that is one");
	cJSON_Delete(t);
	t = json_tree_parse(slice_of("{\"n\":7.5,\"m\":1e300,\"z\":8.0}"));
	ok(json_tree_long(t, "n", 0) == 0 && json_tree_long(t, "m", 0) == 0 &&
		json_tree_long(t, "z", 0) == 8,
	    "whole numbers that fit");
	cJSON_Delete(t);
}

static void
test_axes(void)
{
	struct axes s;
	const char *why = "";

	ok(axes_read(&s,
	       slice_of("## Axis: relevance\n## Axis: rigor\nAXIS: fun_2\n"
			"An axis: no\n## Axis:\n## Axis: rigor"),
	       &why),
	    "axes are found");
	ok(s.n == 4 && strcmp(s.name[2], "rigor") == 0 &&
		strcmp(s.name[3], "fun_2") == 0,
	    "each once, relevance and novelty first");
	axes_release(&s);
	ok(!axes_read(&s, slice_of("## Axis: model"), &why),
	    "a name that is taken");
	is_str(why, "an axis has the name of another key of score", "why");
	ok(!axes_read(&s,
	       slice_of("axis: a\naxis: b\naxis: c\naxis: d\naxis: e\naxis: f\n"
			"axis: g"),
	       &why),
	    "too many");
}

static bool
reads(const char *json, const struct axes *s, struct rating *v)
{
	static char moe[] = "moe", quant[] = "quant";
	static char *ids[] = {moe, quant};
	struct strlist topics = {ids, 2};
	cJSON *t = json_tree_parse(slice_of(json));
	bool good = rating_read(v, t, s, &topics);

	cJSON_Delete(t);
	return good;
}

static void
test_verdict(void)
{
	static const char *const bad[] = {"{\"relevance\":5,\"novelty\":5}",
	    "{\"comment\":\"c\",\"relevance\":5}",
	    "{\"comment\":\"c\",\"relevance\":0,\"novelty\":5}",
	    "{\"comment\":\"c\",\"relevance\":5,\"novelty\":11}",
	    "{\"comment\":\"c\",\"relevance\":5.5,\"novelty\":5}",
	    "{\"comment\":\"c\",\"relevance\":\"5.5\",\"novelty\":5}",
	    "{\"comment\":\"c\",\"relevance\":\"high\",\"novelty\":5}",
	    "{\"comment\":\"c\",\"relevance\":\"5 or 6\",\"novelty\":5}",
	    "{\"comment\":\"c\",\"relevance\":\"45/100\",\"novelty\":5}",
	    "{\"comment\":\"c\",\"relevance\":\"11/10\",\"novelty\":5}",
	    "{\"comment\":\"c\",\"relevance\":\"-5\",\"novelty\":5}",
	    "{\"comment\":null,\"relevance\":5,\"novelty\":5}", "[]", "7"};
	struct axes s;
	const char *why;
	struct rating v, text;
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);
	struct rating_origin origin = {
	    "openai", "m", "0123456789ab", 3, true, "{\"relevance\":7.0}"};

	axes_read(&s, SLICE_LIT(""), &why);
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		ok(!reads(bad[i], &s, &v), "no verdict: %s", bad[i]);
	ok(reads(
	       "{\"novelty\":4,\"topics\":[\"quant\",\"x\",\"quant\",7,\"moe\"],"
	       "\"more\":1,\"relevance\":9.0,\"comment\":\" a\\n\\u200bb \"}",
	       &s, &v),
	    "a verdict");
	ok(v.axis[0] == 9 && v.axis[1] == 4, "its axes");
	is_str(v.comment, "a b", "its comment, on one visible line");
	ok(v.topics.n == 2 && strcmp(v.topics.v[0], "quant") == 0,
	    "its topics: known ones, each once");
	ok(reads("{\"comment\":\"c\",\"relevance\":\"7/10\","
		 "\"novelty\":\"10\"}",
	       &s, &text) &&
		text.axis[0] == 7 && text.axis[1] == 10,
	    "numbers as text");
	rating_release(&text);
	rating_write(&b, &v, &s, &origin);
	is_str(b.s,
	    "{\"relevance\":9,\"novelty\":4,\"comment\":\"a b\","
	    "\"topics\":[\"quant\",\"moe\"],\"backend\":\"openai\",\"model\":"
	    "\"m\",\"prompt\":\"0123456789ab\",\"votes\":3,\"suspect\":true,"
	    "\"first\":{\"relevance\":7.0}}",
	    "written");
	rating_release(&v);
	strbuf_release(&b);
	axes_release(&s);
}

static struct rating
vote(int relevance, int novelty, const char *comment, const char *topic)
{
	struct rating v = {.axis = {relevance, novelty}};

	v.comment = xstrdup(comment);
	if (topic != NULL)
		strlist_add(&v.topics, topic);
	return v;
}

static void
test_votes(void)
{
	struct rating votes[] = {vote(9, 2, "high", "moe"),
	    vote(3, 6, "low", NULL), vote(7, 5, "mid", "moe"),
	    vote(8, 9, "other", "quant")};
	struct axes s;
	const char *why;
	struct rating v;

	axes_read(&s, SLICE_LIT(""), &why);
	rating_median(&v, votes, 3, &s);
	ok(v.axis[0] == 7 && v.axis[1] == 5, "the median of each axis");
	is_int((int)(v.mean * 10 + 0.5), 63, "the mean of relevance, too");
	is_str(v.comment, "mid", "the comment of the nearest");
	ok(v.topics.n == 1 && strcmp(v.topics.v[0], "moe") == 0,
	    "what more than half name");
	rating_release(&v);
	rating_median(&v, votes, 4, &s);
	ok(v.axis[0] == 7 && v.topics.n == 0, "an even number of votes");
	rating_release(&v);
	for (int i = 0; i < 4; i++)
		rating_release(&votes[i]);
	axes_release(&s);
}

int
main(void)
{
	test_tree();
	test_axes();
	test_verdict();
	test_votes();
	return done_testing();
}
