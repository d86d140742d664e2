/* SPDX-License-Identifier: ISC */
/*
 * Keywords: regular expressions looked for in the texts of a paper, without
 * regard to accents and TeX, and to case unless the keyword has a capital.
 */
#ifndef KEYWORD_H
#define KEYWORD_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/strlist.h"
#include "common/record/paper.h"

struct keywords; /* a set of them, compiled */

/* Where a keyword was found, in characters of the field's text; that of a list
 * is its strings, joined by ", ". */
struct keyword_hit {
	const char *keyword; /* as given; lives as long as the set */
	enum paper_key field;
	size_t offset, length;
};

struct keyword_hits {
	struct keyword_hit *v;
	size_t n, cap;
};

/* The texts in which keywords can be looked for. */
#define KEYWORD_FIELDS \
	"title|abstract|comment|journal_ref|report_no|authors|topics"
/* That of a name; false if there is none. */
bool keyword_field(const char *name, enum paper_key *out);
const char *keyword_field_name(enum paper_key field);

/* patterns come from option, and one for each line from each of files (empty
 * lines and those that begin with # aside).  A bad one exits 2 with its place
 * marked. */
struct keywords *keywords_new(const char *option,
    const struct strlist *patterns, const struct strlist *files);
void keywords_free(struct keywords *k);
/*
 * True if a keyword is found in one of the fields.  If hits is not NULL, it
 * gets the first place of each keyword in each field, in the order of fields
 * and keywords; else the search ends with the first one.
 */
bool keywords_find(struct keywords *k, struct paper *p,
    const enum paper_key *fields, size_t nfields, struct keyword_hits *hits);

/* Name and version of the library that does the matching. */
const char *keywords_library(void);

#endif
