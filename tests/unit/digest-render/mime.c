/* SPDX-License-Identifier: ISC */
#include "text/mime.h"
#include "../tap.h"

static const struct {
	const char *in, *out;
} headers[] = {
    {"plain", "S: plain\n"},
    {"a\r\nBcc: b@c", "S: a Bcc: b@c\n"},
    {"=?UTF-8?Q?x?=", "S: =?UTF-8?B?PT9VVEYtOD9RP3g/PQ==?=\n"},
    {"\xc3\xa9", "S: =?UTF-8?B?w6k=?=\n"},
    {"one two three four five six seven eight nine ten eleven twelve "
     "thirteen fourteen",
	"S: one two three four five six seven eight nine ten eleven twelve "
	"thirteen\n fourteen\n"},
    {"", "S: \n"},
    {" two  blanks ", "S: two blanks\n"},
};

static const struct {
	const char *in, *out;
} bodies[] = {
    {"a=b\n", "a=3Db\n"},
    {"x \ny\t\n", "x=20\ny=09\n"},
    {".\n..\nFrom me\n", "=2E\n=2E.\n=46rom me\n"},
    {"\xc3\xa9", "=C3=A9"},
    {"\r\n", "=0D\n"},
    {"123456789.123456789.123456789.123456789."
     "123456789.123456789.123456789.12345.",
	"123456789.123456789.123456789.123456789."
	"123456789.123456789.123456789.12345=\n=2E"},
};

static const struct {
	moment_t t;
	const char *out;
} dates[] = {
    {0, "Thu, 1 Jan 1970 00:00:00 +0000"},
    {1760700000, "Fri, 17 Oct 2025 11:20:00 +0000"},
    {951782399, "Mon, 28 Feb 2000 23:59:59 +0000"},
};

/* Lines within RFC 2047's limits, encoded words within theirs. */
static void
test_long_header(void)
{
	struct strbuf in = STRBUF_INIT(STRBUF_MAX);
	struct strbuf out = STRBUF_INIT(STRBUF_MAX);
	size_t i, line = 0, longest = 0;

	for (i = 0; i < 200; i++)
		strbuf_addstr(&in, "\xe6\xbc\xa2");
	mime_header(&out, "Subject", strbuf_slice(&in));
	for (i = 0; i < out.len; i++) {
		line = out.s[i] == '\n' ? 0 : line + 1;
		longest = line > longest ? line : longest;
		if (out.s[i] == '\n' && i + 1 < out.len)
			ok(out.s[i + 1] == ' ', "line %zu is folded", i);
	}
	ok(longest <= 76, "no line is longer than 76: %zu", longest);
	strbuf_release(&in);
	strbuf_release(&out);
}

int
main(void)
{
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);
	size_t i;

	for (i = 0; i < sizeof(headers) / sizeof(headers[0]); i++) {
		strbuf_reset(&b);
		mime_header(&b, "S", slice_of(headers[i].in));
		is_str(b.s, headers[i].out, "header %zu", i);
	}
	for (i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
		strbuf_reset(&b);
		mime_quoted(&b, slice_of(bodies[i].in));
		is_str(b.s, bodies[i].out, "body %zu", i);
	}
	for (i = 0; i < sizeof(dates) / sizeof(dates[0]); i++) {
		strbuf_reset(&b);
		mime_date(&b, dates[i].t);
		is_str(b.s, dates[i].out, "date %zu", i);
	}
	strbuf_reset(&b);
	mime_addresses(&b, "To", slice_of("\"Ek, \xc3\x85sa\" <a@b.c>, d@e.f"));
	is_str(b.s, "To: =?UTF-8?B?RWssIMOFc2E=?= <a@b.c>,\n d@e.f\n",
	    "a comma in a name");
	strbuf_release(&b);
	test_long_header();
	return done_testing();
}
