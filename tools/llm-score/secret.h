/* SPDX-License-Identifier: ISC */
/*
 * The key: read from a file or the environment, wiped when done with, and cut
 * out of whatever a server says.
 */
#ifndef SECRET_H
#define SECRET_H

/*
 * The key, to be freed with secret_free.  From file if that is not NULL, else
 * from the first set variable of $LLM_API_KEY and env (ended by NULL); NULL if
 * there is none.  A file that others may read, and a key of other than
 * printable ASCII, exit with 77.
 */
char *secret_read(const char *file, const char *const *env);
void secret_free(char *key);

/* Replaces in text what is, or looks like, a piece of a key.  Servers quote
 * the key they refuse.  key may be NULL. */
void secret_redact(char *text, const char *key);

#endif
