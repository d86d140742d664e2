/* SPDX-License-Identifier: ISC */
#include "common/record/arxiv_id.h"
#include "common/record/paper.h"

#include "../tap.h"

static void
splice(const char *line, const char *score, const char *error, const char *want)
{
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);
	struct paper_change changes[] = {
	    {PAPER_SCORE, {NULL, 0}}, {PAPER_SCORE_ERROR, {NULL, 0}}};
	struct paper p;

	if (score != NULL)
		changes[0].value = slice_of(score);
	if (error != NULL)
		changes[1].value = slice_of(error);
	paper_init(&p);
	ok(paper_parse(&p, slice_of(line)), "%s parses", line);
	paper_splice(&b, &p, changes, 2);
	is_str(b.s, want, "  and becomes %s", want);
	ok(paper_parse(&p, strbuf_slice(&b)), "  which parses");
	paper_release(&p);
	strbuf_release(&b);
}

static void
test_splices(void)
{
	splice("{\"id\":\"x\",\"n\":12345678901234567890,\"z\":1e400}", "{}",
	    NULL,
	    "{\"id\":\"x\",\"n\":12345678901234567890,\"z\":1e400,\"score\":{}}");
	splice("{\"score\":1,\"id\":\"x\"}", "2", NULL,
	    "{\"id\":\"x\",\"score\":2}");
	splice("{ \"id\" : \"x\" , \"score\" : {\"a\":1} }", "2", NULL,
	    "{ \"id\" : \"x\" ,\"score\":2}");
	splice("{\"id\":\"x\", \"score\": 1, \"b\": 2}", "3", NULL,
	    "{\"id\":\"x\", \"b\": 2,\"score\":3}");
	splice("{\"score\":1,\"score_error\":2,\"id\":\"x\"}", NULL, "3",
	    "{\"id\":\"x\",\"score_error\":3}");
	splice("{\"id\":\"x\",\"score\":1,\"score_error\":2}", NULL, NULL,
	    "{\"id\":\"x\"}");
	splice("{\"\\u0073core\":1,\"id\":\"x\"}", "9", NULL,
	    "{\"id\":\"x\",\"score\":9}");
}

static void
test_views(void)
{
	struct strbuf scratch = STRBUF_INIT(STRBUF_MAX);
	struct paper p;
	struct slice s;
	size_t pos = 0;
	double d;
	long n;

	paper_init(&p);
	ok(!paper_parse(&p, SLICE_LIT("{\"title\":\"t\"}")), "no id: refused");
	is_str(p.members.error, "no id", "  and why");
	ok(!paper_parse(&p, SLICE_LIT("{\"id\":7}")), "a number is no id");
	ok(paper_parse(&p,
	       SLICE_LIT(
		   "{\"id\":\"2510.1\",\"title\":\"A\\u00e9\",\"version\":2,"
		   "\"authors\":[\"X\",1,\"Y\"],\"comment\":null,"
		   "\"score\":{\"relevance\":8,\"novelty\":null}}")),
	    "a paper");
	ok(slice_eq(paper_text(&p, PAPER_TITLE), "A\xc3\xa9"), "title");
	ok(slice_eq(paper_text(&p, PAPER_ABSTRACT), ""), "no abstract");
	ok(!paper_has(&p, PAPER_COMMENT), "null is not there");
	ok(paper_long(&p, PAPER_VERSION, &n) && n == 2, "version");
	ok(paper_list_next(&p, PAPER_AUTHORS, &pos, &s, &scratch) &&
		slice_eq(s, "X"),
	    "first author");
	ok(paper_list_next(&p, PAPER_AUTHORS, &pos, &s, &scratch) &&
		slice_eq(s, "Y"),
	    "second author, the number skipped");
	ok(!paper_list_next(&p, PAPER_AUTHORS, &pos, &s, &scratch), "no third");
	ok(paper_axis(&p, "relevance", &d) && d == 8, "relevance");
	ok(!paper_axis(&p, "novelty", &d), "a null axis is no number");
	paper_release(&p);
	strbuf_release(&scratch);
}

/* Places that are known from the last record are right for this one. */
static void
test_key_order(void)
{
	static const struct {
		const char *line, *id, *title, *abstract;
	} records[] = {
	    {"{\"id\":\"a\",\"title\":\"t\"}", "a", "t", ""},
	    {"{\"id\":\"b\"}", "b", "", ""},
	    {"{\"id\":\"c\",\"title\":\"u\",\"abstract\":\"v\"}", "c", "u",
		"v"},
	    {"{\"title\":\"w\",\"id\":\"d\",\"abstract\":\"x\"}", "d", "w",
		"x"},
	    {"{\"title\":\"w\"", "", "", ""},
	    {"{\"title\":\"y\",\"title\":\"z\",\"id\":\"e\"}", "", "", ""},
	    {"{\"id\":\"f\",\"mine\":1,\"abstract\":\"z\"}", "f", "", "z"},
	    {"{\"id\":\"g\",\"mine\":1,\"title\":\"z\"}", "g", "z", ""},
	    {"{\"id\":\"h\",\"mine\":1}", "h", "", ""},
	    {"{\"id\":\"i\",\"min\":1,\"title\":\"z\"}", "i", "z", ""},
	};
	struct paper p;
	size_t i;

	paper_init(&p);
	for (i = 0; i < sizeof(records) / sizeof(records[0]); i++) {
		bool good = paper_parse(&p, slice_of(records[i].line));

		is_int(good, records[i].id[0] != '\0', "%s", records[i].line);
		if (good)
			ok(slice_eq(paper_text(&p, PAPER_ID), records[i].id) &&
				slice_eq(paper_text(&p, PAPER_TITLE),
				    records[i].title) &&
				slice_eq(paper_text(&p, PAPER_ABSTRACT),
				    records[i].abstract),
			    "has its own texts");
	}
	paper_release(&p);
}

