/* SPDX-License-Identifier: ISC */
/*
 * TeX as arXiv's authors type it, made Unicode as a typesetter would write it.
 *
 *	accents		Cl\'ement, Erd\H{o}s, {\"o}, \'{\i}, Ren\' e
 *	letters, signs	{\ss}, \o, \AA, \S, \copyright, \%, \&, 10{,}000
 *	faces		\emph{x}, \textcolor{red}{x}, {\bf x}: the text alone
 *	links		\url{u}: u, \href{u}{text}: text (u), \cite{k}: [k]
 *	typing		`` and '' around a quotation, -- and ---, Fig.~1
 *	chemistry	\ce{SO4^2-}: SO₄²⁻
 *	formulas	$..$, \(..\), \[..\], $$..$$, \begin{equation}:
 *			$\sim$10: ∼10, $\frac{1}{2}$: ½, $\frac{a}{b+c}$:
 *			a/(b+c), $\sqrt{2\pi}$: √(2π), $\hat{y}$: ŷ,
 *			$x_i^2$: xᵢ², $M_\odot$: M_⊙, $T_{c1}$: T_(c1)
 *
 * An index is lowered where each character of it has such a form, else it is
 * written after _, and an exponent likewise after ^.  What a line of text
 * cannot show is left byte for byte, a formula as a whole: matrices, a macro
 * of the author's, a brace without its partner.  So is what is no TeX: dollars
 * that are money, "about" (~10), a range (5~10), a ~ in an address, an escape
 * in a program.
 */
#ifndef DETEX_H
#define DETEX_H

#include "common/base/slice.h"
#include "common/base/strbuf.h"

/* Appends the Unicode form of text, in NFC, to out.  Any bytes will do; those
 * that are not UTF-8 are copied and then the text is not normalized.  The time
 * is linear in the length. */
void detex(struct strbuf *out, struct slice text);
/* The same for LaTeX: formulas stay as they are, between dollars. */
void detex_text(struct strbuf *out, struct slice text);
/* The length of the formula that the text begins with, dollars and all; 0 if
 * its dollar is money or stands alone. */
size_t detex_formula(struct slice text);

#endif
