/* SPDX-License-Identifier: ISC */
/* The formats, one file each behind one table. */
#ifndef RENDER_H
#define RENDER_H

#include <stdbool.h>

#include "common/base/strbuf.h"
#include "common/io/output.h"
#include "model/digest.h"

/*
 * A renderer appends to out->buf and calls render_spill() between papers, so
 * that a large document does not have to fit into memory a second time.
 * All input was read before, so what is on its way is always whole.
 */
struct renderer {
	const char *name;
	const char *summary; /* for --help and the manual */
	void (*render)(const struct digest *d, struct output *out);
	bool lines; /* it prints records: style.keep_lines */
};

/* Ended by a NULL name. */
extern const struct renderer renderers[];

const struct renderer *renderer_find(const char *name);

void render_markdown(const struct digest *d, struct output *out);
void render_html(const struct digest *d, struct output *out);
void render_text(const struct digest *d, struct output *out);
void render_email(const struct digest *d, struct output *out);
void render_atom(const struct digest *d, struct output *out);
void render_jsonfeed(const struct digest *d, struct output *out);
void render_slack(const struct digest *d, struct output *out);
void render_bibtex(const struct digest *d, struct output *out);
void render_jsonl(const struct digest *d, struct output *out);

#define RENDER_SPILL ((size_t)256 << 10)

static inline void
render_spill(struct output *out)
{
	if (out->buf.len >= RENDER_SPILL)
		output_flush(out);
}

/* What several formats print the same way. */

/* "Note", "Warning", "Outage". */
const char *render_level(enum notice_level level);

/* 1.5 as "1.5", 8 as "8". */
void render_number(struct strbuf *b, double v);
/* "$0.54"; below a cent "$0.0041". */
void render_cost(struct strbuf *b, double usd);
/* 10836 as "10,836". */
void render_count(struct strbuf *b, uint64_t n);
/* "3 papers", "1 paper". */
void
render_plural(struct strbuf *b, uint64_t n, const char *one, const char *many);
/* A null axis is an en dash. */
void render_axis(struct strbuf *b, bool has, double v);

/* "12 arXiv papers, 7 scanned, 4 relevant". */
void render_totals(struct strbuf *b, const struct digest *d);
/* The identity of what has no URL of its own: "urn:uuid:.." made of the
 * parts, ended by NULL.  Stable, not secret. */
void render_urn(struct strbuf *b, const char *const *parts);
/* The page of the paper on arXiv, by its id: what a feed reader remembers a
 * paper by, the same on every day and in every format. */
void render_identity(struct strbuf *b, const struct digest_paper *p);
/* When the paper came out in this digest, RFC 3339. */
void render_day(
    struct strbuf *b, const struct digest *d, const struct digest_paper *p);
/* The entry of a feed as HTML that stands in any page: comment, scores,
 * authors, abstract. */
void render_entry_html(struct strbuf *b, const struct digest_paper *p);
/*
 * What a feed says of the day with that index itself: notices, why there is
 * no paper, which papers could not be scored; with the last day also what
 * is not one day's.  The same day is the same entry in every feed.
 * render_health_html returns false if there is nothing to say.
 */
bool render_health_html(struct strbuf *b, const struct digest *d, size_t day);
void render_health_title(struct strbuf *b, const struct digest *d, size_t day);
void
render_health_identity(struct strbuf *b, const struct digest *d, size_t day);
void render_health_day(struct strbuf *b, const struct digest *d, size_t day);
/* The index of the last day that has a date. */
size_t render_last_day(const struct digest *d);

#endif
