/* SPDX-License-Identifier: ISC */
/*
 * What a digest says, before any format says it: the papers that are shown,
 * in their order and groups, the counts, the money, and what went wrong.
 *
 * Everything a struct digest gives out lives in its arena until
 * digest_free(), and is text as it came from the network: a renderer passes
 * every slice through the escape of its target (escape.h).  The exceptions
 * are url, pdf and code, which are http or https with URL characters
 * only (they still go through the escape of their place), and anchors, which
 * are [a-z0-9-] only.
 *
 * Life: digest_new, digest_add for each record, report_read for each report,
 * digest_finish, then read only.
 */
#ifndef DIGEST_H
#define DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/date.h"
#include "common/base/slice.h"
#include "common/base/strlist.h"
#include "common/io/line_reader.h"
#include "common/record/paper.h"

/* These three in the order of their options, which leave 0 for "not given". */
enum digest_view {
	VIEW_DAY = 1,
	VIEW_WEEK,
	VIEW_MONTH,
	VIEW_INDEX,
	VIEW_LIST /* papers that somebody chose: each is shown */
};

enum digest_grouping {
	GROUP_TOPIC = 1,
	GROUP_CATEGORY,
	GROUP_NONE
};

enum digest_tex {
	TEX_UNICODE = 1, /* the texts below were detexed when they came in */
	TEX_RAW, /* the texts are arXiv's */
	TEX_KATEX, /* as unicode; what is left between $ is for KaTeX */
	TEX_FORMULAS /* as unicode, but formulas stay: for BibTeX */
};

/* Sites that have a page of each paper of arXiv's, beside arXiv. */
enum digest_site {
	SITE_ALPHAXIV,
	SITE_SEMANTICSCHOLAR,
	SITE_HUGGINGFACE,
	SITES
};

enum digest_abstracts {
	ABSTRACTS_YES = 1,
	ABSTRACTS_NO
};

/* A link beside the document: "Previous Day=../16/index.html". */
struct digest_link {
	struct slice label, url; /* url: http, https or relative, checked */
	bool present; /* the option was given */
};

/* What the command line asks of every format.  Pointers are borrowed from
 * argv. */
struct digest_style {
	enum digest_view view;
	enum digest_grouping group_by;
	enum digest_tex tex;
	enum digest_abstracts abstracts; /* text */
	double min_relevance, min_novelty;
	long top; /* 0: all */
	bool keep_order, verbatim, prompt;
	bool elsewhere[SITES]; /* the web page links it */
	const char *title; /* NULL: the view's own */
	const char *date; /* NULL: the papers', the reports', today's */
	struct digest_link prev, next, up;
	const struct digest_link *feeds; /* a feed's own address is the first */
	size_t nfeeds;
	const char *mail_from, *mail_to; /* NULL: not given */
	bool color; /* text: escape sequences are wanted */
	int width; /* text: columns */
	bool keep_lines; /* the format prints records: fill paper.line */
	bool newest_first; /* the last day's papers, then those before */
	size_t room; /* papers that the format can show; 0: all */
	const struct strlist *columns; /* of tables; empty: the usual ones */
	struct jq_program *template; /* NULL: a format prints */
	const char *template_file;
	bool each; /* paper is a document of its own */
	const char *split; /* the folder for these; NULL: one after the other */
	bool force; /* what is in the folder may be replaced */
};

struct slices {
	const struct slice *v;
	size_t n;
};

/* An axis of score beside the two everybody has: "evidence" 7. */
struct digest_axis {
	struct slice name;
	double value;
};

/* One that the paper is near to. */
struct digest_near {
	struct slice id, title;
	struct slice announced; /* may be empty */
	bool starred;
};

/* A paper that is shown.  Empty slices are absent values. */
struct digest_paper {
	struct slice id, title, abstract; /* without a title, the id */
	struct slice url; /* always there */
	struct slice pdf; /* as the record says; else see digest_pdf */
	struct slices authors, categories, code, topics;
	struct slices match_authors, match_keywords;
	struct slices matched; /* the words that keywords found, as shown */
	struct slices cites; /* titles of the reader's library, the first */
	size_t ncites; /* how many it cites */
	const struct digest_near *near; /* best first */
	size_t nnear;
	struct slice primary; /* category */
	struct slice announce_type, announced, published;
	struct slice arxiv_comment, journal_ref, doi;
	struct slice comment; /* of score */
	const struct digest_axis *axes;
	size_t naxes;
	double relevance, novelty; /* only if has_ says so */
	double mean; /* of several votes on relevance; 0: there was one */
	struct slice line; /* the record, if style.keep_lines .. */
	const char *file; /* .. and where it stands */
	unsigned long lineno;
	struct arena_chunk *own; /* where all this is, if style.room */
	size_t number; /* 1.. through the groups, in their order */
	uint32_t day; /* index into days */
	bool has_relevance, has_novelty;
	bool scored; /* false: nobody scored it */
	bool arxiv; /* one of arXiv's: else links and labels are not */
};

/* Where its PDF is, also where arXiv has it, which 120,000 papers need not keep
 * one by one: in buf then.  Empty if nobody says. */
#define DIGEST_PDF_SIZE 64
struct slice
digest_pdf(const struct digest_paper *p, char buf[DIGEST_PDF_SIZE]);

/* A paper that was to be scored and was not: in the health notice only. */
struct digest_unscored {
	struct slice id, title, url, code, detail;
	uint32_t day; /* index into days */
};

struct digest_papers {
	struct digest_paper **v;
	size_t n, cap;
};

/* With GROUP_NONE, or where no paper has a topic, the only group holds every
 * paper and has no label. */
