/* SPDX-License-Identifier: ISC */
#include "common/text/detex.h"
#include "common/text/detex_table.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "common/base/utf8.h"
#include "common/base/xalloc.h"

#include "../tap.h"

struct row {
	const char *tex, *text; /* NULL: left as it is */
};

static void
check(const struct row *rows, size_t n)
{
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);

	for (size_t i = 0; i < n; i++) {
		strbuf_reset(&b);
		detex(&b, slice_of(rows[i].tex));
		is_str(b.s, rows[i].text ? rows[i].text : rows[i].tex, "%s%s",
		    rows[i].tex, rows[i].text ? "" : " stays");
	}
	strbuf_release(&b);
}

#define CHECK(rows) check((rows), sizeof(rows) / sizeof((rows)[0]))

static void
test_accents(void)
{
	static const struct row rows[] = {
	    {"Cl\\'ement", "Clément"},
	    {"Erd\\H{o}s", "Erdős"},
	    {"Erd\\H os", "Erdős"},
	    {"{\\\"o}", "ö"},
	    {"\\\"{o}", "ö"},
	    {"{\\\"{o}}", "ö"},
	    {"\\`a \\^e \\~n \\=o \\.z \\u{g} \\v{s} \\c{c}",
		"à ê ñ ō ż ğ š ç"},
	    {"\\k{a} \\r{a} \\d{s} \\b{h}", "ą å ṣ ẖ"},
	    {"\\'{\\i} \\'\\i{} na\\\"\\i ve", "í í naïve"},
	    {"\\^{\\j}", "ĵ"},
	    {"\\t{oo}", "o͡o"},
	    {"\\'{\\^e}", "ế"},
	    {"k\\={a}k\\={a}", "kākā"},
	    {"\\'{E}\\'Ecole", "ÉÉcole"},
	    {"\\'{ж}", "ж\u0301"},
	    /* No accent after all. */
	    {"\\\"quoted\\\"", NULL},
	    {"\\'", NULL},
	    {"\\'{}", NULL},
	    {"\\'{e", NULL},
	    {"\\'{ee}", NULL},
	    {"\\' e", NULL},
	    {"C:\\temp\\data", NULL},
	    {"\\v{sz}", NULL},
	    {"\\vx", NULL},
	};

	CHECK(rows);
}

static void
test_letters(void)
{
	static const struct row rows[] = {
	    {"Gro{\\ss}mann", "Großmann"},
	    {"S{\\o}ren S\\o ren S\\o{}ren \\O", "Søren Søren Søren Ø"},
	    {"\\L{}ukasz Ma\\l a", "Łukasz Mała"},
	    {"\\AA ngstr\\\"om \\ae \\OE", "Ångström æŒ"},
	    {"50\\% R\\&D a\\_b \\#1 \\$5 \\{x\\}", "50% R&D a_b #1 $5 {x}"},
	    {"vs.\\ that", "vs. that"},
	    {"\\copyright{} 2025 \\S 3", "© 2025 § 3"},
	    {"3\\times faster", "3× faster"},
	    {"36.6{\\deg}C", "36.6°C"},
	    {"well\\-known", "wellknown"},
	    {"\\name \\eg x\\footnote{y}", NULL},
	    {"a~b ~10 x/~me", NULL},
	    {"{A, B} {{}}", NULL},
	    {"\\", NULL},
	    {"\\\\", NULL},
	};

	CHECK(rows);
}

static void
test_faces(void)
{
	static const struct row rows[] = {
	    {"\\emph{a \\textbf{b} c}", "a b c"},
	    {"\\texttt{Erd\\H{o}s}", "Erdős"},
	    {"{\\bf bold} {\\em x}", "bold x"},
	    {"\\url{https://a.example/b_c}", "https://a.example/b_c"},
	    {"\\href{https://a.example}{code}", "code (https://a.example)"},
	    {"\\href{https://a.example}{https://a.example}",
		"https://a.example"},
	    {"10\\textsuperscript{th} CO\\textsubscript{2}", "10ᵗʰ CO₂"},
	    {"\\textsuperscript{Q}", NULL},
	    {"\\emph{open", NULL},
	    {"\\emph word", NULL},
	    {"\\href{https://a.example}", NULL},
	};

	CHECK(rows);
}

