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
#include "common/base/strbuf.h"

/* Deeper nesting is refused. */
#define JSON_MAX_DEPTH 512

enum json_type {
	JSON_NONE,
	JSON_NULL,
	JSON_FALSE,
	JSON_TRUE,
	JSON_NUMBER,
	JSON_STRING,
	JSON_ARRAY,
	JSON_OBJECT
};

/* A value where it stands.  raw holds its bytes as spelt, quotes, brackets
 * and all; escaped tells that a string has a backslash in it. */
struct json_value {
	struct slice raw;
	enum json_type type;
	bool escaped;
};

struct json_member {
	struct slice key; /* between the quotes, as spelt */
	bool key_escaped;
	struct json_value value;
};

/* Objects with more members are not remembered. */
#define JSON_KEYS_REMEMBERED 64

/*
 * Members in order of the last json_object() call.  Borrowed from its text.
 * Start with JSON_MEMBERS_INIT, reuse for every line, release at the end.
 */
struct json_members {
	struct json_member *v;
	size_t n, cap;
	/* So many of the first members have the keys that an object before had
	 * at the same places, known under the same numbers still. */
	size_t nsame;
	char *keys; /* of that object, as spelt, each with its end quote */
	size_t keys_len;
	const char *error; /* what is wrong, or NULL */
	size_t error_at; /* at which byte, from 0 */
};

#define JSON_MEMBERS_INIT \
	{                 \
		.v = NULL \
	}

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

/* The text of a string value: in place if it has no escape, else decoded into
 * scratch, which must live as long as the result is used. A lone surrogate
 * becomes U+FFFD, \u0000 a NUL byte. */
struct slice json_text(const struct json_value *v, struct strbuf *scratch);
/* Appends valid JSON to out, for libraries that refuse all of it for half of a
 * surrogate pair: those become U+FFFD, and \u0000 too unless it is to be kept. */
void json_replace_halves(struct strbuf *out, struct slice text, bool keep_nul);
/* False if v is no number or does not fit. */
bool json_double(const struct json_value *v, double *out);
bool json_long(const struct json_value *v, long *out);

/* The member called key, or NULL. */
const struct json_member *
json_find(const struct json_members *m, const char *key);

#endif
