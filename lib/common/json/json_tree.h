/* SPDX-License-Identifier: ISC */
/*
 * JSON that came from a server, as a cJSON tree.
 */
#ifndef JSON_TREE_H
#define JSON_TREE_H

#include <cJSON.h>
#include <stdbool.h>

#include "common/base/slice.h"

/*
 * The tree of one JSON text, to be freed with cJSON_Delete, or NULL if it is
 * none: all of the text must be used, blanks around it aside, its UTF-8 valid
 * and its depth bounded.  \u0000, at which cJSON would cut a string, and halves
 * of surrogate pairs, for which it would refuse everything, become U+FFFD.
 */
cJSON *json_tree_parse(struct slice text);

/* The member called key, its case observed; NULL if absent or o is no object. */
const cJSON *json_tree_get(const cJSON *o, const char *key);
/* A string's text, or NULL. */
const char *json_tree_string(const cJSON *o, const char *key);
/* A whole number that fits, or other. */
long json_tree_long(const cJSON *o, const char *key, long other);

#endif
