/* SPDX-License-Identifier: ISC */
/*
 * TeX as arXiv's authors type it, made Unicode.
 *
 *	accents		Cl\'ement, Erd\H{o}s, {\"o}, \'{\i}
 *	letters, signs	{\ss}, \o, \AA, \S, \copyright, \%, \&
 *	faces		\emph{x}, \texttt{x}, {\bf x}: the text without them
 *	links		\url{u}: u, \href{u}{text}: text (u)
 *	typing		`` and '' around a quotation, -- and ---
 *	formulas	$\alpha$, $10\times$, Co$^4$, $x_i \leq \hat{y}$,
 *			$\mathcal{O}(n \log n)$, where every part of them has
 *			a character of its own
 *
 * What is not simple is left byte for byte, a formula as a whole: a fraction,
 * an index without a lowered form, a macro of the author's, a brace without
 * its partner, a dollar that is money.  So is ~, which is as often "about" or
 * part of an address as it is a tie.
 */
#ifndef DETEX_H
#define DETEX_H

#include "common/base/slice.h"
#include "common/base/strbuf.h"

/* Appends the Unicode form of text, in NFC, to out.  Any bytes will do; those
 * that are not UTF-8 are copied and then the text is not normalized.  The time
 * is linear in the length. */
void detex(struct strbuf *out, struct slice text);

#endif
