/* SPDX-License-Identifier: ISC */
#include "filter.h"

#include <limits.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "common/base/msg.h"

#define OPTIONS struct filter_options
/* Whole numbers that a double, as which bounds are given, holds exactly. */
#define BIG	9007199254740992.0

static const struct option_spec specs[] = {
    OPT_HEADING("What it is about"),
    OPT_LIST('c', "category", "CAT,..", categories,
	"in one of these: cs.LG, cs.*, math", OPT_USUAL),
    OPT_FLAG(0, "primary", primary, "look at the primary category only"),
    OPT_LIST('t', "announce", "TYPE,..", announce,
	"new, cross, replace, replace-cross",
	.choices = "new|cross|replace|replace-cross"),
    OPT_TEXTS('k', "keyword", "RE", keywords,
	"with this regular expression in its text", OPT_USUAL),
    OPT_TEXTS('K', "keyword-file", "FILE", keyword_files,
	"keywords from FILE, one a line"),
    OPT_TEXTS('x', "exclude", "RE", excludes,
	"without this regular expression in its text", OPT_USUAL),
    OPT_TEXTS('X', "exclude-file", "FILE", exclude_files,
	"excluded keywords from FILE, one a line"),
    OPT_LIST(0, "fields", "FIELD,..", fields,
	"where keywords count (default: title,abstract)",
	.choices = KEYWORD_FIELDS),
    OPT_TEXTS(
	0, "near", "ID|FILE", near, "tell how near it is to this; --top ranks"),
    OPT_TEXTS(0, "cites", "LIBRARY", cites,
	"pass papers that cite LIBRARY past -k and cutoffs"),
    OPT_HEADING("Who wrote it"),
    OPT_TEXTS('a', "authors", "FILE|NAME", authors,
	"pass papers by these people past -k and cutoffs", OPT_USUAL),
    OPT_FLAG(0, "require-author", require_author,
	"pass papers by these people only"),
    OPT_LONG(0, "min-h-index", "N", min_h_index, 0, INT_MAX,
	"with an author whose h-index is N or more"),
    OPT_HEADING("When, and how it was judged"),
    OPT_DAY(0, "since", "DATE", since, since_given,
	"announced (else published) on DATE or later", OPT_USUAL),
    OPT_DAY(0, "until", "DATE", until, until_given,
	"announced (else published) on DATE or before"),
    OPT_REAL(0, "min-relevance", "N", min_relevance, 0, PAPER_AXIS_MAX,
	"scored N or more, or not scored", OPT_GIVEN(relevance_given),
	OPT_USUAL),
    OPT_REAL(0, "min-novelty", "N", min_novelty, 0, PAPER_AXIS_MAX,
	"the same for novelty", OPT_GIVEN(novelty_given)),
    OPT_TEXTS('w', "where", "JQ", where, "for which this jq expression is true",
	OPT_USUAL),
    OPT_TEXTS(0, "arg", "NAME=TEXT", args, "$NAME in jq expressions is TEXT"),
    OPT_TEXTS(
	0, "argjson", "NAME=JSON", argjsons, "$NAME in jq expressions is JSON"),
    OPT_HEADING("Papers seen before"),
    OPT_TEXTS('s', "seen", "FILE", seen, "whose id is not in FILE"),
    OPT_LONG(0, "seen-days", "N", seen_days, 1, INT_MAX,
	"forget ids seen more than N days ago", OPT_GIVEN(seen_days_given)),
    OPT_TEXT(0, "mark-seen", "FILE", mark_seen,
	"append the ids that passed to FILE", OPT_FILE(WRITTEN)),
    OPT_HEADING("Which of them, in which order"),
    OPT_CHOICE(0, "dedup", "first|merge", dedup,
	"one paper for each id: the first, or all joined", .optional = "first"),
    OPT_LONG(0, "sample", "N", sample, 1, BIG, "N papers drawn by chance",
	OPT_GIVEN(sample_given)),
    OPT_LONG(0, "seed", "N", seed, 0, BIG,
	"another draw for another N (default: 0)", OPT_GIVEN(seed_given)),
    OPT_TEXT(0, "sort-by", "JQ", sort_by,
	"order by the value of this jq expression", OPT_USUAL),
    OPT_LONG(0, "top", "N", top, 1, BIG, "the first N only",
	OPT_GIVEN(top_given), OPT_USUAL),
    OPT_HEADING("What is written"),
    OPT_FLAG('v', "invert", invert, "pass what would be dropped"),
    OPT_FLAG(0, "count", count, "print how many passed instead"),
    OPT_TEXT(0, "rejects", "FILE", rejects,
	"write dropped papers, with the reason, to FILE", OPT_FILE(OR_STDOUT)),
    OPT_END,
};

static const struct tool tool = {
    .name = "paper-filter",
    .synopsis = "[FILE ...]",
    .summary = "let the papers pass that you want to read",
    .example = "paper-filter -c cs.LG -k 'mixture of experts' "
	       "-x survey papers.jsonl",
    .options = specs,
    .libraries = keywords_library,
};

/* An option that would do nothing is a mistake of the one who gave it. */
static void
check_together(const struct filter_options *o)
{
	bool keywords = o->keywords.n + o->keyword_files.n + o->excludes.n +
		o->exclude_files.n >
	    0;
	bool jq = o->where.n > 0 || o->sort_by != NULL;
	const struct {
		bool given, with;
		const char *what;
	} needs[] = {
	    {o->primary, o->categories.n > 0, "--primary needs --category"},
	    {o->fields.n > 0, keywords, "--fields needs a keyword"},
	    {o->args.n > 0, jq, "--arg needs --where or --sort-by"},
	    {o->argjsons.n > 0, jq, "--argjson needs --where or --sort-by"},
	    {o->seen_days_given, o->seen.n > 0, "--seen-days needs --seen"},
	    {o->seed_given, o->sample_given, "--seed needs --sample"},
	};

	for (size_t i = 0; i < sizeof(needs) / sizeof(needs[0]); i++)
		if (needs[i].given && !needs[i].with)
			usage_error("%s", needs[i].what);
	if (o->since_given && o->until_given && o->since > o->until)
		usage_error("--since is later than --until");
}

int
filter_options_parse(struct filter_options *o, int argc, char **argv)
{
	int first = options_parse(&tool, o, argc, argv);

	check_together(o);
	if (o->near.n > 0 && o->top_given && o->sort_by == NULL)
		o->sort_by = "-(.near[0].cos // -1)";
	return first;
}

void
filter_options_release(struct filter_options *o)
{
	options_release(&tool, o);
}
