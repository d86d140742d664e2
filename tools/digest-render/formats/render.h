/* SPDX-License-Identifier: ISC */
/* The formats: each one function in a file or folder of its own, and a row
 * here. */
#ifndef RENDER_H
#define RENDER_H

#include <stdbool.h>

#include "common/base/strbuf.h"
#include "common/io/output.h"
#include "model/digest.h"

/*
 * The only list of formats: the name, for which there is a render_NAME(), how
 * -o FILE ends that means it, and whether it prints of the records themselves
 * (style.keep_lines).  The order is that of --help.
 */
#define FORMATS(X)                 \
	X(markdown, "md", false)   \
	X(html, "html", false)     \
	X(text, "txt", false)      \
	X(short, "", false)        \
	X(email, "eml", false)     \
	X(atom, "xml", false)      \
	X(jsonfeed, "json", false) \
	X(slack, "", false)        \
	X(bibtex, "bib", false)    \
	X(ris, "ris", false)       \
	X(csljson, "", false)      \
	X(csv, "csv", true)        \
	X(tsv, "tsv", true)        \
	X(ids, "", false)          \
	X(jsonl, "jsonl", true)

/*
 * A renderer appends to out->buf and calls render_spill() between papers, so
 * that a large document does not have to fit into memory a second time.
 * All input was read before, so what is on its way is always whole.
 */
#define FORMAT_FUNCTION(name, suffix, lines) \
	void render_##name(const struct digest *d, struct output *out);
FORMATS(FORMAT_FUNCTION)

/* "markdown|html|..", as an option's choices are written. */
#define FORMAT_CHOICE(name, suffix, lines) "|" #name
#define FORMAT_CHOICES			   (&(FORMATS(FORMAT_CHOICE))[1])

struct renderer {
	const char *name, *suffix;
	void (*render)(const struct digest *d, struct output *out);
	bool lines;
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

/* The text document, of which a mail has a copy; out, if not NULL, is b's and
 * is flushed as it fills. */
void text_document(const struct digest *d, struct strbuf *b, struct output *out,
    size_t width, bool color);

#endif
