/* SPDX-License-Identifier: ISC */
/* What the files that build a digest share; renderers do not include it. */
#ifndef DIGEST_INTERNAL_H
#define DIGEST_INTERNAL_H

#include "common/base/strbuf.h"
#include "common/base/strmap.h"
#include "model/digest.h"

#define SHARED_MAX 1024

struct digest_builder {
	struct strmap ids; /* of the papers kept, in order of arrival, .. */
	bool *judged; /* .. and which of them have a score */
	size_t judged_cap;
	struct strmap topics; /* of digest.topics, by their places */
	size_t topics_cap;
	struct arena *into; /* where texts are copied to */
	/* What was copied already, by its hash. */
	struct slice words[SHARED_MAX];
	struct slices lists[SHARED_MAX];
	struct strmap models; /* of the scores of papers kept */
	struct strmap dates; /* of days, by their places */
	struct strbuf scratch, item; /* text decoded, text made */
	struct json_members object; /* the score, match, .. being read */
	/* Places for the values of one record before they go to the arena. */
	struct slice *list;
	size_t nlist, list_cap;
	size_t days_cap, unscored_cap, notices_cap;
	uint32_t this_day; /* of the record that is coming in */
	/* The best of those below the cutoffs, for the reason why none is shown. */
	struct slice closest_title;
	double closest_relevance, closest_novelty, closest_merit;
	bool closest, closest_has_relevance, closest_has_novelty;
	uint64_t scored, local; /* records with a score, and of a local judge */
};

/*
 * keep.c: the memory of a digest, which is given back at once: handed out in
 * order, never given back one by one.
 */

/* The first n bytes, where a guess at what will be needed is better than the
 * usual first chunk, which is that of a large document. */
