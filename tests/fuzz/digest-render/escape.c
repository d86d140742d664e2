/* SPDX-License-Identifier: ISC */
#include <ctype.h>
#include <string.h>

#include "text/escape.h"
#include "text/mime.h"
#include "common/base/compat.h"
#include "common/base/utf8.h"

#include "../fuzz.h"

static struct strbuf out = STRBUF_INIT(STRBUF_MAX);

static void
has_none_of(const char *bytes)
{
	for (size_t i = 0; i < out.len; i++)
		FUZZ_ASSERT(
		    out.s[i] == '\0' || strchr(bytes, out.s[i]) == NULL);
}

/* Nothing that moves a cursor, hides or reorders. */
static void
is_visible(void)
{
	size_t i, len;

	FUZZ_ASSERT(utf8_valid(out.s, out.len));
	for (i = 0; i < out.len; i += len)
		FUZZ_ASSERT(!utf8_is_invisible(
		    utf8_decode(out.s + i, out.len - i, &len)));
}

/* Every & begins one of the entities we write. */
static void
has_only_entities(void)
{
	static const char *const known[] = {
	    "&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};
	size_t i, k;

	for (i = 0; i < out.len; i++) {
		if (out.s[i] != '&')
			continue;
		for (k = 0; k < 5; k++)
			if (strncmp(out.s + i, known[k], strlen(known[k])) == 0)
				break;
		FUZZ_ASSERT(k < 5);
	}
}

static void
check_html(struct slice s)
{
	strbuf_reset(&out);
	escape_html(&out, s);
	is_visible();
	has_none_of("<>\"'");
	has_only_entities();
	strbuf_reset(&out);
	escape_slack(&out, s);
	is_visible();
	has_none_of("<>");
	has_only_entities();
}

/* True if the byte at i stands behind an odd number of backslashes. */
static bool
is_escaped(size_t i)
{
	size_t n = 0;

	while (n < i && out.s[i - n - 1] == '\\')
		n++;
	return n % 2 == 1;
}

/* No markup, no entity, no template, no link of a name or a tag. */
static void
check_markdown(struct slice s)
{
	strbuf_reset(&out);
	escape_markdown(&out, s);
	is_visible();
	for (size_t i = 0; i < out.len; i++) {
		char c = out.s[i], next = out.s[i + 1];

		if (is_escaped(i) || c == '\0')
			continue;
		FUZZ_ASSERT(strchr("`*_[]<>|~$", c) == NULL);
		FUZZ_ASSERT(i > 0 || strchr("#+-=", c) == NULL);
		FUZZ_ASSERT(c != '@' || !isalnum((unsigned char)next));
		/* But the one that keeps @ and # from what follows. */
		FUZZ_ASSERT(c != '&' ||
		    (i > 0 && strchr("@#-", out.s[i - 1]) != NULL &&
			strncmp(out.s + i, "&#8288;", 7) == 0) ||
		    (next != '#' && !isalpha((unsigned char)next)));
		FUZZ_ASSERT(c != '{' || (next != '{' && next != '%'));
		FUZZ_ASSERT(c != '\\' ||
		    strchr("\\`*_[]<>|~$&{%#@:.+-=", next) != NULL);
	}
}

static void
check_terminal(struct slice s)
{
	strbuf_reset(&out);
	escape_tty(&out, s);
	is_visible();
}

/* As many lines and tabs as came in, and nothing else that acts. */
static void
check_lines(struct slice s)
{
	size_t i, len, kept = 0, came = 0;

	for (i = 0; i < s.n; i++)
		came += s.p[i] == '\n' || s.p[i] == '\t';
	strbuf_reset(&out);
	escape_lines(&out, s);
	FUZZ_ASSERT(utf8_valid(out.s, out.len));
	for (i = 0; i < out.len; i += len) {
		uint32_t c = utf8_decode(out.s + i, out.len - i, &len);

		kept += c == '\n' || c == '\t';
		FUZZ_ASSERT(c == '\n' || c == '\t' || !utf8_is_invisible(c));
	}
	FUZZ_ASSERT(kept == came);
}

/* Printable ASCII; lines go on only with a blank, and none is longer than
 * mail allows. */
static void
check_mail(struct slice s)
{
	size_t start = 0;

	strbuf_reset(&out);
	mime_header(&out, "Subject", s);
	FUZZ_ASSERT(out.len > 0 && out.s[out.len - 1] == '\n');
	for (size_t i = 0; i < out.len; i++) {
		unsigned char c = (unsigned char)out.s[i];

		FUZZ_ASSERT(c == '\n' || (c >= 0x20 && c < 0x7f));
		if (c != '\n')
			continue;
		FUZZ_ASSERT(i - start <= 998);
		FUZZ_ASSERT(i + 1 == out.len || out.s[i + 1] == ' ');
		start = i + 1;
	}
	strbuf_reset(&out);
	mime_quoted(&out, s);
	start = 0;
	for (size_t i = 0; i < out.len; i++) {
		unsigned char c = (unsigned char)out.s[i];

		FUZZ_ASSERT(c == '\n' || (c >= 0x20 && c < 0x7f));
		if (c == '\n') {
			FUZZ_ASSERT(i - start <= 76);
			start = i + 1;
		}
	}
}

/* Braces balance, and no command that reads or writes is left. */
static void
check_bibtex(struct slice s)
{
	static const char *const never[] = {"\\input", "\\write", "\\openout",
	    "\\include", "\\def", "\\catcode", "\\csname", "^^"};
	long depth = 0;

	strbuf_reset(&out);
	escape_bibtex(&out, s);
	is_visible();
	for (size_t i = 0; i < out.len; i++) {
		depth += (out.s[i] == '{') - (out.s[i] == '}');
		FUZZ_ASSERT(depth >= 0);
	}
	FUZZ_ASSERT(depth == 0);
	for (size_t k = 0; k < sizeof(never) / sizeof(*never); k++)
		FUZZ_ASSERT(
		    memmem(out.s, out.len, never[k], strlen(never[k])) == NULL);
}

/* No formula, no separator outside of quotes, and quotes in pairs. */
static void
check_cells(struct slice s)
{
	bool quoted = false;

	strbuf_reset(&out);
	escape_cell(&out, s, '\t');
	is_visible();
	has_none_of("\t\r\n");
	FUZZ_ASSERT(out.len == 0 || strchr("=+-@", out.s[0]) == NULL);
	strbuf_reset(&out);
	escape_cell(&out, s, ',');
	is_visible();
	for (size_t i = 0; i < out.len; i++) {
		quoted ^= out.s[i] == '"';
		FUZZ_ASSERT(quoted || out.s[i] != ',');
	}
	FUZZ_ASSERT(!quoted);
	FUZZ_ASSERT(
	    out.len == 0 || strchr("=+-@", out.s[out.s[0] == '"']) == NULL);
}

static void
check_urls(struct slice s)
{
	strbuf_reset(&out);
	escape_url(&out, s);
	has_none_of(" \t\r\n<>\"'()`\\{}|^");
}

/* What is invisible makes no difference: it must not part, before it goes,
 * what is dangerous together. */
static void
check_order(struct slice s)
{
	static void (*const escapes[])(struct strbuf *, struct slice) = {
	    escape_html, escape_slack, escape_markdown, escape_markdown_text,
	    escape_bibtex};
	struct strbuf clean = STRBUF_INIT(STRBUF_MAX);
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);

	escape_tty(&clean, s);
	for (size_t i = 0; i < sizeof(escapes) / sizeof(*escapes); i++) {
		strbuf_reset(&out);
		strbuf_reset(&b);
		escapes[i](&out, s);
		escapes[i](&b, strbuf_slice(&clean));
		FUZZ_ASSERT(slice_same(strbuf_slice(&out), strbuf_slice(&b)));
	}
	strbuf_release(&clean);
	strbuf_release(&b);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct slice s = {(const char *)data, n};

	check_html(s);
	check_markdown(s);
	check_terminal(s);
	check_lines(s);
	check_mail(s);
	check_bibtex(s);
	check_cells(s);
	check_urls(s);
	check_order(s);
	strbuf_release(&out);
	return 0;
}
