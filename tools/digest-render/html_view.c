/* SPDX-License-Identifier: ISC */
#include "html.h"

void
html_month(struct output *out, const struct digest *d)
{
	html_papers(out, d);
}

void
html_index(struct output *out, const struct digest *d)
{
	html_papers(out, d);
}
