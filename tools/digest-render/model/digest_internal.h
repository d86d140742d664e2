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

#endif
