/* SPDX-License-Identifier: ISC */
/* The table of formats, and the one that has nothing to say of its own. */
#include "formats/render.h"

#include <stddef.h>

/* The records themselves, sorted and cut: their bytes as they came. */
void
render_jsonl(const struct digest *d, struct output *out)
{
	for (size_t i = 0; i < d->papers.n; i++)
		output_record(out, d->papers.v[i]->line);
}

#define FORMAT_ROW(name, lines) {#name, render_##name, lines},

const struct renderer renderers[] = {
    FORMATS(FORMAT_ROW) {NULL, NULL, false},
};
