/* SPDX-License-Identifier: ISC */
/*
 * Keys, and that nobody gets to see them: whoever reads one makes it known
 * here, and what comes from a network or goes to people has it struck out, since
 * servers quote the keys they refuse, and models may be made to.
 *
 * A key is recognized by any eight characters of it that stand in a row, in any
 * case, forwards or backwards, spaced out or with punctuation between them, as
 * they are or escaped by numbers as in URLs, JSON, HTML, C and mails
 * (quoted-printable), twice over, and in hex or base64 of any of that.  One of
 * less than eight characters is no secret.
 */
#ifndef SECRET_H
#define SECRET_H

#include <stddef.h>

/* From now on key is struck out. */
void secret_learn(const char *key);
/* Those in variables whose names end in _API_KEY. */
void secret_learn_environment(void);
/* None is known any more, and the memory is wiped. */
void secret_forget(void);
/*
 * Puts '*' for every byte of what gives a known key away.  The text is UTF-8
 * and stays so; JSON stays JSON, since nothing is struck out across a quote.
 */
void secret_hide(char *text, size_t n);

#endif
