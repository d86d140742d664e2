/* SPDX-License-Identifier: ISC */
/*
 * The parts of paper-filter and how a record goes through them:
 *
 *	near.c		how near is it to papers that were named?
 *	predicates.c	may it pass, or what is the reason that it may not?
 *	reorder.c	what depends on other records: duplicates, sample,
 *			order, top
 *	emit.c		out it goes, or to the rejects
 */
#ifndef FILTER_H
#define FILTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/date.h"
#include "common/base/slice.h"
#include "common/base/strbuf.h"
#include "common/base/strlist.h"
#include "common/base/strmap.h"
#include "common/cli/options.h"
#include "common/io/output.h"
#include "common/record/paper.h"
#include "keyword.h"
#include "people.h"

/* In the order of --dedup's words; 0: not given. */
enum dedup {
	DEDUP_NONE,
	DEDUP_FIRST,
	DEDUP_MERGE
};

struct filter_options {
	struct options_common common; /* stands first: see options.h */
	struct strlist categories;
	bool primary;
	struct strlist announce;
	struct strlist keywords, keyword_files;
	struct strlist excludes, exclude_files;
	struct strlist fields;
	struct strlist authors;
	bool require_author;
	long min_h_index;
	day_t since, until;
	bool since_given, until_given;
	struct strlist where, args, argjsons;
	double min_relevance, min_novelty;
	bool relevance_given, novelty_given;
	struct strlist near;
	struct strlist cites;
	struct strlist seen;
	long seen_days;
	bool seen_days_given;
	const char *mark_seen;
	enum dedup dedup;
	const char *sort_by;
	long top, sample, seed;
	bool top_given, sample_given, seed_given;
	const char *rejects;
	bool invert;
	bool count;
};

/* Reads the command line and checks what belongs together; returns the first
 * operand's index.  Misuse exits 2. */
int filter_options_parse(struct filter_options *o, int argc, char **argv);
void filter_options_release(struct filter_options *o);

/* Why papers are dropped, in the order in which it is asked; part of the
 * interface: rejects, report and manual name them. */
#define REASON_CATEGORY	   "category"
#define REASON_TYPE	   "announce_type"
#define REASON_DATE	   "date"
#define REASON_SEEN	   "seen"
#define REASON_AUTHOR	   "author"
#define REASON_KEYWORD	   "keyword"
#define REASON_EXCLUDE	   "exclude"
#define REASON_H_INDEX	   "h_index"
#define REASON_SCREEN	   "screen"
#define REASON_RELEVANCE   "relevance"
#define REASON_NOVELTY	   "novelty"
#define REASON_WHERE_ERROR "where_error"
#define REASON_WHERE	   "where"
#define REASON_INVERT	   "invert"
#define REASON_DUPLICATE   "duplicate"
#define REASON_SAMPLE	   "sample"
#define REASON_TOP	   "top"

struct near;

/*
 * What o->near asks for, or NULL: papers of its files, and those of the input
 * (files, or stdin, which is kept in a temporary file) whose ids it names.
 * Misuse exits 2.
 */
struct near *near_new(const struct filter_options *o, char *const *files);
void near_free(struct near *a);
/* The paper with its key near, valid until the next call. */
struct paper *near_add(struct near *a, struct paper *p);

struct predicates;

struct predicates *predicates_new(const struct filter_options *o);
void predicates_free(struct predicates *f);
/* The reason why the paper is dropped, or NULL: it passes, and *match is the
 * new value of its key match, or empty if that does not change. */
const char *
predicates_reason(struct predicates *f, struct paper *p, struct slice *match);

struct emit;

/* Where records end: o->common.output, o->rejects, o->mark_seen. */
struct emit *emit_new(const struct filter_options *o);
/* A record passes, with match (unless empty) as its match. */
void emit_pass(struct emit *e, struct paper *p, struct slice match);
void emit_reject(struct emit *e, struct paper *p, const char *reason);
/* Ends the output, marks what passed, frees e, and returns main's status. */
int emit_finish(struct emit *e);

struct reorder;

/* What o asks for beyond looking at one record, before emit. */
struct reorder *reorder_new(const struct filter_options *o, struct emit *e);
/* A record that passes all predicates. */
void reorder_add(struct reorder *r, struct paper *p, struct slice match);
/* After the last one: what was held goes to emit. */
void reorder_finish(struct reorder *r);
void reorder_free(struct reorder *r);

/*
 * Patterns for categories: "cs.LG", "cs.*", "hep-*", or the name of an
 * archive, which means all of it.  Upper and lower case are the same.
 */
struct category {
	const char *text; /* borrowed */
	size_t n;
	bool wild; /* has a '*' */
	bool archive; /* has no '.', and so means all that has it in front */
};

struct categories {
	struct category *v;
	size_t n;
};

/* Exits 2, showing the place, if a pattern cannot match any category.
 * patterns must live as long as the set. */
void categories_init(struct categories *set, const struct strlist *patterns);
void categories_release(struct categories *set);
/* True if one of the paper's categories (or only its primary one) matches. */
bool categories_match(
    const struct categories *set, struct paper *p, bool primary_only);

/*
 * The file of ids already delivered: one line each, the id, a blank and the
 * day it was delivered.  The day may be missing; "#" begins a comment.  An id
 * that has a blank, a control character, a % or a # in front has them as %XX.
 *
 * Adds the ids of the file that were delivered on the day since or later, and
 * those without a day.  A file that does not exist yet holds none, which is
 * said; one that cannot be read ends the program.
 */
void seen_file_load(struct strmap *set, const char *path, day_t since);

/* Opens the file for seen_file_append, so that one that cannot be written is known
 * before anything else is; ends the program then. */
int seen_file_open(const char *path);
/* Ids to be appended, kept in memory until the output was written. */
void seen_file_note(struct strbuf *notes, struct slice id);
/*
 * Appends the noted ids, all of them or none, with the day they were
 * delivered, and closes fd.  Safe against other processes that do the same.
 * False, with a message given, on failure.
 */
bool seen_file_append(
    int fd, const char *path, const struct strbuf *notes, day_t day);

/*
 * The record's key match: which of the reader's people and keywords let the
 * paper through, and what it cites of the reader's library.
 *
 *	{"authors":["Yann LeCun"],"authors_unsure":[],
 *	 "keywords":[{"keyword":"moe","field":"title","offset":4,"length":3}],
 *	 "cites":[{"id":"1706.03762","title":"Attention Is All You Need"}]}
 *
 * Writes the paper's match joined with what was found now; false, writing
 * nothing, if that adds nothing to it.
 */
bool match_write(struct strbuf *b, struct paper *p,
    const struct people_match *people, const struct keyword_hits *hits,
    const struct strlist *cites);

/*
 * Lines held back: a few megabytes in memory, and from there on in a temporary
 * file that no name leads to.
 */
struct spool {
	int fd; /* -1: no file could be made, all stays in memory */
	uint64_t written; /* bytes that are in the file */
	struct strbuf tail; /* those behind them */
};

/* Makes the file in $TMPDIR or /tmp. */
void spool_open(struct spool *s);
void spool_close(struct spool *s);
/* Returns where the line begins. */
uint64_t spool_add(struct spool *s, struct slice line);
/* Puts the n bytes from `at` on into b, in place of what was there. */
struct slice
spool_get(struct spool *s, uint64_t at, size_t n, struct strbuf *b);

#endif
