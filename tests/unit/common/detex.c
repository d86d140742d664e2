/* SPDX-License-Identifier: ISC */
#include "common/text/detex.h"
#include "common/text/detex_parts.h"

#include <stdint.h>
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
	    {"Ren\\' e, Schr\\\" odinger, Poincar\\'  e",
		"René, Schrödinger, Poincaré"},
	    {"\\\"quoted\\\" else \\\" e", NULL},
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
	    {"a~b ~10 x/~me", NULL},
	    {"{A, B} {{}}", NULL},
	    {"\\", NULL},
	    {"\\\\", NULL},
	    {"\\guillemotleft quote\\guillemotright", "«quote»"},
	    {"X{\\guillemotleft}y", "X«y"},
	    {"5 \\texteuro{} 5 {\\texteuro}", "5 € 5 €"},
	    {"\\textcommabelow{s} \\textcommabelow T", "ș Ț"},
	    {"{\\textbackslash}n \\textbackslash", "\\n \\"},
	    {"\\eg a, \\ie b, Smith \\etal", "e.g. a, i.e. b, Smith et al."},
	    {"F\\b{eta}-score \\r{ho} \\k{appa}", "Fβ-score ρ κ"},
	    {"\\unicode{x2014} $\\unicode{x2013}$ \\unicode{8212}", "— – —"},
	    {"line \\\\ break \\\\", "line break "},
	    {"\\name x\\footnote{y} \\ourmodel{} \\d \\w+ \\n",
		"\\name x (y) \\ourmodel{} \\d \\w+ \\n"},
	    {"C:\\\\temp \\\\server", NULL},
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
	    {"\\emph{open", NULL},
	    {"\\emph word", NULL},
	    {"\\href{https://a.example}", NULL},
	    {"\\textcolor{red}{a} {\\color{blue} b} \\color{red}c", "a b c"},
	    {"\\footnote{see \\url{https://a.example/b}}",
		" (see https://a.example/b)"},
	    {"\\cite{a,b} \\citep[see][]{c} \\ref{fig:x} \\eqref{e}",
		"[a,b] [c] [fig:x] [e]"},
	    {"\\texorpdfstring{$x^2$}{x2} \\SI{10}{nm} \\num{16.5}",
		"x2 10 nm 16.5"},
	    {"\\label{x}a\\hspace{1em}b \\bf x", "a b x"},
	    {"\\ce{H2O} \\ce{SO4^2-} \\ce{^{13}CO} \\ce{Na+} \\ce{2H2 + O2 -> 2H2O}",
		"H₂O SO₄²⁻ ¹³CO Na⁺ 2H₂ + O₂ → 2H₂O"},
	    {"\\ce{Fe3O4(s)} \\ce{La_{1.8}Sr_{0.2}CuO4} \\ce{C-H}",
		"Fe₃O₄(s) La_(1.8)Sr_(0.2)CuO₄ C-H"},
	    {"\\ce{\\alpha}", "\\ceα"},
	    {"\\textsuperscript{Q} \\textsuperscript{open",
		"^Q \\textsuperscript{open"},
	    {"{\\sc Name} {\\small x} {\\HI} {\\LaTeX}", "Name x H I LaTeX"},
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
	    {"Fig.~1, et~al.~\\cite{x}, 10~GeV, models~(LLMs), $x$~m",
		"Fig. 1, et al. [x], 10 GeV, models (LLMs), x m"},
	    {"5~10 ~10 (~5%) 0.94x~1.16x 5GB~10GB x~N(0,1) a/b~c me@x~y", NULL},
	    {"http://a.example/~me x~y", NULL},
	    {"5$-$6 word$-$word $-$5 67$--$68", "5–6 word–word -5 67–68"},
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
	    {"$\\sim$10, 5$\\times$10$^{3}$, MgB$_2$11, $N$-1, $>$350B",
		"∼10, 5×10³, MgB₂11, N-1, >350B"},
	    {"$a \\not= b$ $x\\not\\in A$ $\\not\\!E_T$",
		"a ≠ b x∉A E\u0338_T"},
	    {"$\\frac{1}{2}$ $\\frac{a+b}{2c}$ $2\\frac{x}{y}z$ $\\tfrac12\\pi$ $1\\over 2$ ${a\\over b+c}$",
		"½ (a+b)/(2c) 2 x/y z ½π ½ a/(b+c)"},
	    {"$\\sqrt[3]{T}$ $\\sqrt{ab}$ $\\sqrt{s_{NN}}$ $\\sqrt[n]{x}$ $\\sqrt{1+x^2}$",
		"∛T √(ab) √(s_NN) ⁿ√x √(1+x²)"},
	    {"$W^Q$ AP$_{50:95}$ $\\mathcal{AB}$", "W^Q AP_(50:95) 𝒜ℬ"},
	    {"$x^{y^2}$ $\\mathbb{F}_{q^m}^3$ $e^{-x^2/2}$ $2^{(n\\log n)R}$",
		"x^(y²) 𝔽_(qᵐ)³ e^(-x²/2) 2^((n log n)R)"},
	    {"$M_\\odot$ $M_{200}$ $T_{\\rm c1}$ $k_BT$ $T_{\\rm eff}$ $g_{\\mu\\nu}T^{\\mu\\nu}$",
		"M_⊙ M₂₀₀ T_(c1) k_B T T_eff g_μν T^μν"},
	    {"$\\log_{10}M$ $\\sin^2\\theta$ $\\kappa = \\log n$ $\\min_{x}f(x)$",
		"log₁₀ M sin² θ κ = log n minₓ f(x)"},
	    {"$30^{\\rm o}$ 30$^o$ $^{\\rm o}$ $n^o$", "30° 30° ° nᵒ"},
	    {"$^{13}$CO H$_2$O $^{238}_{92}$U $\\rm CO_2$",
		"¹³CO H₂O ²³⁸₉₂U CO₂"},
	    {"$\\bar{B}^0_s$ $\\overline{MS}$ $\\dot M$ $\\vec{x}$ $\\hat{\\imath}$ $\\bar{Y_\\mathrm{b}}$",
		"B\u0304⁰ₛ M\u0305S\u0305 Ṁ x\u20d7 î Ȳ_b"},
	    {"$\\left(\\frac{a}{b}\\right]$ $\\big|x\\big|$ $\\left.x\\right|_0$ $\\left<x\\right>$",
		"(a/b] |x| x|₀ ⟨x⟩"},
	    {"$\\mathfrak{su}(2)$ ${\\cal N}=4$ $\\mathscr F$ $\\mathbb{1}$ $\\Bbb R$ $\\Z/2\\Z$",
		"𝔰𝔲(2) 𝒩=4 ℱ 𝟙 ℝ ℤ/2ℤ"},
	    {"$f'(x)$ $B''$ $x'_i$ $''$", "f′(x) B″ x′ᵢ ″"},
	    {"$10\\,{\\rm km\\,s^{-1}}$ $10~\\mathrm{GeV}$ 10$\\,$GeV",
		"10 km s⁻¹ 10 GeV 10 GeV"},
	    {"$\\ket{\\psi}\\bra{\\phi}$ $\\langle x^2 \\rangle$ $\\binom{n}{k}$ $a \\pmod 3$",
		"|ψ⟩⟨ϕ| ⟨x²⟩ (n choose k) a (mod 3)"},
	    {"$\\mathcal{C}^{\\infty}$ $x^{\\pm}y$ $B\\to K^*\\mu^+\\mu^-$",
		"𝒞^∞ x^±y B→K*μ⁺μ⁻"},
	    {"$12^{+3}_{-2}$ $0.2^{+0.1}_{-0.1}$ $Z^{(*)}$ ${}^3S_1^{[1]}$",
		"12⁺³₋₂ 0.2^(+0.1)_(-0.1) Z⁽*⁾ ³S₁^[1]"},
	    {"\\(x \\frac{a}{b}\\) \\[a=b\\] $$x$$ a\\[x\\]b",
		"x a/b a=b x a x b"},
	    {"\\begin{equation} a = b \\end{equation}", "a = b"},
	    {"\\begin{pmatrix} a & b \\end{pmatrix}", NULL},
	    {"$$\\begin{cases} a & b \\end{cases}$$ $\\xrightarrow{d}$ $\\overset{!}{=}$",
		NULL},
	    {"$ \\alpha $ $ n $ $ x = 3$ $ 7.5-11 $", "α n x = 3 7.5-11"},
	    {"$2k-$twin $3-$body $p$-adic $n$1", "2k-twin 3-body p-adic n1"},
	    {"$p_T > 5 GeV$ $f(x) = exp(-x)$ $Maj(a, b)$",
		"p_T > 5 GeV f(x) = exp(-x) Maj(a, b)"},
	    {"$x^ $ $^$ $\\alpha{$ $x_\\rm$ $}$ $\\unknown{x}$", NULL},
	    {"$\\text{for all } x$ $\\mathrm{d}x$ $x\\ \\text{is}\\ y$",
		"for all x dx x is y"},
	    {"H_{2}O, 10^{-3}, CO_{2}, 10^\\circ, M_\\odot, a_b, x^2",
		"H₂O, 10⁻³, CO₂, 10°, M_⊙, a_b, x^2"},
	    {"$\\overline{S(3,q+1)}$ $\\widehat{a+b}$", NULL},
	};

	CHECK(rows);
}

