/* SPDX-License-Identifier: ISC */
/* What the command line asks for. */
#include "fetch.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <libxml/xmlversion.h>

#include "common/base/msg.h"
#include "common/cli/run.h"
#include "common/net/http.h"
#include "common/record/arxiv_category.h"
#include "common/record/arxiv_id.h"
#include "common/record/paper.h"

#define OPTIONS struct fetch_options

static const struct option_spec table[] = {
    OPT_HEADING("Which papers"),
    OPT_DAY(0, "date", "DAY", date, date_given, "what was announced on DAY",
	OPT_USUAL),
    OPT_DAY(
	0, "since", "DAY", since, since_given, "from that day on", OPT_USUAL),
    OPT_DAY(0, "until", "DAY", until, until_given, "up to and with that day"),
    OPT_TEXT(0, "query", "QUERY", query,
	"search, as in \"au:curie AND ti:radium\"", OPT_USUAL),
    OPT_FLAG(0, "newest", newest, "with --query: the newest papers first"),
    OPT_LIST(0, "id", "ID,..", ids,
	"the papers of these ids, \"-\": of those on stdin", OPT_USUAL),
    OPT_TEXT(0, "id-file", "FILE", id_file,
	"the papers of the ids in FILE, one a line"),
    OPT_TEXTS(0, "set", "SET", sets, "harvest an OAI set, as cs:cs:LG"),
    OPT_TEXT(0, "resume", "FILE", resume,
	"keep a harvest's place in FILE, go on from there", OPT_FILE(WRITTEN)),
    OPT_LIST('t', "announce", "TYPE,..", announce,
	"types to write, or all (default: new,cross)",
	.choices = "new|cross|replace|replace-cross|all", OPT_USUAL),
    OPT_LONG(
	0, "top", "N", max, 0, 1e9, "write no more than N papers", OPT_USUAL),
    OPT_HEADING("Other work"),
    OPT_FLAG(0, "parse", parse,
	"the operands are saved answers, \"-\" is stdin", OPT_USUAL),
    OPT_FLAG(0, "merge", merge, "with --parse: one paper an id, across files"),
    OPT_CHOICE(0, "enrich", "html|s2|openalex", enrich,
	"add references or authors to papers on stdin", OPT_USUAL),
    OPT_REAL(0, "min-relevance", "N", min_relevance, 0, PAPER_AXIS_MAX,
	"with --enrich: only to those scored N or more",
	OPT_GIVEN(min_relevance_given)),
    OPT_FLAG(0, "schedule", schedule,
	"print the days of announcement and the holidays"),
    OPT_HEADING("How arXiv is asked"),
    OPT_CHOICE(
	0, "source", "rss|atom|oai|api", source, "which interface to ask"),
    OPT_FLAG(0, "details", details,
	"add comments and dates to the papers of the feeds", OPT_USUAL),
    OPT_FLAG(0, "verify", verify, "compare the feeds with the listing pages"),
    OPT_TEXT(
	0, "base-url", "URL", base_url, "ask this server instead of arXiv's"),
    OPT_REAL(0, "pace", "S", pace, 0, 3600,
	"seconds between two requests (default: 3)"),
    OPT_REAL(0, "timeout", "S", timeout, 0.001, 86400,
	"seconds for one answer (default: 200)"),
    OPT_LONG(0, "retries", "N", retries, 0, 100,
	"tries after the first (default: 3)"),
    OPT_TEXT(0, "cache", "DIR", cache_dir, "where answers are kept"),
    OPT_FLAG(0, "no-cache", no_cache, "neither use nor keep them"),
    /* What they were called before all tools had the same words. */
    OPT_DAY(0, "from", "DAY", since, since_given, NULL),
    OPT_LONG(0, "max", "N", max, 0, 1e9, NULL),
    OPT_END,
};

static day_t
today(void)
{
	return eastern_day(now());
}

static const char *
libraries(void)
{
	static struct strbuf b = STRBUF_INIT(200);

	strbuf_reset(&b);
	strbuf_addf(
	    &b, "%s, libxml2 %s", http_library(), LIBXML_DOTTED_VERSION);
	return b.s;
}

static bool
reads_files(const void *opts)
{
	const struct fetch_options *o = opts;

	return o->parse || o->enrich != 0;
}

static const struct tool tool = {
    .name = "arxiv-fetch",
    .synopsis = "[category ... | id ...]",
    .summary = "papers announced by arXiv, as JSON lines",
    .example = "arxiv-fetch cs.LG cs.AI >today.jsonl",
    .options = table,
    .libraries = libraries,
    .today = today,
    .reads = reads_files,
};

/* Operands that are ids are asked for like those of --id. */
static void
take_ids(struct fetch_options *o)
{
	size_t n = 0, operands = 0;
	char id[ARXIV_ID_SIZE];
	long version;

	for (; o->files[operands] != NULL; operands++)
		n += arxiv_id_parse(slice_of(o->files[operands]), id, &version);
	if (n == 0)
		return;
	if (n < operands)
		usage_error("ids and categories do not go together");
	for (; *o->files != NULL; o->files++)
		strlist_add(&o->ids, *o->files);
}

