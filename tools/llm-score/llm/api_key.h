/* SPDX-License-Identifier: ISC */
/*
 * The key: read from a file or the environment, wiped when done with, and cut
 * out of whatever a server says.
 */
#ifndef API_KEY_H
#define API_KEY_H

/*
 * The key, to be freed with api_key_free.  From file if that is not NULL, else
 * from the first set variable of $LLM_API_KEY and env (ended by NULL); NULL if
 * there is none.  A file holds the key alone, or lines NAME=value as a shell
 * has them: then a name that is one of those counts, else the first line.  A
 * file that others may read, and a key of other than printable ASCII, exit
 * with 77.  What a key could be known by is struck out everywhere, see secret.h,
 * until one is freed.
 */
char *api_key_read(const char *file, const char *const *env);
/* The same from the variables in env alone. */
char *api_key_of(const char *const *env);
void api_key_free(char *key);

/* Replaces in text words that begin or end like the key, or look like a part of
 * one, as servers quote the key they refuse.  key may be NULL. */
void api_key_redact(char *text, const char *key);

#endif