static void
test_typing(void)
{
	static const struct row rows[] = {
	    {"``quoted'' and ``again''", "“quoted” and “again”"},
	    {"``open", NULL},
	    {"close''", NULL},
	    {"```code''", NULL},
	    {"it's 5''", NULL},
	    {"a--b -- c---d", "a–b – c—d"},
	    {"--help or --all", NULL},
	    {"----", NULL},
	    {"state-of-the-art", NULL},
	};

	CHECK(rows);
}

static void
test_formulas(void)
{
	static const struct row rows[] = {
	    {"$\\times$ $\\alpha$ Co$^4$", "× α Co⁴"},
	    {"$10\\times$ $2\\times 3$ $10 \\times 5$", "10× 2×3 10 × 5"},
	    {"$x_i^2$ $W^V$ $10^{-3}$ $Agent^2$", "xᵢ² Wⱽ 10⁻³ Agent²"},
	    {"$90^\\circ$ $x^*$ $A^\\top$", "90° x* Aᵀ"},
	    {"$\\mathcal{O}(n \\log n)$ $\\log n$", "𝒪(n log n) log n"},
	    {"$\\mathbb{R}^d$ $\\mathcal{L}$", "ℝᵈ ℒ"},
	    {"$\\mathbb{k}$ $\\mathcal{x}$", "𝕜 𝓍"},
	    {"$2\\log n$", "2 log n"},
	    {"$\\log\\alpha$ $\\log2$", "log α log 2"},
	    {"$\\hat{y}$ $\\bar x$ $\\tilde{O}(n)$", "ŷ x̄ Õ(n)"},
	    {"$\\sqrt{T}$ $\\mathrm{KL}$ ${\\bf x}$", "√T KL x"},
	    {"$p < 0.001$ $\\pm 5$ $|d| = 1.4$", "p < 0.001 ±5 |d| = 1.4"},
	    {"$\\operatorname{polylog} d$", "polylog d"},
	    {"\\(\\alpha\\)-fair", "α-fair"},
	    {"$n$-gram, $\\{1,2\\}$, $10{,}000$", "n-gram, {1,2}, 10,000"},
	    {"$a \\not= b$", NULL},
	    {"$\\frac{1}{2}$", NULL},
	    {"$\\sqrt[3]{T}$ $\\sqrt{ab}$", NULL},
	    {"$W^Q$ $_{50:95}$ $\\mathcal{AB}$", NULL},
	    {"$x^{y^2}$ $x^$ $^$ $\\alpha{$", NULL},
	    {"$\\name$ $\\emph{a Cl\\'e$", NULL},
	    {"$$x$$ $ x $ $", NULL},
	    {"costs $5 and $10 or US$3-$4", NULL},
	    {"from $5 per paper to 10$", NULL},
	    {"\\(x \\frac{a}{b}\\) \\(", NULL},
	};

	CHECK(rows);
}

/* What needs no normalization is told by ranges of characters: the answer must
 * be the library's for each of the first two planes. */
static void
test_nfc_of_each(void)
{
	struct strbuf in = STRBUF_INIT(STRBUF_MAX);
	struct strbuf out = STRBUF_INIT(STRBUF_MAX);
	utf8proc_uint8_t *nfc;
	uint32_t cp, bad = 0;

	for (cp = 0x80; cp < 0x20000; cp++) {
		if (cp >= 0xd800 && cp < 0xe000)
			continue;
		strbuf_reset(&in);
		strbuf_reset(&out);
		strbuf_addch(&in, 'e');
		utf8_add(&in, cp);
		strbuf_addch(&in, 'e');
		detex(&out, strbuf_slice(&in));
		nfc = utf8proc_NFC((const utf8proc_uint8_t *)in.s);
		if (nfc == NULL || strcmp((char *)nfc, out.s) != 0)
			bad = cp;
		free(nfc);
	}
	ok(bad == 0, "NFC of each character, the last bad one: U+%04X", bad);
	strbuf_release(&in);
	strbuf_release(&out);
}