static enum command
choose_command(const struct fetch_options *o)
{
	if (o->parse)
		return PARSE;
	if (o->enrich != 0)
		return ENRICH;
	if (o->schedule)
		return SCHEDULE;
	if (o->ids.n > 0 || o->id_file != NULL)
		return IDS;
	if (o->query != NULL || o->source == SOURCE_API)
		return SEARCH;
	if (o->date_given)
		return o->date == eastern_day(now()) && !is_weekend(o->date) &&
			o->source != SOURCE_OAI
		    ? TODAY
		    : DATES;
	if (o->sets.n > 0 || o->resume != NULL || o->source == SOURCE_OAI)
		return HARVEST;
	return o->since_given || o->until_given ? DATES : TODAY;
}

static void
set_wanted(struct fetch_options *o)
{
	enum announce a;

	if (o->announce.n == 0)
		o->wanted = 1u << ANNOUNCE_NEW | 1u << ANNOUNCE_CROSS;
	for (size_t i = 0; i < o->announce.n; i++) {
		const char *name = o->announce.v[i];

		if (slice_eq(slice_of(name), "all"))
			o->wanted = (1u << ANNOUNCE_NONE) - 1;
		else if (announce_parse(slice_of(name), &a))
			o->wanted |= 1u << a;
		else
			usage_error(
			    "--announce: %s: not an announcement type", name);
	}
}

static void
set_categories(struct fetch_options *o)
{
	for (char *const *operand = o->files; *operand != NULL; operand++) {
		const char *meant = category_guess(*operand);
		char *name;

		if (meant != NULL)
			usage_error("%s: not an arXiv category; did you mean "
				    "%s?",
			    *operand, meant);
		name = category_canonical(*operand);
		if (!category_is_name(slice_of(name)))
			usage_error("%s: not an arXiv category%s", *operand,
			    strchr(*operand, ',') != NULL
				? "; separate several with blanks"
				: access(*operand, F_OK) == 0
				? "; to read a file, use --parse"
				: strpbrk(*operand, "0123456789") != NULL
				? ", nor an id such as 2510.12345"
				: "");
		if (!category_is_known(slice_of(name)))
			msg_warn("%s is no category that this version knows; "
				 "a new one?",
			    name);
		strlist_add_new(&o->categories, slice_of(name));
		free(name);
	}
}

#define BIT(command) (1u << (command))

/* Options that would be ignored are a misunderstanding. */
static void
check_heeded(const struct fetch_options *o)
{
	const struct {
		const char *name;
		bool given;
		unsigned commands; /* bits of those that heed it */
	} rows[] = {
	    {"--merge", o->merge, BIT(PARSE)},
	    {"--details", o->details, BIT(TODAY)},
	    {"--verify", o->verify, BIT(TODAY) | BIT(DATES)},
	    {"--date", o->date_given, BIT(TODAY) | BIT(DATES)},
	    {"--since", o->since_given,
		BIT(DATES) | BIT(HARVEST) | BIT(SEARCH) | BIT(SCHEDULE)},
	    {"--until", o->until_given,
		BIT(DATES) | BIT(HARVEST) | BIT(SEARCH) | BIT(SCHEDULE)},
	    {"--query", o->query != NULL, BIT(SEARCH)},
	    {"--newest", o->newest, BIT(SEARCH)},
	    {"--set", o->sets.n > 0, BIT(HARVEST)},
	    {"--resume", o->resume != NULL, BIT(HARVEST)},
	    {"--min-relevance", o->min_relevance_given, BIT(ENRICH)},
	    {"a category", o->categories.n > 0,
		BIT(TODAY) | BIT(DATES) | BIT(HARVEST) | BIT(SEARCH)},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].given && (rows[i].commands & BIT(o->command)) == 0)
			usage_error("%s does not go with the other options",
			    rows[i].name);
}

static void
check_options(const struct fetch_options *o)
{
	const unsigned need_category = BIT(TODAY) | BIT(DATES) | BIT(SEARCH);
	const char *why;

	check_heeded(o);
	if (o->query != NULL && *o->query == '\0')
		usage_error("--query is empty");
	if (o->categories.n == 0 && o->query == NULL &&
	    (need_category & BIT(o->command)) != 0)
		usage_error("no category given, such as cs.LG");
	if (o->command == DATES && !o->date_given && !o->since_given)
		usage_error("--until needs --since");
	if (o->resume != NULL && o->common.output != NULL)
		usage_error("--resume appends to stdout: use >>FILE, not -o");
	if (o->resume != NULL && o->max >= 0)
		usage_error("--top would make --resume lose papers");
	if (o->base_url != NULL && !http_url_allowed(o->base_url, &why))
		usage_error("--base-url: %s", why);
}

void
fetch_options_parse(struct fetch_options *o, int argc, char **argv)
{
	*o = (struct fetch_options) {
	    .max = -1, .pace = -1, .timeout = 200, .retries = 3};
	o->files = argv + options_parse(&tool, o, argc, argv);
	if (!reads_files(o))
		take_ids(o);
	o->command = choose_command(o);
	set_wanted(o);
	if (o->command != PARSE && o->command != ENRICH)
		set_categories(o);
	check_options(o);
}

void
fetch_options_release(struct fetch_options *o)
{
	options_release(&tool, o);
	strlist_release(&o->categories);
}
