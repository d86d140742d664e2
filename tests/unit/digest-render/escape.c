/* SPDX-License-Identifier: ISC */
#include "text/escape.h"
#include "../tap.h"
#define WJ "&#8288;"

static const struct {
	void (*escape)(struct strbuf *, struct slice);
	const char *name, *in, *out;
} rows[] = {
    {escape_html, "html", "a<b>&\"'", "a&lt;b&gt;&amp;&quot;&#39;"},
    {escape_html, "html", "a\nb\r\tc", "a b  c"},
    {escape_html, "html", "\x01\x1b[31m\x7f", "[31m"},
    {escape_html, "html", "\xff\xc0\x80z",
	"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdz"},
    {escape_html, "html", "\xe2\x80\xae x\xe2\x80\x8by\xef\xbb\xbf", " xy"},
    {escape_html, "html", "\xc2\x9b\xef\xbf\xbe", "\xef\xbf\xbd"},
    {escape_html, "html", "Cl\xc3\xa9ment", "Cl\xc3\xa9ment"},
    {escape_html_lines, "html lines", "a\n<b", "a\n&lt;b"},
    {escape_slack, "slack", "<!channel> & 'x'", "&lt;!channel&gt; &amp; 'x'"},
    {escape_tty, "tty", "\033]8;;http://x\007t", "]8;;http://xt"},
    {escape_markdown, "markdown", "a_b*c`d[e]<f>",
	"a\\_b\\*c\\`d\\[e\\]\\<f\\>"},
    {escape_markdown, "markdown", "R&D, AT&T, &copy;",
	"R\\&D, AT\\&T, \\&copy;"},
    {escape_markdown, "markdown", "a & b - c: d.", "a & b - c: d."},
    {escape_markdown, "markdown", "# x #1 C#", "\\# x #" WJ "1 C#"},
    {escape_markdown, "markdown", "a/b#7 GH-45 high-4 GH-x",
	"a/b#" WJ "7 GH-" WJ "45 high-4 GH-x"},
    {escape_markdown_text, "markdown text",
	"See www.a.b, ftp://a.b. Raw. a@b.c",
	"See www\\.a.b, ftp\\://a.b. Raw. a@" WJ "b.c"},
    {escape_markdown, "markdown", "- x - y", "\\- x - y"},
    {escape_markdown, "markdown", "+ x + y", "\\+ x + y"},
    {escape_markdown, "markdown", "{{x}} {%y%}", "{\\{x}} {\\%y%}"},
    {escape_markdown, "markdown", "see https://a.b/c", "see https\\://a.b/c"},
    {escape_markdown, "markdown", "www.a.b", "www\\.a.b"},
    {escape_markdown, "markdown", "@me a@b @ x", "@" WJ "me a@" WJ "b @ x"},
    {escape_markdown, "markdown", ":smile: a: b", "\\:smile: a: b"},
    {escape_markdown_text, "markdown text", "see https://a.b/c_d.",
	"see <https://a.b/c_d>."},
    {escape_markdown_text, "markdown text", "(http://a.b/x) y_z",
	"(<http://a.b/x>) y\\_z"},
    {escape_markdown_text, "markdown text", "javascript://a.b/",
	"javascript\\://a.b/"},
    {escape_markdown_text, "markdown text", "https://", "https\\://"},
    {escape_bibtex, "bibtex", "100% of R&D_1 #2", "100\\% of R\\&D\\_1 \\#2"},
    {escape_bibtex, "bibtex", "$\\frac{1}{2}$ and $x_1$",
	"$\\frac{1}{2}$ and $x_1$"},
    {escape_bibtex, "bibtex", "$\\input{x}$",
	"\\$\\textbackslash{}input\\textbraceleft{}x\\textbraceright{}\\$"},
    {escape_bibtex, "bibtex", "$a^^5cb$",
	"\\$a\\textasciicircum{}\\textasciicircum{}5cb\\$"},
    {escape_bibtex, "bibtex", "5$ or {", "5\\$ or \\textbraceleft{}"},
    {escape_url, "url", "https://a.b/(x) 'y'\"<z>",
	"https://a.b/%28x%29%20%27y%27%22%3Cz%3E"},
    {escape_url, "url", "a%20b%zz#c#d", "a%20b%25zz#c%23d"},
    {escape_url, "url", "\xc3\xa9", "%C3%A9"},
};

static void
test_escapes(void)
{
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		strbuf_reset(&b);
		rows[i].escape(&b, slice_of(rows[i].in));
		is_str(b.s, rows[i].out, "%s: row %zu", rows[i].name, i);
	}
	/* A slice ends where it ends, in the middle of a character too. */
	strbuf_reset(&b);
	escape_html(&b, (struct slice) {"\xc3\xa9", 1});
	is_str(b.s, "\xef\xbf\xbd", "a cut character");
	strbuf_reset(&b);
	escape_tty(&b, (struct slice) {"a\0b", 3});
	is_int(b.len, 2, "NUL is dropped");
	strbuf_release(&b);
}

static void
test_web(void)
{
	static const char *const good[] = {
	    "http://a", "https://a.b/c", "HTTPS://A"};
	static const char *const bad[] = {"javascript:alert(1)", "https://",
	    "//a.b", "ftp://a", " https://a", "https:///a", "https://-", "",
	    "data:text/html,x"};
	size_t i;

	for (i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		ok(url_is_web(slice_of(good[i])), "web: %s", good[i]);
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ok(!url_is_web(slice_of(bad[i])), "not web: '%s'", bad[i]);
}

int
main(void)
{
	test_escapes();
	test_web();
	return done_testing();
}
