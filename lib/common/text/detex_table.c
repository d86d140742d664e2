/* SPDX-License-Identifier: ISC */
#include "common/text/detex_table.h"

#include <stdlib.h>

/* In byte order of the names. */
static const struct tex_word words[] = {
    {"AA", "Å", TEX_LETTER},
    {"AE", "Æ", TEX_LETTER},
    {"BibTeX", "BibTeX", TEX_SYMBOL},
    {"Big", "", TEX_SPACE},
    {"Bigl", "", TEX_SPACE},
    {"Bigr", "", TEX_SPACE},
    {"DH", "Ð", TEX_LETTER},
    {"DJ", "Đ", TEX_LETTER},
    {"Delta", "Δ", TEX_SYMBOL},
    {"Gamma", "Γ", TEX_SYMBOL},
    {"H", "\xcc\x8b", TEX_ACCENT},
    {"Im", "ℑ", TEX_SYMBOL},
    {"L", "Ł", TEX_LETTER},
    {"LaTeX", "LaTeX", TEX_SYMBOL},
    {"Lambda", "Λ", TEX_SYMBOL},
    {"Leftarrow", "⇐", TEX_RELATION},
    {"Leftrightarrow", "⇔", TEX_RELATION},
    {"NG", "Ŋ", TEX_LETTER},
    {"O", "Ø", TEX_LETTER},
    {"OE", "Œ", TEX_LETTER},
    {"Omega", "Ω", TEX_SYMBOL},
    {"P", "¶", TEX_SYMBOL},
    {"Phi", "Φ", TEX_SYMBOL},
    {"Pi", "Π", TEX_SYMBOL},
    {"Pr", "Pr", TEX_FUNCTION},
    {"Psi", "Ψ", TEX_SYMBOL},
    {"Re", "ℜ", TEX_SYMBOL},
    {"Rightarrow", "⇒", TEX_RELATION},
    {"S", "§", TEX_SYMBOL},
    {"SS", "ẞ", TEX_LETTER},
    {"Sigma", "Σ", TEX_SYMBOL},
    {"TH", "Þ", TEX_LETTER},
    {"TeX", "TeX", TEX_SYMBOL},
    {"Theta", "Θ", TEX_SYMBOL},
    {"Upsilon", "Υ", TEX_SYMBOL},
    {"Vert", "‖", TEX_SYMBOL},
    {"Xi", "Ξ", TEX_SYMBOL},
    {"aa", "å", TEX_LETTER},
    {"acute", "\xcc\x81", TEX_HAT},
    {"ae", "æ", TEX_LETTER},
    {"aleph", "ℵ", TEX_SYMBOL},
    {"alpha", "α", TEX_SYMBOL},
    {"angle", "∠", TEX_SYMBOL},
    {"approx", "≈", TEX_RELATION},
    {"arg", "arg", TEX_FUNCTION},
    {"ast", "*", TEX_SYMBOL},
    {"asymp", "≍", TEX_RELATION},
    {"b", "\xcc\xb1", TEX_ACCENT},
    {"backslash", "\\", TEX_SYMBOL},
    {"bar", "\xcc\x84", TEX_HAT},
    {"beta", "β", TEX_SYMBOL},
    {"bf", NULL, TEX_SWITCH},
    {"bfseries", NULL, TEX_SWITCH},
    {"big", "", TEX_SPACE},
    {"bigg", "", TEX_SPACE},
    {"bigl", "", TEX_SPACE},
    {"bigr", "", TEX_SPACE},
    {"bm", NULL, TEX_STYLE},
    {"boldsymbol", NULL, TEX_STYLE},
    {"bot", "⊥", TEX_SYMBOL},
    {"bowtie", "⋈", TEX_RELATION},
    {"breve", "\xcc\x86", TEX_HAT},
    {"bullet", "•", TEX_SYMBOL},
    {"c", "\xcc\xa7", TEX_ACCENT},
    {"cap", "∩", TEX_RELATION},
    {"cdot", "·", TEX_SYMBOL},
    {"cdots", "⋯", TEX_SYMBOL},
    {"check", "\xcc\x8c", TEX_HAT},
    {"checkmark", "✓", TEX_SYMBOL},
    {"chi", "χ", TEX_SYMBOL},
    {"circ", "∘", TEX_SYMBOL},
    {"clubsuit", "♣", TEX_SYMBOL},
    {"colon", ":", TEX_RELATION},
    {"coloneqq", "≔", TEX_RELATION},
    {"cong", "≅", TEX_RELATION},
    {"copyright", "©", TEX_SYMBOL},
    {"cos", "cos", TEX_FUNCTION},
    {"cosh", "cosh", TEX_FUNCTION},
    {"cup", "∪", TEX_RELATION},
    {"d", "\xcc\xa3", TEX_ACCENT},
    {"dag", "†", TEX_SYMBOL},
    {"dagger", "†", TEX_SYMBOL},
    {"ddag", "‡", TEX_SYMBOL},
    {"ddagger", "‡", TEX_SYMBOL},
    {"ddot", "\xcc\x88", TEX_HAT},
    {"deg", "°", TEX_SYMBOL},
    {"degree", "°", TEX_SYMBOL},
    {"delta", "δ", TEX_SYMBOL},
    {"det", "det", TEX_FUNCTION},
    {"dh", "ð", TEX_LETTER},
    {"diamondsuit", "♢", TEX_SYMBOL},
    {"dim", "dim", TEX_FUNCTION},
    {"displaystyle", "", TEX_SPACE},
    {"div", "÷", TEX_SYMBOL},
    {"dj", "đ", TEX_LETTER},
    {"dot", "\xcc\x87", TEX_HAT},
    {"doteq", "≐", TEX_RELATION},
    {"dots", "…", TEX_SYMBOL},
    {"downarrow", "↓", TEX_RELATION},
    {"ell", "ℓ", TEX_SYMBOL},
    {"em", NULL, TEX_SWITCH},
    {"emph", NULL, TEX_STYLE},
    {"emptyset", "∅", TEX_SYMBOL},
    {"epsilon", "ϵ", TEX_SYMBOL},
    {"equiv", "≡", TEX_RELATION},
    {"eta", "η", TEX_SYMBOL},
    {"euro", "€", TEX_SYMBOL},
    {"exists", "∃", TEX_SYMBOL},
    {"exp", "exp", TEX_FUNCTION},
    {"flat", "♭", TEX_SYMBOL},
    {"forall", "∀", TEX_SYMBOL},
    {"gamma", "γ", TEX_SYMBOL},
    {"gcd", "gcd", TEX_FUNCTION},
    {"ge", "≥", TEX_RELATION},
    {"geq", "≥", TEX_RELATION},
    {"geqslant", "⩾", TEX_RELATION},
    {"gets", "←", TEX_RELATION},
    {"gg", "≫", TEX_RELATION},
    {"grave", "\xcc\x80", TEX_HAT},
    {"gt", ">", TEX_RELATION},
    {"gtrsim", "≳", TEX_RELATION},
    {"hat", "\xcc\x82", TEX_HAT},
    {"hbar", "ℏ", TEX_SYMBOL},
    {"heartsuit", "♡", TEX_SYMBOL},
    {"hookrightarrow", "↪", TEX_RELATION},
    {"href", NULL, TEX_LINK},
    {"i", "ı", TEX_LETTER},
    {"iff", "⟺", TEX_RELATION},
    {"implies", "⟹", TEX_RELATION},
    {"in", "∈", TEX_RELATION},
    {"inf", "inf", TEX_FUNCTION},
    {"infty", "∞", TEX_SYMBOL},
    {"int", "∫", TEX_SYMBOL},
    {"iota", "ι", TEX_SYMBOL},
    {"it", NULL, TEX_SWITCH},
    {"itshape", NULL, TEX_SWITCH},
    {"j", "ȷ", TEX_LETTER},
    {"k", "\xcc\xa8", TEX_ACCENT},
    {"kappa", "κ", TEX_SYMBOL},
    {"ker", "ker", TEX_FUNCTION},
    {"l", "ł", TEX_LETTER},
    {"lambda", "λ", TEX_SYMBOL},
    {"land", "∧", TEX_RELATION},
    {"langle", "⟨", TEX_SYMBOL},
    {"lbrace", "{", TEX_SYMBOL},
    {"lceil", "⌈", TEX_SYMBOL},
    {"ldots", "…", TEX_SYMBOL},
    {"le", "≤", TEX_RELATION},
    {"left", "", TEX_SPACE},
    {"leftarrow", "←", TEX_RELATION},
    {"leftrightarrow", "↔", TEX_RELATION},
    {"leq", "≤", TEX_RELATION},
    {"leqslant", "⩽", TEX_RELATION},
    {"lesssim", "≲", TEX_RELATION},
    {"lfloor", "⌊", TEX_SYMBOL},
    {"lim", "lim", TEX_FUNCTION},
    {"limits", "", TEX_SPACE},
    {"ll", "≪", TEX_RELATION},
    {"ln", "ln", TEX_FUNCTION},
    {"lnot", "¬", TEX_RELATION},
    {"log", "log", TEX_FUNCTION},
    {"longrightarrow", "⟶", TEX_RELATION},
    {"lor", "∨", TEX_RELATION},
    {"lt", "<", TEX_RELATION},
    {"ltimes", "⋉", TEX_RELATION},
    {"mapsto", "↦", TEX_RELATION},
    {"mathbb", NULL, TEX_DOUBLE},
    {"mathbf", NULL, TEX_STYLE},
    {"mathcal", NULL, TEX_SCRIPT},
    {"mathit", NULL, TEX_STYLE},
    {"mathring", "\xcc\x8a", TEX_HAT},
    {"mathrm", NULL, TEX_STYLE},
    {"mathscr", NULL, TEX_SCRIPT},
    {"mathsf", NULL, TEX_STYLE},
    {"mathtt", NULL, TEX_STYLE},
    {"max", "max", TEX_FUNCTION},
    {"mbox", NULL, TEX_STYLE},
    {"mid", "∣", TEX_RELATION},
    {"min", "min", TEX_FUNCTION},
    {"models", "⊨", TEX_RELATION},
    {"mp", "∓", TEX_SYMBOL},
    {"mu", "μ", TEX_SYMBOL},
    {"nabla", "∇", TEX_SYMBOL},
    {"natural", "♮", TEX_SYMBOL},
    {"ne", "≠", TEX_RELATION},
    {"nearrow", "↗", TEX_RELATION},
    {"neg", "¬", TEX_RELATION},
    {"neq", "≠", TEX_RELATION},
    {"ng", "ŋ", TEX_LETTER},
    {"ni", "∋", TEX_RELATION},
    {"nolimits", "", TEX_SPACE},
    {"notin", "∉", TEX_RELATION},
    {"nu", "ν", TEX_SYMBOL},
    {"o", "ø", TEX_LETTER},
    {"odot", "⊙", TEX_RELATION},
    {"oe", "œ", TEX_LETTER},
    {"omega", "ω", TEX_SYMBOL},
    {"ominus", "⊖", TEX_RELATION},
    {"operatorname", NULL, TEX_STYLE},
    {"oplus", "⊕", TEX_RELATION},
    {"otimes", "⊗", TEX_RELATION},
    {"overline", "\xcc\x85", TEX_HAT},
    {"parallel", "∥", TEX_RELATION},
    {"partial", "∂", TEX_SYMBOL},
    {"percent", "%", TEX_SYMBOL},
    {"perp", "⊥", TEX_RELATION},
    {"phi", "ϕ", TEX_SYMBOL},
    {"pi", "π", TEX_SYMBOL},
    {"pm", "±", TEX_SYMBOL},
    {"pounds", "£", TEX_SYMBOL},
    {"prec", "≺", TEX_RELATION},
    {"preceq", "⪯", TEX_RELATION},
    {"prime", "′", TEX_SYMBOL},
    {"prod", "∏", TEX_SYMBOL},
    {"propto", "∝", TEX_RELATION},
    {"psi", "ψ", TEX_SYMBOL},
    {"qquad", " ", TEX_SPACE},
    {"quad", " ", TEX_SPACE},
    {"r", "\xcc\x8a", TEX_ACCENT},
    {"rangle", "⟩", TEX_SYMBOL},
    {"rbrace", "}", TEX_SYMBOL},
    {"rceil", "⌉", TEX_SYMBOL},
    {"rfloor", "⌋", TEX_SYMBOL},
    {"rho", "ρ", TEX_SYMBOL},
    {"right", "", TEX_SPACE},
    {"rightarrow", "→", TEX_RELATION},
    {"rightharpoonup", "⇀", TEX_RELATION},
    {"rm", NULL, TEX_SWITCH},
    {"rtimes", "⋊", TEX_RELATION},
    {"sc", NULL, TEX_SWITCH},
    {"scshape", NULL, TEX_SWITCH},
    {"searrow", "↘", TEX_RELATION},
    {"setminus", "∖", TEX_RELATION},
    {"sf", NULL, TEX_SWITCH},
    {"sharp", "♯", TEX_SYMBOL},
    {"sigma", "σ", TEX_SYMBOL},
    {"sim", "∼", TEX_RELATION},
    {"simeq", "≃", TEX_RELATION},
    {"sin", "sin", TEX_FUNCTION},
    {"sinh", "sinh", TEX_FUNCTION},
    {"sl", NULL, TEX_SWITCH},
    {"slash", "/", TEX_SYMBOL},
    {"space", " ", TEX_SPACE},
    {"spadesuit", "♠", TEX_SYMBOL},
    {"sqrt", NULL, TEX_ROOT},
    {"square", "□", TEX_SYMBOL},
    {"ss", "ß", TEX_LETTER},
    {"star", "⋆", TEX_SYMBOL},
    {"subset", "⊂", TEX_RELATION},
    {"subseteq", "⊆", TEX_RELATION},
    {"subsetneq", "⊊", TEX_RELATION},
    {"succ", "≻", TEX_RELATION},
    {"succeq", "⪰", TEX_RELATION},
    {"sum", "∑", TEX_SYMBOL},
    {"sup", "sup", TEX_FUNCTION},
    {"supset", "⊃", TEX_RELATION},
    {"supseteq", "⊇", TEX_RELATION},
    {"surd", "√", TEX_SYMBOL},
    {"t", "\xcd\xa1", TEX_ACCENT},
    {"tan", "tan", TEX_FUNCTION},
    {"tanh", "tanh", TEX_FUNCTION},
    {"tau", "τ", TEX_SYMBOL},
    {"text", NULL, TEX_STYLE},
    {"textasciitilde", "~", TEX_SYMBOL},
    {"textbar", "|", TEX_SYMBOL},
    {"textbf", NULL, TEX_STYLE},
    {"textbullet", "•", TEX_SYMBOL},
    {"textdegree", "°", TEX_SYMBOL},
    {"textellipsis", "…", TEX_SYMBOL},
    {"textemdash", "—", TEX_SYMBOL},
    {"textendash", "–", TEX_SYMBOL},
    {"textgreater", ">", TEX_SYMBOL},
    {"textit", NULL, TEX_STYLE},
    {"textless", "<", TEX_SYMBOL},
    {"textmd", NULL, TEX_STYLE},
    {"textmu", "µ", TEX_SYMBOL},
    {"textnormal", NULL, TEX_STYLE},
    {"textperiodcentered", "·", TEX_SYMBOL},
    {"textpm", "±", TEX_SYMBOL},
    {"textquotedblleft", "“", TEX_SYMBOL},
    {"textquotedblright", "”", TEX_SYMBOL},
    {"textquoteleft", "‘", TEX_SYMBOL},
    {"textquoteright", "’", TEX_SYMBOL},
    {"textquotesingle", "'", TEX_SYMBOL},
    {"textregistered", "®", TEX_SYMBOL},
    {"textrm", NULL, TEX_STYLE},
    {"textsc", NULL, TEX_STYLE},
    {"textsf", NULL, TEX_STYLE},
    {"textsl", NULL, TEX_STYLE},
    {"textsubscript", NULL, TEX_SUB},
    {"textsuperscript", NULL, TEX_SUPER},
    {"texttimes", "×", TEX_SYMBOL},
    {"texttrademark", "™", TEX_SYMBOL},
    {"texttt", NULL, TEX_STYLE},
    {"textunderscore", "_", TEX_SYMBOL},
    {"textup", NULL, TEX_STYLE},
    {"th", "þ", TEX_LETTER},
    {"theta", "θ", TEX_SYMBOL},
    {"thinspace", " ", TEX_SPACE},
    {"tilde", "\xcc\x83", TEX_HAT},
    {"times", "×", TEX_SYMBOL},
    {"to", "→", TEX_RELATION},
    {"top", "⊤", TEX_SYMBOL},
    {"triangle", "△", TEX_SYMBOL},
    {"triangleq", "≜", TEX_RELATION},
    {"tt", NULL, TEX_SWITCH},
    {"ttfamily", NULL, TEX_SWITCH},
    {"u", "\xcc\x86", TEX_ACCENT},
    {"uline", NULL, TEX_STYLE},
    {"underline", NULL, TEX_STYLE},
    {"uparrow", "↑", TEX_RELATION},
    {"upsilon", "υ", TEX_SYMBOL},
    {"url", NULL, TEX_URL},
    {"v", "\xcc\x8c", TEX_ACCENT},
    {"varepsilon", "ε", TEX_SYMBOL},
    {"varnothing", "∅", TEX_SYMBOL},
    {"varphi", "φ", TEX_SYMBOL},
    {"varpi", "ϖ", TEX_SYMBOL},
    {"varrho", "ϱ", TEX_SYMBOL},
    {"varsigma", "ς", TEX_SYMBOL},
    {"vartheta", "ϑ", TEX_SYMBOL},
    {"vdash", "⊢", TEX_RELATION},
    {"vdots", "⋮", TEX_SYMBOL},
    {"vec", "\xe2\x83\x97", TEX_HAT},
    {"vee", "∨", TEX_RELATION},
    {"vert", "|", TEX_SYMBOL},
    {"wedge", "∧", TEX_RELATION},
    {"widehat", "\xcc\x82", TEX_HAT},
    {"widetilde", "\xcc\x83", TEX_HAT},
    {"xi", "ξ", TEX_SYMBOL},
    {"zeta", "ζ", TEX_SYMBOL},
};

