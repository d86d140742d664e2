/* SPDX-License-Identifier: ISC */
/* The formats: each one function in a file or folder of its own, and a row
 * here. */
#ifndef RENDER_H
#define RENDER_H

#include <stdbool.h>

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

#endif
