/* SPDX-License-Identifier: ISC */
/* The table of formats, and those that have nothing to say of their own. */
#include "formats/render.h"

#include <stddef.h>

#include "formats/entry.h"
#include "text/escape.h"

void
render_ids(const struct digest *d, struct output *out)
{
	entry_complain(d);
	for (size_t i = 0; i < d->papers.n; i++) {
		escape_tty(&out->buf, d->papers.v[i]->id);
		strbuf_addch(&out->buf, '\n');
		render_spill(out);
	}
}

/* The records themselves, sorted and cut: their bytes as they came. */
void
render_jsonl(const struct digest *d, struct output *out)
{
	for (size_t i = 0; i < d->papers.n; i++)
		output_record(out, d->papers.v[i]->line);
}

#define FORMAT_ROW(name, suffix, kind) {#name, suffix, render_##name, kind},

const struct renderer renderers[] = {
    FORMATS(FORMAT_ROW) {NULL, NULL, NULL, A_DOCUMENT},
};
