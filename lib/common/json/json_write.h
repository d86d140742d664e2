/* SPDX-License-Identifier: ISC */
/*
 * JSON written into a buffer: the one place that escapes JSON.  Commas are
 * put where they belong.  Bad UTF-8 in a string becomes U+FFFD.
 */
#ifndef JSON_WRITE_H
#define JSON_WRITE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/slice.h"
#include "common/base/strbuf.h"
#include "common/base/strlist.h"

struct jsonw {
	struct strbuf *b;
	bool comma; /* the next item needs a comma before it */
};

#define JSONW_INIT(buffer)      \
	{                       \
		(buffer), false \
	}

void jsonw_open(struct jsonw *j, char bracket); /* '{' or '[' */
void jsonw_close(struct jsonw *j, char bracket); /* '}' or ']' */
/* Returns j, for the value: jsonw_int(jsonw_key(j, "n"), 3) */
struct jsonw *jsonw_key(struct jsonw *j, const char *key);
void jsonw_slice(struct jsonw *j, struct slice s);
void jsonw_str(struct jsonw *j, const char *s); /* NULL: null */
/* An array of strings. */
void jsonw_list(struct jsonw *j, const struct strlist *l);
void jsonw_int(struct jsonw *j, int64_t v);
/* The shortest spelling that reads back as the same double; NaN: null. */
void jsonw_double(struct jsonw *j, double v);
/* With that many decimals, trailing zeros cut. */
void jsonw_decimals(struct jsonw *j, double v, int decimals);
void jsonw_bool(struct jsonw *j, bool v);
void jsonw_null(struct jsonw *j);
/* Valid JSON that is already spelt. */
void jsonw_raw(struct jsonw *j, struct slice json);

/* Only the quoted string, for writers with their own layout. */
void json_quote(struct strbuf *b, struct slice s);

#endif
