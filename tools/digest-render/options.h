/* SPDX-License-Identifier: ISC */
#ifndef RENDER_OPTIONS_H
#define RENDER_OPTIONS_H

#include "common/cli/options.h"
#include "model/digest.h"
#include "formats/render.h"

struct render_options {
	struct options_common common; /* first, as options_parse wants it */
	struct digest_style style;
	const char *format, *group_by, *view, *tex, *color;
	const char *prev, *next, *up;
	struct strlist reports;
	const struct renderer *renderer;
	char **files; /* operands */
};

/* Exits on misuse. */
void render_options_parse(struct render_options *o, int argc, char **argv);
/* What depends on where the document goes: colour, width. */
void render_options_settle(struct render_options *o, const struct output *out);

#endif