struct shifted {
	uint32_t from;
	const char *to;
};

/* Marks that stand high in every font serve as their own superscripts. */
static const struct shifted superscripts[] = {
    {'(', "⁽"},
    {')', "⁾"},
    {'*', "*"},
    {'+', "⁺"},
    {'-', "⁻"},
    {'0', "⁰"},
    {'1', "¹"},
    {'2', "²"},
    {'3', "³"},
    {'4', "⁴"},
    {'5', "⁵"},
    {'6', "⁶"},
    {'7', "⁷"},
    {'8', "⁸"},
    {'9', "⁹"},
    {'=', "⁼"},
    {'A', "ᴬ"},
    {'B', "ᴮ"},
    {'D', "ᴰ"},
    {'E', "ᴱ"},
    {'G', "ᴳ"},
    {'H', "ᴴ"},
    {'I', "ᴵ"},
    {'J', "ᴶ"},
    {'K', "ᴷ"},
    {'L', "ᴸ"},
    {'M', "ᴹ"},
    {'N', "ᴺ"},
    {'O', "ᴼ"},
    {'P', "ᴾ"},
    {'R', "ᴿ"},
    {'T', "ᵀ"},
    {'U', "ᵁ"},
    {'V', "ⱽ"},
    {'W', "ᵂ"},
    {'a', "ᵃ"},
    {'b', "ᵇ"},
    {'c', "ᶜ"},
    {'d', "ᵈ"},
    {'e', "ᵉ"},
    {'f', "ᶠ"},
    {'g', "ᵍ"},
    {'h', "ʰ"},
    {'i', "ⁱ"},
    {'j', "ʲ"},
    {'k', "ᵏ"},
    {'l', "ˡ"},
    {'m', "ᵐ"},
    {'n', "ⁿ"},
    {'o', "ᵒ"},
    {'p', "ᵖ"},
    {'r', "ʳ"},
    {'s', "ˢ"},
    {'t', "ᵗ"},
    {'u', "ᵘ"},
    {'v', "ᵛ"},
    {'w', "ʷ"},
    {'x', "ˣ"},
    {'y', "ʸ"},
    {'z', "ᶻ"},
    {0x00ae, "®"},
    {0x00b0, "°"},
    {0x03b2, "ᵝ"},
    {0x03b3, "ᵞ"},
    {0x03b4, "ᵟ"},
    {0x03b8, "ᶿ"},
    {0x03c6, "ᵠ"},
    {0x03c7, "ᵡ"},
    {0x03d5, "ᵠ"},
    {0x2020, "†"},
    {0x2021, "‡"},
    {0x2032, "′"},
    {0x2122, "™"},
    {0x2212, "⁻"},
    {0x2218, "°"},
    {0x22a4, "ᵀ"},
};

