/* SPDX-License-Identifier: ISC */
/*
 * Text for TeX.  A formula stays a formula if every command in it is known to
 * print and nothing else; all other backslashes are printed as such: a title
 * must not open files.
 */
#include <ctype.h>
#include <string.h>

#include "text/escape.h"

/* What may be used in a formula.  Sorted for people, searched once in a
 * while. */
static const char *const harmless[] = {"Delta", "Gamma", "Lambda", "Omega",
    "Phi", "Pi", "Psi", "Sigma", "Theta", "Xi", "alpha", "approx", "bar",
    "beta", "binom", "bf", "bm", "boldsymbol", "cap", "cdot", "cdots", "chi",
    "circ", "cup", "delta", "dots", "ell", "emptyset", "epsilon", "equiv",
    "eta", "exists", "exp", "forall", "frac", "gamma", "ge", "geq", "gg", "hat",
    "hbar", "in", "infty", "int", "kappa", "lambda", "langle", "lceil", "ldots",
    "le", "left", "leq", "lfloor", "lim", "ll", "log", "mathbb", "mathbf",
    "mathcal", "mathfrak", "mathit", "mathrm", "mathsf", "max", "mid", "min",
    "mu", "nabla", "ne", "neq", "notin", "nu", "odot", "omega", "operatorname",
    "oplus", "otimes", "overline", "partial", "perp", "phi", "pi", "pm",
    "prime", "prod", "propto", "psi", "quad", "rangle", "rceil", "rfloor",
    "rho", "right", "rightarrow", "rm", "sigma", "sim", "simeq", "sqrt", "star",
    "subset", "subseteq", "sum", "tau", "text", "textbf", "textit", "textrm",
    "texttt", "theta", "tilde", "times", "to", "top", "underline", "varepsilon",
    "varphi", "vec", "vee", "wedge", "widehat", "widetilde", "xi", "zeta"};

static bool
is_harmless(struct slice name)
{
	size_t i;

	for (i = 0; i < sizeof(harmless) / sizeof(harmless[0]); i++)
		if (slice_eq(name, harmless[i]))
			return true;
	return false;
}

/* Length of the formula $..$ at s, 0 if there is none that can be trusted. */
static size_t
formula_length(struct slice s)
{
	struct slice name;
	long depth = 0;
	size_t i;

	for (i = 1; i < s.n && s.p[i] != '$'; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c < 0x20 || c >= 0x7f || strchr("%#&~", c) != NULL)
			return 0;
		/* ^^5c is another way to write a backslash. */
		if (c == '^' && i + 1 < s.n && s.p[i + 1] == '^')
			return 0;
		depth += (c == '{') - (c == '}');
		if (depth < 0)
			return 0;
		if (c != '\\')
			continue;
		name = (struct slice) {s.p + i + 1, 0};
		while (i + 1 + name.n < s.n &&
		    isalpha((unsigned char)name.p[name.n]))
			name.n++;
		if (name.n == 0) {
			/* \{ and the like print; anything else is let go. */
			if (i + 1 >= s.n ||
			    strchr(" ,;:!|", s.p[i + 1]) == NULL)
				return 0;
			i++;
		} else if (!is_harmless(name)) {
			return 0;
		} else {
			i += name.n;
		}
	}
	return i > 1 && i < s.n && depth == 0 ? i + 1 : 0;
}

static const char *
replacement(char c)
{
	switch (c) {
	case '\\':
		return "\\textbackslash{}";
	case '{':
		/* BibTeX counts braces whatever stands before them. */
		return "\\textbraceleft{}";
	case '}':
		return "\\textbraceright{}";
	case '$':
		return "\\$";
	case '&':
		return "\\&";
	case '%':
		return "\\%";
	case '#':
		return "\\#";
	case '_':
		return "\\_";
	case '^':
		return "\\textasciicircum{}";
	case '~':
		return "\\textasciitilde{}";
	default:
		return NULL;
	}
}

void
escape_bibtex(struct strbuf *b, struct slice s)
{
	struct strbuf clean = STRBUF_INIT(STRBUF_MAX);
	const char *r;
	size_t i, n;

	escape_tty(&clean, s);
	s = strbuf_slice(&clean);
	for (i = 0; i < s.n; i += n) {
		if (s.p[i] == '$' &&
		    (n = formula_length((struct slice) {s.p + i, s.n - i})) >
			0) {
			strbuf_add(b, s.p + i, n);
			continue;
		}
		n = 1;
		if ((r = replacement(s.p[i])) != NULL)
			strbuf_addstr(b, r);
		else
			strbuf_addch(b, s.p[i]);
	}
	strbuf_release(&clean);
}
