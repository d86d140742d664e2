/* SPDX-License-Identifier: ISC */
#include "common/base/strbuf.h"
#include "common/text/fold.h"

#include "../tap.h"

static const struct {
	const char *text, *folded, *cased;
} cases[] = {
    {"", "", ""},
    {"Plain ASCII text", "plain ascii text", "Plain ASCII text"},
    {"Erd\\H{o}s", "erdos", "Erdos"},
    {"Erdős", "erdos", "Erdos"},
    {"ERDŐS", "erdos", "ERDOS"},
    {"o\xcc\x8b", "o", "o"}, /* a combining mark */
    {"Gro{\\ss}mann", "grossmann", "Grossmann"},
    {"Großmann", "grossmann", "Grossmann"},
    {"Łukasz Ørsted", "lukasz orsted", "Lukasz Orsted"},
    {"ﬁne-tuning", "fine-tuning", "fine-tuning"},
    {"low\xe2\x80\x90rank", "low-rank", "low-rank"},
    {"Co$^4$", "co4", "Co4"},
    {"soft\xc2\xadhyphen", "softhyphen", "softhyphen"},
    {"S\\o ren {\\'E}mile", "soren emile", "Soren Emile"},
    {"漢字", "漢字", "漢字"},
    {"Ren\\' e \\(a \\to b\\) C", "rene a → b c", "Rene a → b C"},
    {"bad \xff byte", "bad \xff byte", "bad \xff byte"},
};

static void
check(const char *text, bool keep_case, const char *want)
{
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);

	fold(&b, slice_of(text), keep_case);
	is_str(b.s, want, "%s%s", text, keep_case ? " with its case" : "");
	strbuf_release(&b);
}

/* Folding piece by piece is folding, and plain pieces stay as they are. */
static void
check_pieces(const char *s)
{
	struct slice text = slice_of(s);
	struct strbuf whole = STRBUF_INIT(STRBUF_MAX);
	struct strbuf parts = STRBUF_INIT(STRBUF_MAX);
	size_t end;

	fold(&whole, text, true);
	for (size_t pos = 0; pos < text.n; pos = end) {
		end = fold_piece(text, pos);
		if (end <= pos || end > text.n)
			break;
		fold(&parts, (struct slice) {s + pos, end - pos}, true);
	}
	is_str(parts.s, whole.s, "pieces of: %s", s);
	strbuf_release(&whole);
	strbuf_release(&parts);
}

int
main(void)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		check(cases[i].text, false, cases[i].folded);
		check(cases[i].text, true, cases[i].cased);
		check_pieces(cases[i].text);
	}
	check_pieces(
	    "  We {study \\'e and $x + y$ of} S\\o ren {unclosed é text");
	ok(fold_is_plain(slice_of("A long enough text, of two blocks {1}.")),
	    "ASCII is plain");
	ok(!fold_is_plain(slice_of("The last byte of the text is one: \\")),
	    "a backslash is not");
	ok(!fold_is_plain(slice_of("$")), "a dollar is not");
	ok(!fold_is_plain(slice_of("é")), "an accent is not");
	return done_testing();
}