static const struct shifted subscripts[] = {
    {'(', "₍"},
    {')', "₎"},
    {'+', "₊"},
    {'-', "₋"},
    {'0', "₀"},
    {'1', "₁"},
    {'2', "₂"},
    {'3', "₃"},
    {'4', "₄"},
    {'5', "₅"},
    {'6', "₆"},
    {'7', "₇"},
    {'8', "₈"},
    {'9', "₉"},
    {'=', "₌"},
    {'a', "ₐ"},
    {'e', "ₑ"},
    {'h', "ₕ"},
    {'i', "ᵢ"},
    {'j', "ⱼ"},
    {'k', "ₖ"},
    {'l', "ₗ"},
    {'m', "ₘ"},
    {'n', "ₙ"},
    {'o', "ₒ"},
    {'p', "ₚ"},
    {'r', "ᵣ"},
    {'s', "ₛ"},
    {'t', "ₜ"},
    {'u', "ᵤ"},
    {'v', "ᵥ"},
    {'x', "ₓ"},
    {0x03b2, "ᵦ"},
    {0x03b3, "ᵧ"},
    {0x03c1, "ᵨ"},
    {0x03c6, "ᵩ"},
    {0x03c7, "ᵪ"},
    {0x03d5, "ᵩ"},
};

/* Letters that were in Unicode before the mathematical alphabets came and so
 * have no place there. */
