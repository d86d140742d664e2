/* SPDX-License-Identifier: ISC */
/*
 * The formats: each one function in a file or folder of its own, and a row
 * here; and what several of them share.
 */
#ifndef RENDER_H
#define RENDER_H

#include <stdbool.h>

#include "common/base/slice.h"
#include "common/base/strbuf.h"
#include "common/io/output.h"
#include "model/digest.h"

/* What a format needs of the digest besides what all do. */
enum format_kind {
	A_DOCUMENT,
	OF_RECORDS, /* their bytes as they came: style.keep_lines */
	OF_NEWS, /* the last day first: style.newest_first */
	A_MESSAGE /* of so many bytes: style.room */
};

/*
 * The only list of formats: the name, for which there is a render_NAME(), how
 * -o FILE ends that means it, and its kind.  The order is that of --help.
 */
#define FORMATS(X)                    \
	X(markdown, "md", A_DOCUMENT) \
	X(html, "html", A_DOCUMENT)   \
	X(text, "txt", A_DOCUMENT)    \
	X(short, "", A_DOCUMENT)      \
	X(email, "eml", A_MESSAGE)    \
	X(atom, "xml", OF_NEWS)       \
	X(jsonfeed, "json", OF_NEWS)  \
	X(slack, "", A_DOCUMENT)      \
	X(bibtex, "bib", A_DOCUMENT)  \
	X(ris, "ris", A_DOCUMENT)     \
	X(csljson, "", A_DOCUMENT)    \
	X(csv, "csv", OF_RECORDS)     \
	X(tsv, "tsv", OF_RECORDS)     \
	X(ids, "", A_DOCUMENT)        \
	X(jsonl, "jsonl", OF_RECORDS)

/*
 * A renderer appends to out->buf and calls render_spill() between papers, so
 * that a large document does not have to fit into memory a second time.
 * All input was read before, so what is on its way is always whole.
 */
#define FORMAT_FUNCTION(name, suffix, kind) \
	void render_##name(const struct digest *d, struct output *out);
FORMATS(FORMAT_FUNCTION)

/* "markdown|html|..", as an option's choices are written. */
#define FORMAT_CHOICE(name, suffix, kind) "|" #name
#define FORMAT_CHOICES			  (&(FORMATS(FORMAT_CHOICE))[1])

/* More papers than a message holds, however little is said of each. */
#define MESSAGE_ROOM			  2048

struct renderer {
	const char *name, *suffix;
	void (*render)(const struct digest *d, struct output *out);
	enum format_kind kind;
};

/* style.template's, which is no format of the list. */
void render_template(const struct digest *d, struct output *out);
extern const struct renderer template_renderer;

/* In the order of the list, ended by a NULL name. */
extern const struct renderer renderers[];

#define RENDER_SPILL ((size_t)256 << 10)

static inline void
render_spill(struct output *out)
{
	if (out->buf.len >= RENDER_SPILL)
		output_flush(out);
}

/* The text of a mail: titles, scores, comments and links, of as many papers as
 * max bytes hold. */
void
text_brief(const struct digest *d, struct strbuf *b, size_t width, size_t max);

/*
 * entry.c: what feeds and messages share: a digest in a line, what papers and
 * days are known by, and the entries of both as HTML.
 */

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

/*
 * reference.c: what bibliographies know of a paper: people in parts, and when
 * it is of.
 */

/* "Jan van der Berg III" is Jan, van der Berg, III; of a group, and of who has
 * one name, all of it is family.  Parts of the name that was split; empty where
 * there is none. */
struct person {
	struct slice family, given, suffix;
	bool group; /* the name is to be taken as it stands */
};

/* arxiv: given names come first, so a comma is no person's; others write
 * "Family, Given". */
void person_split(struct person *out, struct slice name, bool arxiv);

/* The month of an id of arXiv's, else the day that is known; month and day are
 * 0 where they are not.  False if nothing is. */
bool reference_date(const struct digest_paper *p, struct ymd *date);
/* The id as a key or the name of a file: letters, digits, dots and dashes. */
void reference_key(struct strbuf *b, struct slice id);

#endif