void arena_begin(struct arena *a, size_t n);
void arena_release(struct arena *a);
/* n bytes, aligned for pointers and doubles, not cleared. */
void *arena_alloc(struct arena *a, size_t n);
/* A copy of the bytes; a NUL stands behind them. */
struct slice arena_copy(struct arena *a, struct slice s);
/* Text made here; a NUL stands behind it, too. */
struct slice arena_textf(struct arena *a, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/*
 * Copies of what a record says, as they are shown, in the arena of the digest
 * or of the paper that is coming in (d->builder->into).  What is no text of the
 * kind that is wanted comes out empty.
 */

typedef struct slice keep_item_fn(struct digest *d, struct slice s);

keep_item_fn keep; /* as it is */
keep_item_fn keep_word; /* that many papers share */
keep_item_fn keep_text; /* that may hold TeX */
keep_item_fn keep_name; /* of an author; a mere sign is none */
keep_item_fn keep_url; /* with what a URL must not hold encoded */
keep_item_fn keep_web; /* the same, if it may be followed */
/* The URL that begins so and ends in the name. */
struct slice
keep_address(struct digest *d, const char *before, struct slice name);

/* A list is gathered in the builder, then moved to the arena. */
void kept_push(struct digest_builder *b, struct slice s);
bool kept_has(const struct digest_builder *b, struct slice text);
struct slices kept_take(struct digest *d);

/* The strings of an array, but for those that come out empty: of a key of the
 * record, or of a member of builder->object. */
struct slices keep_array(struct digest *d, const struct paper *p,
    enum paper_key key, keep_item_fn *keep_item);
struct slices
member_list(struct digest *d, const char *key, keep_item_fn *keep_item);
/* A string of builder->object, valid until the next one. */
struct slice member_text(struct digest *d, const char *key);

void papers_push(struct digest_papers *list, struct digest_paper *p);

/* What orders papers: the mean of the axes that are known. */
double
merit(bool has_relevance, double relevance, bool has_novelty, double novelty);

/* What becomes of a record. */
enum paper_class {
	CLASS_SHOWN,
	CLASS_UNSCORED,
	CLASS_SCREENED,
	CLASS_BELOW
};
enum paper_class classify_paper(const struct digest *d, const struct paper *p);

/* Copies of the record what is shown, what a failed one is named by, what
 * tells how near the cutoffs were. */
void load_paper(struct digest *d, struct paper *p);
/* .. and gives back what it has of its own. */
void free_paper(struct digest_paper *p);
void load_unscored(struct digest *d, struct paper *p);
void load_closest(struct digest *d, struct paper *p);

/* The day of that date, made if it is new. */
uint32_t day_index(struct digest *d, struct slice announced);

/* Between records: of more papers than there is room for, the best stay. */
void prune_papers(struct digest *d);

/* digest_finish's steps. */
void select_papers(struct digest *d); /* order, --top */
void group_papers(struct digest *d); /* groups, topics, numbers */
void sum_reports(struct digest *d); /* runs into totals, usage, days */
void judge_days(struct digest *d); /* what is known of them, and gaps */
void sum_days(struct digest *d); /* into totals */
void sort_days(struct digest *d); /* and give them their papers */
void word_health(struct digest *d); /* notices */
void word_empty_reason(struct digest *d);
/* The last day that a report speaks of; empty if none does. */
struct slice last_reported_day(const struct digest *d);
void free_reports(struct digest *d);
/* True if the last tool says it wrote papers: then an empty input is a loss. */
bool reports_speak_of_papers(const struct digest *d);

/*
 * reports.c: the run reports of the other tools, read to tell what the stream
 * cannot: feeds, tokens, cost, outages.
 */

struct report_feed {
	struct slice category, status, announced, why;
};

/* A reason and how many papers or requests it took. */
struct report_count {
	struct slice name;
	uint64_t n;
};

struct report_counts {
	struct report_count *v;
	size_t n;
};

/* One run of the pipeline: what its tools reported. */
struct digest_run {
	const char *file; /* where its arxiv-fetch line stands, or NULL */
	struct slice date; /* the day it announced, or it ran on */
	bool dated; /* by the report's name */

	bool fetched; /* there is an arxiv-fetch line */
	bool retried; /* and one before it that failed */
	bool nothing; /* it wrote no papers, and nothing was wrong */
	long fetch_exit;
	bool arxiv_known;
	uint64_t arxiv;
	struct report_feed *feeds;
	size_t nfeeds;

	uint64_t filter_in;
	bool filtered;
	long filter_exit;
	uint64_t lines_failed; /* of paper-filter and llm-score */
	struct report_counts dropped;

	bool scanned_known;
	uint64_t scanned;
	bool scoring; /* there is an llm-score line */
	long score_exit;
	struct slice health; /* of the last llm-score line */
	struct slice stopped; /* why it ended early */
	uint64_t score_unscored;
	struct report_counts errors;
	struct digest_usage usage;
	/* paperround's line: what it came to, and that it can be repeated. */
	struct slice result;
	/* Papers that the screen let pass by chance, which were selected:
	 * more than it promised; 0: it kept its promise. */
	uint64_t screen_missed;

	/* What the last tool wrote, for conservation. */
	bool out_known;
	uint64_t out;
	struct slice out_tool;

	/* Papers of which a service, asked about them, said nothing. */
	uint64_t unanswered;
	struct slice unanswered_by;
};

/* What the run's lines say of its day. */
enum day_state report_state(const struct digest_run *r);
/* How many of its feeds have that status, and how many brought nothing that
 * was due. */
size_t report_feeds(const struct digest_run *r, const char *status);
size_t report_bad_feeds(const struct digest_run *r);
/* True if a later run of the same day did what this one could not. */
bool report_is_mended(const struct digest *d, const struct digest_run *r);
/* Of an outage that is told alone the papers come later. */
bool report_is_outage_only(const struct digest *d, const struct digest_run *r);
/* Appends " (timeout 3, auth 1)", or nothing. */
void report_name_counts(struct strbuf *b, const struct report_counts *counts);

#endif
