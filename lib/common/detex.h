/* SPDX-License-Identifier: ISC */
/*
 * TeX as arXiv's authors type it, made Unicode: accents (Cl\'ement, Erd\H{o}s,
 * {\ss}), simple symbols ($\times$, $\alpha$), simple super- and subscripts
 * (Co$^4$).  What is not simple is left exactly as it is.
 */
#ifndef DETEX_H
#define DETEX_H

#include "slice.h"
#include "strbuf.h"

/* Appends the Unicode form of text, in NFC, to out. */
void detex(struct strbuf *out, struct slice text);

#endif
