/* SPDX-License-Identifier: ISC */
/*
 * arxiv-fetch writes the papers that arXiv announced as records of paper(5):
 * today's from the daily feeds, those of past days and whole sets from OAI-PMH,
 * searches from the query interface, or those of saved answers.
 */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/parser.h>

#include "common/base/exitcode.h"
#include "common/base/msg.h"
#include "common/base/xalloc.h"
#include "common/cli/confine.h"
#include "common/cli/run.h"
#include "common/io/path.h"
#include "arxiv_names.h"
#include "fetch.h"
#include "schedule.h"

#define RECORD_MAX ((size_t)4 << 20)

#define AT(field)  offsetof(struct fetch_options, field)

static const struct option_spec options[] = {
    {.name = "source",
	.arg = "rss|atom|oai|api",
	.help = "which interface to ask",
	.type = OPTION_WORD,
	.offset = AT(source)},
    {.name = "details",
	.help = "add comments and dates to the papers of the feeds",
	.type = OPTION_FLAG,
	.offset = AT(details)},
    {.name = "verify",
	.help = "count the feeds' entries against the listing pages",
	.type = OPTION_FLAG,
	.offset = AT(verify)},
    {.name = "date",
	.arg = "DAY",
	.help = "what was announced on DAY",
	.type = OPTION_DAY,
	.offset = AT(date),
	.given = AT(date_given) + 1},
    {.name = "from",
	.arg = "DAY",
	.help = "from that day on",
	.type = OPTION_DAY,
	.offset = AT(from),
	.given = AT(from_given) + 1},
    {.name = "until",
	.arg = "DAY",
	.help = "up to and with that day",
	.type = OPTION_DAY,
	.offset = AT(until),
	.given = AT(until_given) + 1},
    {.name = "query",
	.arg = "QUERY",
	.help = "search, as in \"au:curie AND ti:radium\"",
	.type = OPTION_STRING,
	.offset = AT(query)},
    {.name = "id",
	.arg = "ID",
	.help = "the paper of that id",
	.type = OPTION_STRINGS,
	.offset = AT(ids)},
    {.name = "id-file",
	.arg = "FILE",
	.help = "the papers of the ids in FILE, one a line",
	.type = OPTION_STRING,
	.offset = AT(id_file)},
    {.name = "set",
	.arg = "SET",
	.help = "harvest an OAI set, as cs:cs:LG",
	.type = OPTION_STRINGS,
	.offset = AT(sets)},
    {.name = "resume",
	.arg = "FILE",
	.help = "keep a harvest's place in FILE, go on from there",
	.type = OPTION_STRING,
	.offset = AT(resume)},
    {.letter = 't',
	.name = "announce",
	.arg = "TYPE,..",
	.help = "types to write, or all (default: new,cross)",
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
    {.name = "enrich",
	.arg = "s2|openalex",
	.help = "add author_info to the papers on stdin",
	.type = OPTION_WORD,
	.offset = AT(enrich)},
    {.name = "base-url",
	.arg = "URL",
	.help = "ask this server instead of arXiv's",
	.type = OPTION_STRING,
	.offset = AT(base_url)},
    {.name = "pace",
	.arg = "S",
	.help = "seconds between two requests (default: 3)",
	.type = OPTION_DOUBLE,
	.offset = AT(pace),
	.max = 3600},
    {.name = "timeout",
	.arg = "S",
	.help = "seconds for one answer (default: 200)",
	.type = OPTION_DOUBLE,
	.offset = AT(timeout),
	.min = 0.001,
	.max = 86400},
    {.name = "retries",
	.arg = "N",
	.help = "tries after the first (default: 3)",
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
			usage_error("%s: not a category of arXiv's%s",
			    *operands,
			    strchr(*operands, ',') != NULL
				? "; give several with blanks between"
				: access(*operands, F_OK) == 0
				? "; files are read with --parse"
				: "");
		if (!strlist_has(&f->categories, name))
			strlist_take(&f->categories, name);
		else
			free(name);
	}
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

/* Which of the ways the options ask for. */
enum way {
	BY_PARSING,
	BY_ENRICHING,
	BY_FEEDS,
	BY_DAYS,
	BY_HARVEST,
	BY_SEARCH,
	BY_IDS
};

static bool
source_is(const struct fetch_options *o, const char *name)
{
	return o->source != NULL && strcmp(o->source, name) == 0;
}

static enum way
choose_way(const struct fetch_options *o)
{
	if (o->parse)
		return BY_PARSING;
	if (o->enrich != NULL)
		return BY_ENRICHING;
	if (o->ids.n > 0 || o->id_file != NULL)
		return BY_IDS;
	if (o->query != NULL || source_is(o, "api"))
		return BY_SEARCH;
	if (o->date_given)
		return o->date == eastern_day(now()) && !source_is(o, "oai")
		    ? BY_FEEDS
		    : BY_DAYS;
	if (o->sets.n > 0 || o->resume != NULL || source_is(o, "oai"))
		return BY_HARVEST;
	return o->from_given || o->until_given ? BY_DAYS : BY_FEEDS;
}

/* Options that would be ignored are a misunderstanding. */
static void
check_options(const struct fetch *f, enum way way)
{
	const struct fetch_options *o = &f->o;
	const struct {
		const char *name;
		bool given;
		unsigned ways; /* bits of those that heed it */
	} rows[] = {
	    {"--merge", o->merge, 1u << BY_PARSING},
	    {"--details", o->details, 1u << BY_FEEDS},
	    {"--verify", o->verify, 1u << BY_FEEDS},
	    {"--date", o->date_given, 1u << BY_FEEDS | 1u << BY_DAYS},
	    {"--from", o->from_given,
		1u << BY_DAYS | 1u << BY_HARVEST | 1u << BY_SEARCH},
	    {"--until", o->until_given,
		1u << BY_DAYS | 1u << BY_HARVEST | 1u << BY_SEARCH},
	    {"--query", o->query != NULL, 1u << BY_SEARCH},
	    {"--set", o->sets.n > 0, 1u << BY_HARVEST},
	    {"--resume", o->resume != NULL, 1u << BY_HARVEST},
	    {"a category", f->categories.n > 0,
		1u << BY_FEEDS | 1u << BY_DAYS | 1u << BY_HARVEST |
		    1u << BY_SEARCH},
	};
	const char *why;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].given && (rows[i].ways & 1u << way) == 0)
			usage_error("%s does not go with the other options",
			    rows[i].name);
	if (o->query != NULL && *o->query == '\0')
		usage_error("--query: it is empty");
	if (f->categories.n == 0 && o->query == NULL &&
	    (way == BY_FEEDS || way == BY_DAYS || way == BY_SEARCH))
		usage_error("no category named, such as cs.LG");
	if (way == BY_DAYS && !o->date_given && !o->from_given)
		usage_error("--until needs --from");
	if (o->resume != NULL && o->common.output != NULL)
		usage_error("--resume appends to stdout: use >>FILE, not -o");
	if (o->resume != NULL && o->max >= 0)
		usage_error("--max would make --resume lose papers");
	if (o->base_url != NULL && !http_url_allowed(o->base_url, &why))
		usage_error("--base-url: %s", why);
}

