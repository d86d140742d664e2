/* SPDX-License-Identifier: ISC */
/* For json.c: keys compared by what they say, not by how they are spelt. */
#ifndef JSON_KEYS_H
#define JSON_KEYS_H

#include "common/json/json_read.h"

/* A member whose key stands before it already, or NULL. */
const struct json_member *json_repeated(const struct json_members *m);
/* Sets nsame: how many of the first keys are as remembered, in spelling too;
 * true if all of them are. */
bool json_keys_as_before(struct json_members *m);
/* Remembers the keys, unless they are very many. */
void json_keys_remember(struct json_members *m);

#endif
