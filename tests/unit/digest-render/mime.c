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

/* The header, or the one that is no address. */
static const struct {
	const char *in, *out;
} addresses[] = {
    {"a@b.c", "To: a@b.c\n"},
    {"reader", "To: reader\n"},
    {"Ada Example <ada@example.org>", "To: Ada Example <ada@example.org>\n"},
    {"<ada@example.org>", "To: ada@example.org\n"},
    {"\"Ek, \xc3\x85sa\" <a@b.c>, d@e.f",
	"To: =?UTF-8?B?RWssIMOFc2E=?= <a@b.c>,\n d@e.f\n"},
    {"\xc3\x85sa Ek <a@b.c>", "To: =?UTF-8?B?w4VzYSBFaw==?= <a@b.c>\n"},
    {"\"Ek, Asa\" <a@b.c>", "To: \"Ek, Asa\" <a@b.c>\n"},
    {"\"A \\\"b\\\\\" <a@b.c>", "To: \"A \\\"b\\\\\" <a@b.c>\n"},
    {"Q. Public <a@b.c>", "To: \"Q. Public\" <a@b.c>\n"},
    {"a@[127.0.0.1]", "To: a@[127.0.0.1]\n"},
    {"", ""},
    {"a@b.c,", ""},
    {"a@b.c, reader", "reader"},
    {"a@", "a@"},
    {"@b", "@b"},
    {"a b@c.d", "a b@c.d"},
    {"a@b c", "a@b c"},
    {"Zo\xc3\xab, \xc3\x84rger <z@example.org>", "Zo\xc3\xab"},
    {"Ek, Asa <a@b.c>", "Ek"},
    {"a@b.c\nBcc: d@e.f", "a@b.c\nBcc: d@e.f"},
    {"A <a@b.c", "A <a@b.c"},
    {"A <a@b.c> c", "A <a@b.c> c"},
    {"A@B <a@b.c>", "A@B <a@b.c>"},
    {"\"A <a@b.c>", "\"A <a@b.c>"},
    {"A <a@b@c>", "A <a@b@c>"},
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
	struct slice wrong;
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
	for (i = 0; i < sizeof(addresses) / sizeof(addresses[0]); i++) {
		strbuf_reset(&b);
		if (mime_check(slice_of(addresses[i].in), &wrong))
			mime_addresses(&b, "To", slice_of(addresses[i].in));
		else
			strbuf_addslice(&b, wrong);
		is_str(b.s, addresses[i].out, "address %zu", i);
	}
	strbuf_release(&b);
	test_long_header();
	return done_testing();
}