/* What a record means: each row is what follows the id. */
static void
test_meaning(void)
{
	static const struct {
		const char *rest;
		bool followed, screened_out, below, local;
		size_t cites;
	} rows[] = {
	    {"", 0, 0, 0, 0, 0},
	    {",\"match\":null,\"screen\":7,\"score\":[8]", 0, 0, 0, 0, 0},
	    {",\"match\":{\"authors\":[\"A\"]}", 1, 0, 0, 0, 0},
	    {",\"match\":{\"authors\":[]}", 0, 0, 0, 0, 0},
	    {",\"match\":{\"authors\":\"A\"}", 0, 0, 0, 0, 0},
	    {",\"match\":{\"keywords\":[{}]}", 0, 0, 0, 0, 0},
	    {",\"match\":{\"\\u0061uthors\":[\"A\"]}", 1, 0, 0, 0, 0},
	    {",\"screen\":{\"keep\":false}", 0, 1, 0, 0, 0},
	    {",\"screen\":{\"keep\":true}", 0, 0, 0, 0, 0},
	    {",\"screen\":{\"keep\":0}", 0, 0, 0, 0, 0},
	    {",\"score\":{\"relevance\":8,\"novelty\":7}", 0, 0, 0, 0, 0},
	    {",\"score\":{\"relevance\":7.9,\"novelty\":7}", 0, 0, 1, 0, 0},
	    {",\"score\":{\"relevance\":8,\"novelty\":6}", 0, 0, 1, 0, 0},
	    {",\"score\":{\"relevance\":null,\"novelty\":9}", 0, 0, 0, 0, 0},
	    {",\"score\":{\"relevance\":1,\"backend\":\"lexical\"}", 0, 0, 1, 1,
		0},
	    {",\"score\":{\"relevance\":8,\"backend\":\"local\"}", 0, 0, 0, 1,
		0},
	    {",\"score\":{\"backend\":\"openai\"}", 0, 0, 0, 0, 0},
	    {",\"match\":{\"cites\":[]}", 0, 0, 0, 0, 0},
	    {",\"match\":{\"cites\":{\"id\":\"a\"}}", 0, 0, 0, 0, 0},
	    {",\"match\":{\"cites\":[{\"id\":\"a\"},{}]}", 0, 0, 0, 0, 2},
	    {",\"match\":{\"authors\":[\"A\"],\"cites\":[{}]}", 1, 0, 0, 0, 1},
	};
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);
	struct paper p;

	paper_init(&p);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		strbuf_reset(&b);
		strbuf_addf(&b, "{\"id\":\"x\"%s}", rows[i].rest);
		ok(paper_parse(&p, strbuf_slice(&b)), "%s", b.s);
		ok(paper_is_followed(&p) == rows[i].followed &&
			paper_cites(&p) == rows[i].cites &&
			paper_is_spared(&p) ==
			    (rows[i].followed || rows[i].cites > 0) &&
			paper_is_screened_out(&p) == rows[i].screened_out &&
			paper_is_below(&p, 8, 7) == rows[i].below &&
			paper_is_local(&p) == rows[i].local,
		    "  means what it means");
	}
	paper_release(&p);
	strbuf_release(&b);
}

static void
test_days(void)
{
	struct paper p;
	day_t day;

	paper_init(&p);
	ok(paper_parse(&p,
	       SLICE_LIT("{\"id\":\"x\",\"announced\":\"2025-10-17\","
			 "\"published\":\"2025-10-14T09:00:00Z\"}")) &&
		paper_day(&p, &day) && day == day_from_ymd(2025, 10, 17),
	    "the day it was announced");
	ok(paper_parse(&p,
	       SLICE_LIT("{\"id\":\"x\",\"announced\":\"soon\","
			 "\"published\":\"2025-10-14T09:00:00Z\"}")) &&
		paper_day(&p, &day) && day == day_from_ymd(2025, 10, 14),
	    "or else published");
	ok(paper_parse(
	       &p, SLICE_LIT("{\"id\":\"x\",\"updated\":\"2025-10-14\"}")) &&
		!paper_day(&p, &day),
	    "or none");
	paper_release(&p);
}

static void
test_arxiv_ids(void)
{
	static const char *const good[] = {
	    "2510.13999", "0704.0001", "hep-th/9901001", "math/0309136"};
	static const char *const bad[] = {"", "2510.139", "2510.139999",
	    "2510-13999", "25x0.13999", "2510.1399x", "2510.13999v1",
	    "hep-th/990100", "hep-th/99010011", "/9901001", "math.GT/0309136",
	    "Math/0309136", "10.1101/2025.01.01", "arXiv:2510.13999"};

	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++)
		ok(arxiv_id_ok(slice_of(good[i])), "%s", good[i]);
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		ok(!arxiv_id_ok(slice_of(bad[i])), "not '%s'", bad[i]);
}

int
main(void)
{
	test_meaning();
	test_days();
	test_arxiv_ids();
	test_key_order();
	test_splices();
	test_views();
	return done_testing();
}