/* Dollars that stand for themselves, and what looks like TeX and is none. */
static void
test_neighbours(void)
{
	static const struct row rows[] = {
	    {"costs $5 and $10 or US$3-$4", NULL},
	    {"from $5 to $6", NULL},
	    {"from $.50 to $.75 each", NULL},
	    {"costs $20,000 and $30,000", NULL},
	    {"\\$5 and $\\alpha$", "$5 and α"},
	    {"($6.0<$log(x)$<9.5$)", "(6.0<log(x)<9.5)"},
	    {"$\\frac{a}{24}\\left(8n\\right)$ $(\\frac{a}{b})$",
		"a/24 (8n) (a/b)"},
	    {"$ AdS_3 \\times S^3 $ and $ 0 < r < q-1$",
		"AdS₃ × S³ and 0 < r < q-1"},
	    {"$ 4 and $ 5 \\% off", "$ 4 and $ 5 % off"},
	    {"n \\log n, \\inf x", "n \\log n, \\inf x"},
	    {"Phys. Lett. {\\bf134}, {\\sc[O ii]}", "Phys. Lett. 134, [O ii]"},
	    {"amyloid-\\textbeta{} by \\Acp{PPC}", "amyloid-β by PPC"},
	    {"\\$500 - \\$1,000 per item", "$500 - $1,000 per item"},
	    {"from $5 per paper to 10$", NULL},
	    {"$10/$MWh and $5/$GB", NULL},
	    {"$HOME/$USER", NULL},
	    {"about $5. The $\\alpha$ of $x$", "about $5. The α of x"},
	    {"$50,000 to $60,000, $1.5B/$2B", NULL},
	    {"$ 5 to $ 6", NULL},
	    {"($/MWh) and ($/kWh)", NULL},
	    {"lone $ here", NULL},
	    {"snake_case_name file_name.txt a_b_c x^2 {A, B} user@host.example",
		NULL},
	};

	CHECK(rows);
}

