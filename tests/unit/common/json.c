/* SPDX-License-Identifier: ISC */
#include <math.h>

#include "common/json/json_read.h"
#include "common/json/json_write.h"

#include "../tap.h"

static void
verdict(const char *text, const char *error)
{
	struct json_members m = JSON_MEMBERS_INIT;
	bool good = json_object(&m, slice_of(text));

	ok(good == (error == NULL), "%s: %s", text,
	    error == NULL ? "accepted" : "refused");
	if (error != NULL && !good)
		is_str(m.error, error, "  because: %s", error);
	json_members_release(&m);
}

static void
test_verdicts(void)
{
	static const struct {
		const char *text, *error;
	} rows[] = {
	    {"{}", NULL},
	    {" {\"a\" : [1, 2.5e-3, {\"b\":null}] } ", NULL},
	    {"{\"a\":12345678901234567890,\"z\":1e400}", NULL},
	    {"{\"a\":\"\\u0000\\ud800 \\\" \\\\\"}", NULL},
	    {"{\"a\":\"caf\xc3\xa9\"}", NULL},
	    {"{\"a\":\"long enough to be skipped by words of eight\"}", NULL},
	    {"", "empty"},
	    {"[]", "not a JSON object"},
	    {"nonsense", "not a JSON object"},
	    {"{\"a\":1", "cut short"},
	    {"{\"a\":\"abc", "cut short"},
	    {"{\"a\":1}x", "trailing data after the object"},
	    {"{\"a\":1,}", "expected a key"},
	    {"{\"a\" 1}", "expected ':'"},
	    {"{\"a\":01}", "expected ',' or '}'"},
	    {"{\"a\":+1}", "not a JSON value"},
	    {"{\"a\":.5}", "not a JSON value"},
	    {"{\"a\":1.}", "bad number"},
	    {"{\"a\":nul}", "not a JSON value"},
	    {"{\"a\":\"\t\"}", "control character in string"},
	    {"{\"a\":\"\\x\"}", "bad escape in string"},
	    {"{\"a\":\"\\u12g4\"}", "bad \\u escape in string"},
	    {"{\"a\":\"\xff\"}", "invalid UTF-8"},
	    {"{\"a\":\"\xc0\x80\"}", "invalid UTF-8"},
	    {"{\"a\":\"\xed\xa0\x80\"}", "invalid UTF-8"},
	    {"{\"a\":1,\"b\":2,\"a\":3}", "duplicate key"},
	    {"{\"a\":1,\"\\u0061\":3}", "duplicate key"},
	    {"{\"\\u0061\":1,\"a\":3}", "duplicate key"},
	    {"{\"a\":{\"b\":1,\"b\":2}}", NULL},
	};
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		verdict(rows[i].text, rows[i].error);
}

static void
test_depth(void)
{
	struct json_members m = JSON_MEMBERS_INIT;
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);
	int depth, i;

	for (depth = 500; depth <= 2000; depth += 1500) {
		strbuf_reset(&b);
		strbuf_addstr(&b, "{\"a\":");
		for (i = 0; i < depth; i++)
			strbuf_addch(&b, '[');
		for (i = 0; i < depth; i++)
			strbuf_addch(&b, ']');
		strbuf_addch(&b, '}');
		ok(json_object(&m, strbuf_slice(&b)) == (depth < 512),
		    "%d levels", depth);
	}
	strbuf_release(&b);
	json_members_release(&m);
}

static void
test_every_byte_stops(void)
{
	char text[] = "{\"k\":\"0123456789abcdef\"}";
	struct json_members m = JSON_MEMBERS_INIT;
	int wrong = 0, at, c;
	bool good, want;

	/* Each byte value at each place of a string: the fast skip must see
	 * what the slow look sees. */
	for (at = 6; at < 22; at++)
		for (c = 0; c < 256; c++) {
			char saved = text[at];

			text[at] = (char)c;
			want = c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
			if (c == '\\') /* \X is an escape for some X */
				want = at < 21 &&
				    strchr("bf", text[at + 1]) != NULL;
			good = json_object(
			    &m, (struct slice) {text, sizeof(text) - 1});
			wrong += good != want;
			text[at] = saved;
		}
	is_int(wrong, 0, "every byte at every place of a string");
	json_members_release(&m);
}

static void
test_text(void)
{
	struct json_members m = JSON_MEMBERS_INIT;
	struct strbuf scratch = STRBUF_INIT(STRBUF_MAX);
	struct json_value item;
	struct slice s;
	size_t pos = 0;
	long n;

	ok(json_object(&m,
	       SLICE_LIT(
		   "{\"a\":[\"x\", 7 ,\"\\ud83d\\ude00\\n\\u0000\\ud800\"]}")),
	    "parses");
	ok(json_array_next(m.v[0].value.raw, &pos, &item), "first item");
	s = json_text(&item, &scratch);
	ok(slice_eq(s, "x"), "  in place");
	ok(json_array_next(m.v[0].value.raw, &pos, &item), "second item");
	ok(json_long(&item, &n) && n == 7, "  a number");
	ok(json_array_next(m.v[0].value.raw, &pos, &item), "third item");
	s = json_text(&item, &scratch);
	ok(s.n == 9 && memcmp(s.p, "\xf0\x9f\x98\x80\n\0\xef\xbf\xbd", 9) == 0,
	    "  pair, newline, NUL and lone surrogate");
	ok(!json_array_next(m.v[0].value.raw, &pos, &item), "no fourth");
	strbuf_release(&scratch);
	json_members_release(&m);
}