static void
test_nfc(void)
{
	static const struct row rows[] = {
	    {"e\u0301", "é"},
	    {"\u212b", "Å"},
	    {"한글 ﬁ € — ≤", NULL},
	    {"e\u0301 \xff", NULL},
	};
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);

	CHECK(rows);
	detex(&b, (struct slice) {"a\0$\\alpha$", 10});
	ok(b.len == 4 && memcmp(b.s, "a\0α", 4) == 0, "a NUL is a byte");
	strbuf_release(&b);
}

static void
test_table(void)
{
	static const char *const names[] = {"AA", "Alpha", "S", "alpha", "b",
	    "in", "log", "neq", "o", "textbf", "zeta", "u", "url", "H"};
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		ok((tex_word(slice_of(names[i])) != NULL) ==
			(strcmp(names[i], "Alpha") != 0),
		    "\\%s is%s in the table", names[i],
		    strcmp(names[i], "Alpha") == 0 ? " not" : "");
}

/* Pseudo-random TeX: valid text stays valid, nothing is read past the end
 * (for the sanitizers), and what is in the text of no token stays. */
static void
test_any_bytes(void)
{
	static const char *const tokens[] = {"\\", "{", "}", "$", "$$", "^",
	    "_", "'", "''", "`", "``", "-", "--", "\\'", "\\H", "\\emph{",
	    "\\href{", "\\(", "\\)", "{\\bf ", "\\textsuperscript{", "\\i", "e",
	    "é", " ", "\\alpha", "\\mathcal", "\\hat", "\\sqrt", "\xcc\x81"};
	struct strbuf in = STRBUF_INIT(STRBUF_MAX), b = STRBUF_INIT(STRBUF_MAX);
	unsigned long seed = 1;
	bool valid = true;
	char *exact;

	for (int round = 0; round < 20000; round++) {
		strbuf_reset(&in);
		strbuf_reset(&b);
		for (int i = 0; i < 12; i++) {
			seed = seed * 6364136223846793005ul +
			    1442695040888963407ul;
			strbuf_addstr(&in,
			    tokens[(seed >> 33) %
				(sizeof(tokens) / sizeof(tokens[0]))]);
		}
		/* Without the NUL of strbuf, for the address sanitizer. */
		exact = xmalloc(in.len);
		memcpy(exact, in.s, in.len);
		detex(&b, (struct slice) {exact, in.len});
		free(exact);
		if (!utf8_valid(b.s, b.len)) {
			printf("# %s\n", in.s);
			valid = false;
		}
	}
	ok(valid, "valid text stays valid");
	strbuf_release(&in);
	strbuf_release(&b);
}

/* Text that a quadratic scan would take hours for. */
static void
test_long(void)
{
	static const char *const units[] = {"{", "}", "\\(", "$ ", "``", "\\'",
	    "\\emph{", "{\\bf ", "\\textsuperscript{", "\\href{", "{\\'"};
	struct strbuf in = STRBUF_INIT(STRBUF_MAX), b = STRBUF_INIT(STRBUF_MAX);
	size_t i;

	for (i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		strbuf_reset(&in);
		strbuf_reset(&b);
		while (in.len < 1000000)
			strbuf_addstr(&in, units[i]);
		detex(&b, strbuf_slice(&in));
		ok(b.len > 0, "a megabyte of %s", units[i]);
		strbuf_reset(&in);
		strbuf_reset(&b);
		for (int n = 0; n < 100000; n++)
			strbuf_addstr(&in, units[i]);
		for (int n = 0; n < 100000; n++)
			strbuf_addstr(&in, "}");
		detex(&b, strbuf_slice(&in));
		ok(b.len > 0, "nested %s", units[i]);
	}
	strbuf_release(&in);
	strbuf_release(&b);
}

int
main(void)
{
	test_accents();
	test_letters();
	test_faces();
	test_typing();
	test_formulas();
	test_nfc();
	test_nfc_of_each();
	test_table();
	test_any_bytes();
	test_long();
	return done_testing();
}