/* The rarer ways through, and what they do with too little. */
static void
test_corners(void)
{
	static const struct row rows[] = {
	    {"a \\to b \\in C \\rightarrow d", "a \\to b \\in C → d"},
	    {"a\\quad b \\noindent c", "a b c"},
	    {"10{,}000 in text, {\\sc in}", "10,000 in text, in"},
	    {"\\footnote*{x} $\\operatorname*{Tr} x$", " (x) Tr x"},
	    {"\\begin{equation} a", NULL},
	    {"\\begin x \\v{", NULL},
	    {"\\t{ \\t oo \\t{o \\'", NULL},
	    {"$\\log\\hat x$ $2\\log\\frac ab$", "log x\u0302 2 log a/b"},
	    {"$a\\quad b\\!c$ $\\limits$", "a bc "},
	    {"$\\textcolor{red}{x}$ $\\textcolor x$ $\\url{a_b}$ $\\url x$",
		"x $\\textcolor x$ a_b $\\url x$"},
	    {"$a\\hspace{1em}b$ $\\hspace$", "a b $\\hspace$"},
	    {"$\\cal\\cal\\cal\\cal\\cal\\cal\\cal\\cal\\cal\\cal\\cal\\cal\\cal\\cal\\cal\\cal\\cal X$",
		NULL},
	    {"$\\sqrt[q]{x}$ $\\sqrt[3$", NULL},
	    {"$\\ce{\\alpha}$ $\\ce{H2O}$", "$\\ce{\\alpha}$ H₂O"},
	    {"$\\|x\\|$ $\\left\\|x\\right\\|$", "‖x‖ ‖x‖"},
	    {"$x^{abcdefghijklmnopabcdefghijklmnopabcdefghijklmnopabcdefghijklmnopa}$",
		"x^abcdefghijklmnopabcdefghijklmnopabcdefghijklmnopabcdefghijklmnopa"},
	    {"\\unicode{} \\unicode{xD800} \\unicode{-5} \\unicode{12345678901234567890}",
		NULL},
	    {"$\\href{a.example/b}{code}$ $\\href{a}{a}$ $\\href{a}$",
		"code (a.example/b) a $\\href{a}$"},
	};
	struct strbuf small;

	CHECK(rows);
	for (size_t max = 1; max < 60; max++) {
		strbuf_init(&small, max);
		detex(&small,
		    slice_of("$\\frac{\\bar{ab}}{\\mathcal{CDE}}$ "
			     "$T_{c1}^{2n}\\sqrt{x+y}$ \\ce{H2O}"));
		if (small.len > max)
			ok(false, "no more than %zu bytes", max);
		strbuf_release(&small);
	}
}

