/* SPDX-License-Identifier: ISC */
/* The records themselves, sorted and cut: their bytes as they came. */
#include "formats/render.h"

void
render_jsonl(const struct digest *d, struct output *out)
{
	size_t i;

	for (i = 0; i < d->papers.n; i++)
		output_record(out, d->papers.v[i]->line);
}
