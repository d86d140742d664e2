/* SPDX-License-Identifier: ISC */
/*
 * The record of paper(5), and the only place that spells its keys.
 *
 * A struct paper is a view of one input line: everything it gives out is
 * borrowed and valid until the next paper_read into it.  The line's bytes are never
 * rewritten, so what a tool does not own passes through as it came.
 */
#ifndef PAPER_H
#define PAPER_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/date.h"
#include "common/base/slice.h"
#include "common/base/strbuf.h"
#include "common/io/line_reader.h"
#include "common/io/output.h"
#include "common/json/json_read.h"

enum paper_key {
	PAPER_ID,
	PAPER_VERSION,
	PAPER_TITLE,
	PAPER_ABSTRACT,
	PAPER_AUTHORS,
	PAPER_CATEGORIES,
	PAPER_PRIMARY_CATEGORY,
	PAPER_ANNOUNCE_TYPE,
	PAPER_ANNOUNCED,
	PAPER_PUBLISHED,
	PAPER_UPDATED,
	PAPER_COMMENT,
	PAPER_JOURNAL_REF,
	PAPER_DOI,
	PAPER_LICENSE,
	PAPER_REPORT_NO,
	PAPER_MSC_CLASS,
	PAPER_ACM_CLASS,
	PAPER_URL,
	PAPER_PDF,
	PAPER_CODE,
	PAPER_SOURCE,
	PAPER_AUTHOR_INFO,
	PAPER_REFERENCES,
	PAPER_AFFILIATIONS,
	PAPER_FIGURE,
	PAPER_MATCH,
	PAPER_NEAR,
	PAPER_SCREEN,
	PAPER_SCORE,
	PAPER_SCORE_ERROR,
	PAPER_REJECTED,
	PAPER_NKEYS
};

/* The spelling of a key: "primary_category". */
const char *paper_key_name(enum paper_key key);

struct paper {
	struct slice line; /* the whole record, without newline */
	const char *file;
	unsigned long lineno;
	struct json_members members;
	/* Members by key; NULL where absent.  Null values are present. */
	const struct json_member *key[PAPER_NKEYS];
	struct strbuf scratch[PAPER_NKEYS]; /* decoded strings */
	/* The key at each place of the object that members remembers. */
	unsigned char name[JSON_KEYS_REMEMBERED];
};

void paper_init(struct paper *p);
void paper_release(struct paper *p);
/*
 * The next good record of in.  Lines that are none (not JSON, not an object,
 * no id, bad UTF-8, a key twice, cut) are reported, counted in
 * run_counts.in and .failed, and skipped.  False at the end.
 */
bool paper_read(struct line_reader *in, struct paper *p);
/* A record from memory; false with p->members.error set.  line must outlive p's
 * use. */
bool paper_parse(struct paper *p, struct slice line);

/* True if the key is there and not null. */
bool paper_has(const struct paper *p, enum paper_key key);
/* A string's text, decoded; empty if absent or no string. */
struct slice paper_text(struct paper *p, enum paper_key key);
bool paper_long(const struct paper *p, enum paper_key key, long *out);
/* Walks an array of strings: *pos starts at 0.  Items that are no strings are
 * skipped. Decoded text lives in scratch. */
bool paper_list_next(const struct paper *p, enum paper_key key, size_t *pos,
    struct slice *item, struct strbuf *scratch);
/* The members of an object-valued key (score, match, screen, ..) in m; false
 * if absent or no object. */
bool
paper_object(const struct paper *p, enum paper_key key, struct json_members *m);
/* One member of an object-valued key; false if absent. */
bool paper_member(const struct paper *p, enum paper_key key, const char *name,
    struct json_value *out);
/* Relevance and novelty are at most so much, and so is a cutoff. */
#define PAPER_AXIS_MAX 10

/* score's axis ("relevance"): false if unscored, absent or null. */
bool paper_axis(const struct paper *p, const char *axis, double *out);

/*
 * What a record means, as paper(5) says.
 */

/* An author whom the reader follows is among its match.authors: no other
 * reason drops it. */
bool paper_is_followed(const struct paper *p);
/* How many entries of the reader's library it cites, by its match.cites. */
size_t paper_cites(const struct paper *p);
/* It cites some, or is by somebody whom the reader follows: filters and screens
 * let it pass whatever they think of it. */
bool paper_is_spared(const struct paper *p);
/* A screen put it aside before it was scored: screen.keep is false. */
bool paper_is_screened_out(const struct paper *p);
/* Its score on that axis is less than min; a missing score is not a low one. */
bool paper_axis_is_below(const struct paper *p, const char *axis, double min);
bool
paper_is_below(const struct paper *p, double min_relevance, double min_novelty);
/* A local judge, which counts words, scored it, and no LLM. */
bool paper_is_local(const struct paper *p);
/* The day it was announced, or else published; false if neither is known. */
bool paper_day(struct paper *p, day_t *day);

/* Copies the input line. */
void paper_pass(struct output *out, const struct paper *p);

/* A key the tool owns and its new JSON value; value.p NULL removes it. */
struct paper_change {
	enum paper_key key;
	struct slice value;
};

/*
 * The line with the changes applied: each changed key is removed where it
 * stood and, if it has a value, spliced in before the closing brace.  All
 * other bytes are the input's.
 */
void paper_write(struct output *out, const struct paper *p,
    const struct paper_change *changes, size_t n);
/* The same into a buffer, without newline. */
void paper_splice(struct strbuf *b, const struct paper *p,
    const struct paper_change *changes, size_t n);

#endif
