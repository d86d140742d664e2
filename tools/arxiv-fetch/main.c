/* SPDX-License-Identifier: ISC */
/*
 * arxiv-fetch writes the papers that arXiv announced as records of paper(5):
 * today's from the daily feeds, or those of saved answers.
 */
#include <stdlib.h>

#include <libxml/parser.h>

#include "category.h"
#include "common/data_file.h"
#include "common/exitcode.h"
#include "common/msg.h"
#include "common/run.h"
#include "common/xalloc.h"
#include "fetch.h"
#include "schedule.h"

#define AT(field) offsetof(struct fetch_options, field)

static const struct option_spec options[] = {
    {.name = "source",
	.arg = "rss|atom",
	.help = "which interface to ask",
	.type = OPTION_CHOICE,
	.offset = AT(source)},
    {.letter = 't',
	.name = "announce",
	.arg = "TYPE,..",
	.help = "of new, cross, replace, replace-cross, all [new,cross]",
	.type = OPTION_LIST,
	.offset = AT(announce)},
    {.name = "max",
	.arg = "N",
	.help = "write no more than N papers",
	.type = OPTION_LONG,
	.offset = AT(max),
	.max = 1e9},
    {.name = "parse",
	.help = "the operands are saved answers, \"-\" is stdin",
	.type = OPTION_FLAG,
	.offset = AT(parse)},
    {.name = "merge",
	.help = "with --parse: one paper an id, across files",
	.type = OPTION_FLAG,
	.offset = AT(merge)},
    {.name = "base-url",
	.arg = "URL",
	.help = "ask this server instead of arXiv's",
	.type = OPTION_STRING,
	.offset = AT(base_url)},
    {.name = "pace",
	.arg = "S",
	.help = "seconds between two requests [3]",
	.type = OPTION_DOUBLE,
	.offset = AT(pace),
	.max = 3600},
    {.name = "timeout",
	.arg = "S",
	.help = "seconds for one answer [200]",
	.type = OPTION_DOUBLE,
	.offset = AT(timeout),
	.min = 0.001,
	.max = 86400},
    {.name = "retries",
	.arg = "N",
	.help = "tries after the first [3]",
	.type = OPTION_LONG,
	.offset = AT(retries),
	.max = 100},
    {.name = "cache",
	.arg = "DIR",
	.help = "where answers are kept",
	.type = OPTION_STRING,
	.offset = AT(cache_dir)},
    {.name = "no-cache",
	.help = "neither use nor keep them",
	.type = OPTION_FLAG,
	.offset = AT(no_cache)},
    {.name = NULL}};

static const char *
libraries(void)
{
	static struct strbuf b = STRBUF_INIT(200);

	strbuf_reset(&b);
	strbuf_addf(
	    &b, "%s, libxml2 %s", http_library(), LIBXML_DOTTED_VERSION);
	return b.s;
}

static const struct tool tool = {
    .name = "arxiv-fetch",
    .synopsis = "[category ...]",
    .summary = "papers announced by arXiv, as JSON lines",
    .example = "arxiv-fetch cs.LG cs.AI >today.jsonl",
    .options = options,
    .libraries = libraries,
};

static void
set_wanted(struct fetch *f)
{
	enum announce a;

	if (f->o.announce.n == 0)
		f->wanted = 1u << ANNOUNCE_NEW | 1u << ANNOUNCE_CROSS;
	for (size_t i = 0; i < f->o.announce.n; i++) {
		const char *name = f->o.announce.v[i];

		if (slice_eq(slice_of(name), "all"))
			f->wanted = (1u << ANNOUNCE_NONE) - 1;
		else if (announce_parse(slice_of(name), &a))
			f->wanted |= 1u << a;
		else
			usage_error("--announce: %s: no announce type", name);
	}
}

static void
set_categories(struct fetch *f, char *const *operands)
{
	for (; *operands != NULL; operands++) {
		char *name = category_canonical(*operands);

		if (!category_is_name(slice_of(name)))
			usage_error("%s: no category of arXiv's", *operands);
		if (!strlist_has(&f->categories, name))
			strlist_take(&f->categories, name);
		else
			free(name);
	}
}

static void
check_base_url(const char *url)
{
	const char *why;

	if (url != NULL && !http_url_allowed(url, &why))
		usage_error("--base-url: %s", why);
}

static void
read_holidays(const char *path, bool must_exist)
{
	unsigned long line;

	if (holidays_read(path, &line))
		return;
	if (line > 0)
		msg_error_at(path, line, "not a date such as 2026-12-25");
	else if (must_exist)
		msg_warn("%s: cannot be read", path);
}

/* Ours, and the user's own. */
static void
set_holidays(void)
{
	const char *xdg = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
	char *path = data_file("holidays");

	if (path != NULL)
		read_holidays(path, true);
	free(path);
	if (xdg != NULL && xdg[0] == '/')
		path = xasprintf("%s/paperround/holidays", xdg);
	else if (home != NULL)
		path = xasprintf("%s/.config/paperround/holidays", home);
	else
		return;
	read_holidays(path, false);
	free(path);
}

int
main(int argc, char *argv[])
{
	struct fetch f = {
	    .o = {.max = -1, .pace = -1, .timeout = 200, .retries = 3}};
	char **operands;

	run_start("arxiv-fetch");
	operands = argv + options_parse(&tool, &f.o, argc, argv);
	set_wanted(&f);
	check_base_url(f.o.base_url);
	set_holidays();
	strbuf_init(&f.record, (size_t)4 << 20);
	if (!f.o.parse) {
		set_categories(&f, operands);
		if (f.categories.n == 0)
			usage_error("no category named, such as cs.LG");
	}
	/* Time went into what is fetched: it is written at once. */
	output_open(
	    &f.out, f.o.common.output, f.o.common.line_buffered || !f.o.parse);
	if (f.o.parse)
		run_parse(&f, operands);
	else
		run_feeds(&f);
	if (f.o.common.exit_nothing && run_counts.out == 0)
		fetch_status(&f, EXIT_SOME_FAILED);
	return run_finish(&f.out, f.status, f.status < EXIT_TRY_LATER);
}