/* Very many keys are compared in another way, with the same verdict. */
static void
test_many_keys(void)
{
	struct json_members m = JSON_MEMBERS_INIT;
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);
	size_t i, at;

	strbuf_addstr(&b, "{\"x\":1");
	for (i = 0; i < 1000; i++)
		strbuf_addf(&b, ",\"%zu\":0", i);
	strbuf_addch(&b, '}');
	ok(json_object(&m, strbuf_slice(&b)), "a thousand keys");
	strbuf_setlen(&b, b.len - 1);
	at = b.len + 1;
	strbuf_addstr(&b, ",\"\\u0034\\u0032\":1}");
	ok(!json_object(&m, strbuf_slice(&b)), "one of them twice");
	is_int(m.error_at, at, "is found where it stands again");
	strbuf_release(&b);
	json_members_release(&m);
}

static void
test_writer(void)
{
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);
	struct jsonw j = JSONW_INIT(&b);
	struct strlist l = STRLIST_INIT;

	strlist_add(&l, "x");
	strlist_add(&l, "y");
	jsonw_open(&j, '{');
	jsonw_key(&j, "a\"\n\x01");
	jsonw_open(&j, '[');
	jsonw_int(&j, -3);
	jsonw_int(&j, INT64_MIN);
	jsonw_int(&j, 0);
	jsonw_double(&j, 0.1);
	jsonw_decimals(&j, 2.50, 3);
	jsonw_decimals(&j, 100, 0);
	jsonw_bool(&j, true);
	jsonw_str(&j, NULL);
	jsonw_double(&j, INFINITY);
	jsonw_decimals(&j, NAN, 3);
	jsonw_str(&j, "\b\f\r\t\\");
	jsonw_close(&j, ']');
	jsonw_key(&j, "b");
	jsonw_slice(&j, SLICE_LIT("\xff\xc3\xa9"));
	jsonw_key(&j, "c");
	jsonw_list(&j, &l);
	jsonw_close(&j, '}');
	is_str(b.s,
	    "{\"a\\\"\\n\\u0001\":[-3,-9223372036854775808,0,0.1,2.5,100,true,null,null,null,"
	    "\"\\b\\f\\r\\t\\\\\"],"
	    "\"b\":\"\xef\xbf\xbd\xc3\xa9\","
	    "\"c\":[\"x\",\"y\"]}",
	    "commas, escapes, numbers");
	strlist_release(&l);
	strbuf_release(&b);
}

/* The byte c in a JSON string, as the header says it. */
static void
quote_plainly(struct strbuf *b, unsigned char c)
{
	static const char escaped[] = "\b\f\n\r\t\"\\", letters[] = "bfnrt\"\\";
	const char *at = c != 0 ? strchr(escaped, c) : NULL;

	if (at != NULL)
		strbuf_addf(b, "\\%c", letters[at - escaped]);
	else if (c < 0x20 || c == 0x7f)
		strbuf_addf(b, "\\u%04x", c);
	else if (c < 0x80)
		strbuf_addf(b, "%c", c);
	else
		strbuf_addstr(b, "\ufffd");
}

/* Each byte at each place of a text, so that every boundary between the steps
 * of the fast path is met, before another of the kind and before none. */
static void
test_quoting(void)
{
	struct strbuf got = STRBUF_INIT(STRBUF_MAX);
	struct strbuf want = STRBUF_INIT(STRBUF_MAX);
	long wrong = 0;

	for (int n = 0; n < 256 * 20 * 2; n++) {
		char text[] = "abcdefghijklmnopqrst";
		size_t place = (size_t)(n / 256 % 20);

		text[place] = (char)(n % 256);
		if (n >= 256 * 20)
			text[19] = '"';
		strbuf_reset(&got);
		strbuf_reset(&want);
		json_quote(&got, (struct slice) {text, 20});
		strbuf_addch(&want, '"');
		for (size_t i = 0; i < 20; i++)
			quote_plainly(&want, (unsigned char)text[i]);
		strbuf_addch(&want, '"');
		wrong += strcmp(got.s, want.s) != 0;
	}
	is_int(wrong, 0, "quoting is what it is one byte at a time");
	strbuf_release(&want);
	strbuf_release(&got);
}

int
main(void)
{
	test_verdicts();
	test_depth();
	test_every_byte_stops();
	test_text();
	test_many_keys();
	test_writer();
	test_quoting();
	return done_testing();
}
