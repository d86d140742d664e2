/* SPDX-License-Identifier: ISC */
#include "text/terminal.h"
#include "../tap.h"

static const struct {
	const char *in;
	size_t width, indent, column;
	const char *out;
} rows[] = {
    {"", 40, 0, 0, "\n"},
    {"one two", 40, 0, 0, "one two\n"},
    {"one two three", 12, 0, 0, "one two\nthree\n"},
    {"one two three", 14, 2, 2, "one two\n  three\n"},
    {"  one  ", 40, 0, 0, "one\n"},
    {"abcdefghijklmnopqrst", 12, 0, 0, "abcdefghijkl\nmnopqrst\n"},
    /* A first line that begins further to the right. */
    {"one two three four", 20, 2, 8, "one two\n  three four\n"},
    /* Wide characters take two columns. */
    {"\xe6\xbc\xa2\xe6\xbc\xa2\xe6\xbc\xa2 \xe6\xbc\xa2\xe6\xbc\xa2\xe6\xbc\xa2",
	12, 0, 0,
	"\xe6\xbc\xa2\xe6\xbc\xa2\xe6\xbc\xa2\n"
	"\xe6\xbc\xa2\xe6\xbc\xa2\xe6\xbc\xa2\n"},
    /* Combining ones none. */
    {"e\xcc\x81 e\xcc\x81 e\xcc\x81 e\xcc\x81 e\xcc\x81 e\xcc\x81", 11, 0, 0,
	"e\xcc\x81 e\xcc\x81 e\xcc\x81 e\xcc\x81 e\xcc\x81 e\xcc\x81\n"},
    /* Narrower than the indent: text all the same. */
    {"one two three", 4, 8, 8, "one two\n        three\n"},
};

int
main(void)
{
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct wrap w = {
		    &b, rows[i].width, rows[i].indent, rows[i].column, "", ""};

		strbuf_reset(&b);
		wrap_text(&w, slice_of(rows[i].in));
		is_str(b.s, rows[i].out, "row %zu", i);
	}
	strbuf_reset(&b);
	wrap_text(
	    &(struct wrap) {&b, 12, 0, 0, "<", ">"}, slice_of("one two three"));
	is_str(b.s, "<one two>\n<three>\n", "what stands around each line");
	is_int(terminal_columns(slice_of("a\xe6\xbc\xa2")), 3, "columns");
	is_int(terminal_fit(slice_of("a\xe6\xbc\xa2"), 2), 1,
	    "half a character does not fit");
	strbuf_release(&b);
	return done_testing();
}
