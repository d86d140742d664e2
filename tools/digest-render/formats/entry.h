/* SPDX-License-Identifier: ISC */
/*
 * What feeds and messages share: a digest in a line, what papers and days are
 * known by, and the entries of both as HTML.
 */
#ifndef ENTRY_H
#define ENTRY_H

#include "common/base/strbuf.h"
#include "model/digest.h"

/* "1,204", or a dash for what nobody knows. */
void entry_count(struct strbuf *b, bool known, uint64_t n);
/* "12 arXiv papers, 7 scanned, 4 relevant", with what stands between them; of a
 * list "4 found". */
void
entry_totals(struct strbuf *b, const struct digest *d, const char *between);
/* What stands before empty_reason: no papers are not an outage. */
const char *entry_verdict(const struct digest *d);
/* "$0.04", "at least $0.04" or "unpriced"; usd is the cost of u or a part of
 * it. */
void entry_cost(struct strbuf *b, const struct digest_usage *u, double usd);
/* What a section holds, behind its label: "(8)", "(8 of 10)" where the rest of
 * the topic stands under another one. */
void entry_group_size(struct strbuf *b, const struct digest_group *g);
/* The identity of what has no URL of its own: "urn:uuid:.." made of the
 * parts, ended by NULL.  Stable, not secret. */
void entry_urn(struct strbuf *b, const char *const *parts);
/* What links within a document lead to: "paper-2510-13999", [a-z0-9-] only. */
void entry_anchor(struct strbuf *b, const struct digest_paper *p);
/* The page of the paper on arXiv, by its id: what a feed reader remembers a
 * paper by, the same on every day and in every format. */
void entry_identity(struct strbuf *b, const struct digest_paper *p);
/* Where arXiv has it as HTML; nothing if it is not arXiv's. */
void entry_full_text(struct strbuf *b, const struct digest_paper *p);
/* When the paper came out in this digest, RFC 3339. */
void entry_date(
    struct strbuf *b, const struct digest *d, const struct digest_paper *p);
/* Names joined by commas, as HTML. */
void entry_list(struct strbuf *b, const struct slices *list);
/* The same of authors, who may be many: then the first are named. */
void entry_authors(struct strbuf *b, const struct slices *names,
    void (*escape)(struct strbuf *, struct slice));
/* "Cites 4 of yours: A; B; C; and 1 more"; nothing if it cites none. */
void entry_cites(struct strbuf *b, const struct digest_paper *p,
    void (*escape)(struct strbuf *, struct slice));
/* "(2025-10-01, starred)" behind the title of a paper that is near; nothing if
 * nothing is known. */
void entry_near(struct strbuf *b, const struct digest_near *n,
    void (*escape)(struct strbuf *, struct slice));
/* "Topics: moe 2, agents 1": those that most papers have. */
void entry_topics(struct strbuf *b, const struct digest *d,
    void (*escape)(struct strbuf *, struct slice));
/* " (10·9)": relevance and novelty, behind a title; nothing if nobody
 * scored it. */
void entry_scores(struct strbuf *b, const struct digest_paper *p);
/* At most so many bytes of a text, as HTML. */
void entry_cut(struct strbuf *b, struct slice text, size_t max);
/* The entry of a feed, or of a mail, as HTML that stands in any page: comment,
 * scores, authors, so much of the abstract, links. */
void
entry_html(struct strbuf *b, const struct digest_paper *p, size_t abstract_max);
/*
 * What a feed says of the day with that index itself: notices, why there is
 * no paper, which papers could not be scored; with the last day also what
 * is not one day's.  The same day is the same entry in every feed.
 * entry_health_html returns false if there is nothing to say.
 */
bool entry_health_html(struct strbuf *b, const struct digest *d, size_t day);
void entry_health_title(struct strbuf *b, const struct digest *d, size_t day);
void
entry_health_identity(struct strbuf *b, const struct digest *d, size_t day);
void entry_health_date(struct strbuf *b, const struct digest *d, size_t day);
/* The index of the last day that has a date. */
size_t entry_last_day(const struct digest *d);
/* A list of nothing but papers must not look whole when it is not: what went
 * wrong, and why there are none, on stderr. */
void entry_complain(const struct digest *d);

#endif
