/* SPDX-License-Identifier: ISC */
/*
 * The parts of paper-filter and how a record goes through them:
 *
 *	predicates.c	may it pass, or what is the reason that it may not?
 *	reorder.c		what depends on other records: duplicates, sample,
 *			order, top
 *	emit.c		out it goes, or to the rejects
 */
#ifndef FILTER_H
#define FILTER_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/date.h"
#include "common/base/strbuf.h"
#include "common/base/strlist.h"
#include "common/cli/options.h"
#include "common/io/output.h"
#include "common/record/paper.h"

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

#endif
