/* SPDX-License-Identifier: ISC */
/* For json.c: keys compared by what they say, not by how they are spelt. */
#ifndef JSON_KEYS_H
#define JSON_KEYS_H

#include "json.h"

/* A member whose key stands before it already, or NULL. */
const struct json_member *json_repeated(const struct json_members *m);

#endif
