/* SPDX-License-Identifier: ISC */
/* The command line of digest-render. */
#ifndef RENDER_OPTIONS_H
#define RENDER_OPTIONS_H

#include "common/cli/options.h"
#include "model/digest.h"
#include "formats/render.h"

enum color {
	COLOR_AUTO = 1,
	COLOR_ALWAYS,
	COLOR_NEVER
};

struct render_options {
	struct options_common common; /* first, as options_parse wants it */
	struct digest_style style;
	char date[DATE_LEN]; /* style.date, where that was told from today */
	int format; /* the place in renderers, from 1 */
	enum color color;
	const char *prev, *next, *up;
	const char *template;
	char *template_path; /* where that is */
	struct strlist reports, columns, feeds, elsewhere;
	struct digest_link *feed_links; /* style.feeds */
	const struct renderer *renderer;
	char **files; /* operands */
	char **report_files; /* reports, ended by NULL */
};

/* Exits on misuse. */
void render_options_parse(struct render_options *o, int argc, char **argv);
void render_options_release(struct render_options *o);
/* What depends on where the document goes: colour, width. */
void render_options_settle(struct render_options *o, const struct output *out);

#endif
