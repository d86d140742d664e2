/* SPDX-License-Identifier: ISC */
/*
 * JSON read in place: one pass validates a text (RFC 8259 and UTF-8) and
 * finds the members of its top-level object; nothing is copied and numbers
 * keep their spelling.  Trees are for cJSON; this is for lines that pass by.
 */
#ifndef JSON_READ_H
#define JSON_READ_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/slice.h"
#include "common/json/json_value.h"

/* Deeper nesting is refused. */
#define JSON_MAX_DEPTH 512

/* False with error and error_at set if text is not one JSON object or if a
 * top-level key stands twice. */
bool json_object(struct json_members *m, struct slice text);
void json_members_release(struct json_members *m);
/* Any JSON value; same validation. */
bool json_valid(struct slice text, const char **error, size_t *error_at);

/*
 * Walks an array already validated: *pos starts at 0.
 *	while (json_array_next(array, &pos, &item)) ..
 */
bool json_array_next(struct slice array, size_t *pos, struct json_value *item);

#endif