struct letter {
	char c;
	uint32_t cp;
};

static const struct letter script_letters[] = {{'B', 0x212c}, {'E', 0x2130},
    {'F', 0x2131}, {'H', 0x210b}, {'I', 0x2110}, {'L', 0x2112}, {'M', 0x2133},
    {'R', 0x211b}, {'e', 0x212f}, {'g', 0x210a}, {'o', 0x2134}, {0, 0}};

static const struct letter double_letters[] = {{'C', 0x2102}, {'H', 0x210d},
    {'N', 0x2115}, {'P', 0x2119}, {'Q', 0x211a}, {'R', 0x211d}, {'Z', 0x2124},
    {0, 0}};

static int
compare(const void *key, const void *member)
{
	const struct slice *name = key;
	const struct tex_word *w = member;

	return slice_cmp(*name, slice_of(w->name));
}

const struct tex_word *
tex_word(struct slice name)
{
	return bsearch(&name, words, sizeof(words) / sizeof(words[0]),
	    sizeof(words[0]), compare);
}

const char *
tex_accent(char c)
{
	switch (c) {
	case '`':
		return "\xcc\x80";
	case '\'':
		return "\xcc\x81";
	case '^':
		return "\xcc\x82";
	case '~':
		return "\xcc\x83";
	case '=':
		return "\xcc\x84";
	case '.':
		return "\xcc\x87";
	case '"':
		return "\xcc\x88";
	default:
		return NULL;
	}
}

static const char *
find_shifted(const struct shifted *table, size_t n, uint32_t cp)
{
	for (size_t i = 0; i < n; i++)
		if (table[i].from == cp)
			return table[i].to;
	return NULL;
}

const char *
tex_superscript(uint32_t cp)
{
	return find_shifted(
	    superscripts, sizeof(superscripts) / sizeof(superscripts[0]), cp);
}

const char *
tex_subscript(uint32_t cp)
{
	return find_shifted(
	    subscripts, sizeof(subscripts) / sizeof(subscripts[0]), cp);
}

static uint32_t
find_letter(const struct letter *old, uint32_t upper_a, char c)
{
	for (; old->c != 0; old++)
		if (old->c == c)
			return old->cp;
	if (c >= 'A' && c <= 'Z')
		return upper_a + (uint32_t)(c - 'A');
	return upper_a + 26 + (uint32_t)(c - 'a');
}

uint32_t
tex_script_letter(char c)
{
	return find_letter(script_letters, 0x1d49c, c);
}

uint32_t
tex_double_letter(char c)
{
	return find_letter(double_letters, 0x1d538, c);
}