struct digest_group {
	struct slice label;
	struct slice anchor; /* "topic-moe", one of a kind in the document */
	struct digest_papers papers;
	/* Papers with this topic; more than papers.n where some stand under
	 * another one. */
	size_t all;
};

/* How often a topic occurs among the papers shown. */
struct digest_topic {
	struct slice label;
	size_t primary; /* papers whose first topic it is */
	size_t all; /* those and the ones that also match it */
};

struct digest_usage {
	bool known; /* a report of llm-score was given */
	bool llm; /* at least one of its runs asked a model for money */
	struct slice model; /* "gpt-5", or several, comma-separated */
	bool tokens_known; /* a service that reports none is not 0 */
	uint64_t prompt, completion, cached, reasoning;
	bool priced; /* cost is known .. */
	bool at_least; /* .. but for what a run that was killed had asked */
	bool split; /* .. and what prompt and completion cost of it */
	double cost_prompt, cost_completion, cost; /* USD */
	double seconds;
};

struct digest_totals {
	bool arxiv_known;
	uint64_t arxiv; /* entries of the feeds */
	bool scanned_known;
	uint64_t scanned; /* what the scoring looked at, else what came in */
	bool relevant_known;
	uint64_t relevant; /* above the cutoffs, or by a followed author */
	uint64_t shown; /* relevant, after --top */
	/* Where the records of the input went; they add up to read. */
	uint64_t read, kept, below, screened, unscored, duplicate;
	uint64_t unread; /* of the kept: nobody scored them */
	uint64_t bad; /* lines that were no records */
};

enum notice_level {
	NOTICE_INFO, /* good to know: no LLM read these papers */
	NOTICE_WARNING, /* something is missing or old */
	NOTICE_OUTAGE /* the digest cannot be what it should be */
};

/* A sentence for the head, without markup. */
struct digest_notice {
	enum notice_level level;
	struct slice text;
	struct slice day; /* whose it is, where there are several; or "" */
};

/* What became of a day, best first. */
enum day_state {
	DAY_READ, /* it was announced and read */
	DAY_QUIET, /* there were no papers */
	DAY_HOLIDAY,
	DAY_PART, /* some papers, or some scores, are missing */
	DAY_OUTAGE, /* so many that what there is says nothing of the day */
	DAY_UNFETCHED /* a weekday of which nothing came in */
};

/* The papers of one announcement, oldest day first. */
struct digest_day {
	struct slice date; /* "2025-10-17", or "" for papers without one */
	bool dated;
	day_t day;
	uint64_t read, relevant, unscored;
	struct digest_papers papers; /* shown, in the digest's order */
	/* A count that is not known is a dash, never 0. */
	bool arxiv_known, scanned_known, relevant_known;
	uint64_t arxiv, scanned;
	struct digest_usage usage;
	enum day_state state;
	bool reported; /* by a run */
};

struct digest_run; /* digest_internal.h */

struct digest {
	struct digest_style style;
	struct slice title; /* "Personalized Daily ArXiv Papers" */
	struct slice date; /* "2025-10-17", "2025/10", "2025-10-13 .." */
	struct slice heading; /* title and date */
	struct slice first_day, last_day; /* "2025-10-17", never empty */
	moment_t now; /* the document's own date of making */

	struct digest_papers papers; /* shown, in order */
	size_t left_out; /* that style.room has no place for */
	struct digest_group *groups; /* the same papers */
	size_t ngroups;
	struct digest_day *days; /* the same papers */
	size_t ndays;
	struct digest_topic *topics; /* most frequent first */
	size_t ntopics;

	struct digest_totals totals;
	struct digest_usage usage;
	struct digest_notice *notices; /* worst first */
	size_t nnotices;
	struct digest_unscored *unscored;
	size_t nunscored;
	/* Why no paper is shown, with the counts that prove it; empty if some
	 * are. */
	struct slice empty_reason;
	bool outage; /* that is: nothing is known, rather than nothing there */
	struct slice prompt_system, prompt_user; /* may hold newlines */

	/* The rest is the builder's. */
	struct digest_run *runs;
	size_t nruns;
	uint64_t unreadable; /* files, and reports that are none */
	bool reported; /* at least one line of a report was read */
	struct arena {
		struct arena_chunk *chunks;
		char *next;
		size_t left;
	} arena; /* keep.c hands it out */
	struct digest_builder *builder;
};

struct digest *digest_new(const struct digest_style *style);
void digest_free(struct digest *d);
/* Copies what is needed of the record, or only counts it. */
void digest_add(struct digest *d, struct paper *p);
/* Sorts, cuts, groups, counts and words the rest. */
void digest_finish(struct digest *d);
/* True if there is something to tell: a paper came in, or a report says
 * why none did. */
bool digest_is_explained(const struct digest *d);
/* "" for a day that was read, else "no papers", "holiday", "in part", "outage",
 * "not fetched"; and one word for style sheets. */
const char *digest_state_label(enum day_state state);
const char *digest_state_class(enum day_state state);
/* NULL if the digest knows nothing of that day. */
const struct digest_day *digest_find_day(const struct digest *d, day_t day);
/* False if its run left no papers and so no page to link to. */
bool digest_day_has_page(const struct digest_day *day);
/* "Note", "Warning", "Outage". */
const char *digest_level_name(enum notice_level level);

/* One line of the report in file, a name that outlives d; false if it is
 * none. */
bool report_add(struct digest *d, const char *file, struct slice line);
/* Reads every line of the reports into d and closes them; their names outlive
 * it.  What is no report is a failure that is reported; the rest of the file
 * goes on. */
void report_read(struct digest *d, struct line_reader *in);

#endif
