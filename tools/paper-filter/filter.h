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

/*
 * needles.c: which of many short texts may occur in a long one?  One scan
 * answers for all of them, without regard to case; it may name one that is not
 * there, never miss one that is.
 */

/* Pairs of bytes, five bits of each: upper and lower case fall together. */
#define NEEDLES_PAIRS 1024

struct needle {
	char *text;
	size_t len;
	unsigned owner; /* whatever the caller wants to be told */
	int next; /* the next one with the same last pair, or -1 */
};

struct needles {
	struct needle *v;
	size_t n;
	/* Filled by needles_ready: */
	size_t window; /* so many first bytes of each are looked at */
	uint8_t shift[NEEDLES_PAIRS]; /* how far on the next end may be */
	int first[NEEDLES_PAIRS];
};

/* The shortest needle that can be looked for. */
#define NEEDLE_MIN 2

void needles_init(struct needles *s);
void needles_release(struct needles *s);
/* ASCII of at least NEEDLE_MIN bytes. */
void needles_add(struct needles *s, struct slice text, unsigned owner);
/* To be called once after the last needle was added. */
void needles_ready(struct needles *s);
/* Calls found(arg, owner) for each occurrence; ends when that gives false. */
void needles_scan(const struct needles *s, struct slice text,
    bool (*found)(void *arg, unsigned owner), void *arg);

/*
 * The longest texts such that whatever the regular expression matches holds
 * one of them: one text for each branch on its top level.  Adds them for owner
 * and returns true, or adds nothing if there are none that are sure.
 */
bool needles_add_regex(struct needles *s, const char *regex, unsigned owner);

/*
 * keyword.c: keywords: regular expressions looked for in the texts of a paper,
 * without regard to accents and TeX, and to case unless the keyword has a
 * capital.
 */

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
/* True if no option and no file gave one. */
bool keywords_are_none(const struct keywords *k);
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

/* name.c: names of people, taken apart so that they can be compared. */

#define NAME_PARTS_MAX 16

struct name {
	struct strbuf text; /* folded; what the parts point into */
	struct slice part[NAME_PARTS_MAX]; /* given names, then the family's */
	bool joined[NAME_PARTS_MAX]; /* by a hyphen, to the part before */
	size_t n;
};

enum name_likeness {
	NAME_OTHER,
	NAME_INITIALS, /* the same as far as the initials tell */
	NAME_SAME
};

void name_init(struct name *n);
void name_release(struct name *n);
/* Takes "Yann A. LeCun" or "LeCun, Yann A." apart.  False if no letter is in
 * it. */
bool name_parse(struct name *n, struct slice text);
/* The last part; empty for a name without parts. */
struct slice name_family(const struct name *n);
enum name_likeness name_compare(const struct name *a, const struct name *b);

/*
 * people.c: the people whose papers the reader wants to see: a file with one on
 * each line, "Name" or "Name, S2id" (Semantic Scholar's number); "#" begins a
 * comment.
 *
 * Accents, hyphens and middle names may be there or not.  A number decides
 * where the paper has numbers too; a name does otherwise; an initial matches
 * every name that begins with it, which is said.
 */

struct people;

struct people_match {
	struct strlist names; /* the authors that matched, as the paper has
				 them */
	struct strlist unsure; /* those of them matched by initials alone */
};

/* Reads the files; one that is not there but looks like a name is taken for one,
 * which is said.  A file that cannot be read ends the program, a line that is no
 * name exits 2. */
struct people *people_new(const struct strlist *files);
bool people_are_none(const struct people *l);
void people_free(struct people *l);
/* Adds the paper's authors that are on the list to m; false if none is. */
bool
people_find(struct people *l, const struct paper *p, struct people_match *m);

/*
 * cites.c: the reader's own library, and what of it a paper cites: entries are
 * found by arXiv's id, by DOI, or by their title, without TeX, accents, case
 * and punctuation.  A title alone proves little: it has two words at least, and
 * an author or the year agrees with it.
 */

struct cites;

/*
 * Reads files of records, as scripts/contrib/library makes them.  Lines that are
 * none are told, and the rest goes on; a file that cannot be read, or no entry
 * at all, exits with 2.
 */
struct cites *cites_new(const struct strlist *files);
void cites_free(struct cites *c);
/*
 * Adds to found what the paper's references cite, in the library's order and
 * each once, as JSON: {"id":"1706.03762","title":"Attention Is .."}.  The paper
 * itself, if it is in the library, does not count.  False if there is nothing.
 */
bool cites_find(struct cites *c, struct paper *p, struct strlist *found);

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
 * category.c: patterns for categories: "cs.LG", "cs.*", "hep-*", or the name of an
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
 * seen_file.c: the file of ids already delivered: one line each, the id, a
 * blank and the day it was delivered.  The day may be missing; "#" begins a comment.  An id
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
 * match.c: the record's key match: which of the reader's people and keywords let the
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
 * spool.c: lines held back: a few megabytes in memory, and from there on in a temporary
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

/*
 * merge.c: --dedup=merge: one record for each id, the newest version, with the
 * categories of all.
 */

struct merged {
	uint64_t at; /* of the newest version's line */
	uint32_t n;
	uint32_t shared; /* index + 1 in categories; 0 for a single record */
};

struct merge {
	struct spool *spool; /* where lines are held; the caller's */
	struct strmap ids;
	struct merged *v; /* by the number of their id */
	size_t cap;
	struct strlist *categories; /* of all records of an id */
	size_t ncategories;
	struct paper view; /* of a record held */
	struct strbuf held, line;
};

void merge_init(struct merge *m, struct spool *spool);
void merge_release(struct merge *m);
/*
 * Adds a line, which p is a view of.  False if its id is new; else *older is
 * the older line of the two, which goes: line itself, or one that is valid
 * until the next call.
 */
bool merge_add(
    struct merge *m, struct slice line, struct paper *p, struct slice *older);
/* The line of the i-th paper, i < m->ids.n; valid until the next call. */
struct slice merge_get(struct merge *m, size_t i);

#endif