/* For LaTeX formulas stay as they are, whatever encloses them. */
static void
test_kept_formulas(void)
{
	static const struct row rows[] = {
	    {"The $\\Sigma$ of \\'e, $x^2$ and $ N=4 $",
		"The $\\Sigma$ of é, $x^2$ and $N=4$"},
	    {"\\(a_1\\), \\[b\\] and $$c$$", "$a_1$, $b$ and $c$"},
	    {"\\$5 to $6 or $7", "$5 to $6 or $7"},
	};
	static const struct {
		const char *text;
		size_t n;
	} lengths[] = {
	    {"$x$ $y$", 3},
	    {"$\\unknown{x}$1", 13},
	    {"$5 to $6", 0},
	    {"$5", 0},
	    {"$$x$$", 0},
	    {"x", 0},
	    {"", 0},
	};
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		strbuf_reset(&b);
		detex_text(&b, slice_of(rows[i].tex));
		is_str(b.s, rows[i].text, "for LaTeX: %s", rows[i].tex);
	}
	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++)
		ok(detex_formula(slice_of(lengths[i].text)) == lengths[i].n,
		    "the formula that begins: %s", lengths[i].text);
	strbuf_release(&b);
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
	detex(&b, slice_of("$\\,\\frac ab$"));
	ok(strcmp(b.s + 2, "α a/b") == 0, "what is there has no effect: %s",
	    b.s + 2);
	strbuf_release(&b);
}

static void
test_table(void)
{
	static const char *const names[] = {"AA", "alph", "S", "alpha", "b",
	    "in", "log", "neq", "o", "textbf", "zeta", "u", "url", "H"};
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		ok((tex_word(slice_of(names[i])) != NULL) ==
			(strcmp(names[i], "alph") != 0),
		    "\\%s is%s in the table", names[i],
		    strcmp(names[i], "alph") == 0 ? " not" : "");
}

/* Pseudo-random TeX: valid text stays valid, nothing is read past the end
 * (for the sanitizers), and what is in the text of no token stays. */
static void
test_any_bytes(void)
{
	static const char *const tokens[] = {"\\", "{", "}", "$", "$$", "^",
	    "_", "'", "''", "`", "``", "-", "--", "\\'", "\\H", "\\emph{",
	    "\\href{", "\\(", "\\)", "{\\bf ", "\\textsuperscript{", "\\i", "e",
	    "é", " ", "\\alpha", "\\mathcal", "\\hat", "\\sqrt", "\xcc\x81",
	    "\\frac", "\\over", "\\cal", "\\rm", "\\[", "\\]", "~", "\\not",
	    "\\ce{", "\\left", "\\log", "[", "]", "\\begin{a}", "\\end{a}",
	    "\\cite", "\\color{", "2", "-1", "x", "}", "}", "$"};
	struct strbuf in = STRBUF_INIT(STRBUF_MAX), b = STRBUF_INIT(STRBUF_MAX);
	uint64_t seed = 1;
	bool valid = true;
	char *exact;

	for (int round = 0; round < 20000; round++) {
		strbuf_reset(&in);
		strbuf_reset(&b);
		for (int i = 0; i < 12; i++) {
			seed = seed * UINT64_C(6364136223846793005) +
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
	    "\\emph{", "{\\bf ", "\\textsuperscript{", "\\href{", "{\\'", "$",
	    "$^", "$\\hat", "$\\cal", "\\sqrt{", "\\frac{", "^{", "_{", "\\[",
	    "$$", "a~", "\\cite[", "\\begin{a}", "{a\\over ", "\\not",
	    "^{\\url{ ", "\\ce{", "\\text{$", "\\left"};
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
	test_neighbours();
	test_kept_formulas();
	test_corners();
	test_nfc();
	test_nfc_of_each();
	test_table();
	test_any_bytes();
	test_long();
	return done_testing();
}