static void
go(struct fetch *f, enum way way, char *const *operands)
{
	switch (way) {
	case BY_PARSING:
		cmd_parse(f, operands);
		break;
	case BY_ENRICHING:
		cmd_enrich(f, operands);
		break;
	case BY_FEEDS:
		cmd_today(f);
		break;
	case BY_DAYS:
		cmd_dates(f);
		break;
	case BY_HARVEST:
		cmd_harvest(f);
		break;
	case BY_SEARCH:
		cmd_search(f);
		break;
	case BY_IDS:
		cmd_ids(f);
		break;
	}
}

int
main(int argc, char *argv[])
{
	struct fetch f = {
	    .o = {.max = -1, .pace = -1, .timeout = 200, .retries = 3}};
	char **operands;
	enum way way;

	run_start("arxiv-fetch");
	operands = argv + options_parse(&tool, &f.o, argc, argv);
	way = choose_way(&f.o);
	set_wanted(&f);
	set_holidays();
	if (way != BY_PARSING && way != BY_ENRICHING)
		set_categories(&f, operands);
	check_options(&f, way);
	strbuf_init(&f.record, RECORD_MAX);
	/* Time went into what is fetched: it is written at once. */
	output_open(&f.out, f.o.common.output,
	    f.o.common.line_buffered || way != BY_PARSING);
	if (way == BY_PARSING)
		confine_to_filter();
	else
		fetch_confine(&f);
	go(&f, way, operands);
	if (f.o.common.exit_nothing && run_counts.out == 0)
		fetch_status(&f, EXIT_SOME_FAILED);
	fetch_release(&f);
	holidays_forget();
	return run_finish(&f.out, f.status, f.status < EXIT_TRY_LATER);
}
