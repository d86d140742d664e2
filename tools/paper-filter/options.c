/* SPDX-License-Identifier: ISC */
#include "filter.h"

#include <float.h>
#include <limits.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "common/base/msg.h"
#include "keyword.h"

#define OPTIONS struct filter_options
/* Whole numbers that a double, as which bounds are given, holds exactly. */
#define BIG	9007199254740992.0

/* A number that need not be given. */
#define NUMBER(n, field, flag, lo, hi, h)                     \
	{                                                     \
		OPT_ROW(0, n, "N", h, OPTION_LONG, field),    \
		    .min = (lo), .max = (hi), OPT_GIVEN(flag) \
	}
#define CUTOFF(n, field, flag, h)                                    \
	{                                                            \
		OPT_ROW(0, n, "N", h, OPTION_DOUBLE, field),         \
		    .min = -DBL_MAX, .max = DBL_MAX, OPT_GIVEN(flag) \
	}

static const struct option_spec specs[] = {
    OPT_LIST('c', "category", "CAT,..", categories,
	"in one of these: cs.LG, cs.*, math"),
    OPT_FLAG(0, "primary", primary, "look at the primary category only"),
    OPT_LIST('t', "announce", "TYPE,..", announce,
	"new, cross, replace, replace-cross"),
    OPT_TEXTS('k', "keyword", "RE", keywords,
	"with this regular expression in its text"),
    OPT_TEXTS('x', "exclude", "RE", excludes,
	"without this regular expression in its text"),
    OPT_TEXTS('K', "keyword-file", "FILE", keyword_files,
	"keywords from FILE, one a line"),
    OPT_TEXTS('X', "exclude-file", "FILE", exclude_files,
	"excluded keywords from FILE, one a line"),
    OPT_LIST(0, "fields", "FIELD,..", fields,
	"where keywords count (default: title,abstract)"),
    OPT_TEXTS('a', "authors", "FILE", authors,
	"pass papers by these people past -k and cutoffs"),
    OPT_FLAG(0, "require-author", require_author,
	"pass papers by these people only"),
    OPT_LONG(0, "min-h-index", "N", min_h_index, 0, INT_MAX,
	"with an author whose h-index is N or more"),
    OPT_DAY(0, "since", "DATE", since, since_given,
	"announced (else published) on DATE or later"),
    OPT_DAY(0, "until", "DATE", until, until_given,
	"announced (else published) on DATE or before"),
    OPT_TEXTS(
	'w', "where", "JQ", where, "for which this jq expression is true"),
    OPT_TEXTS(0, "arg", "NAME=TEXT", args, "$NAME in jq expressions is TEXT"),
    OPT_TEXTS(
	0, "argjson", "NAME=JSON", argjsons, "$NAME in jq expressions is JSON"),
    CUTOFF("min-relevance", min_relevance, relevance_given,
	"scored N or more, or not scored"),
    CUTOFF("min-novelty", min_novelty, novelty_given, "the same for novelty"),
    OPT_TEXTS('s', "seen", "FILE", seen, "whose id is not in FILE"),
    NUMBER("seen-days", seen_days, seen_days_given, 1, INT_MAX,
	"forget ids seen more than N days ago"),
    OPT_TEXT(0, "mark-seen", "FILE", mark_seen,
	"append the ids that passed to FILE"),
    {OPT_ROW(0, "dedup", "first|merge",
	 "one paper for each id: the first, or all joined", OPTION_CHOICE,
	 dedup),
	.optional = "first"},
    OPT_TEXT(0, "sort-by", "JQ", sort_by,
	"order by the value of this jq expression"),
    NUMBER("top", top, top_given, 1, BIG, "the first N only"),
    NUMBER("sample", sample, sample_given, 1, BIG, "N papers drawn by chance"),
    NUMBER("seed", seed, seed_given, 0, BIG,
	"another draw for another N (default: 0)"),
    OPT_TEXT(0, "rejects", "FILE", rejects,
	"write dropped papers, with the reason, to FILE"),
    OPT_FLAG('v', "invert", invert, "pass what would be dropped"),
    OPT_FLAG(0, "count", count, "print how many passed instead"),
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

static void
check_types(const struct strlist *types)
{
	static const char *const known[] = {
	    "new", "cross", "replace", "replace-cross"};

	for (size_t i = 0; i < types->n; i++) {
		size_t k = 0;

		while (k < 4 && strcmp(types->v[i], known[k]) != 0)
			k++;
		if (k == 4)
			usage_error("--announce: %s: not one of new, cross, "
				    "replace, replace-cross",
			    types->v[i]);
	}
}

int
filter_options_parse(struct filter_options *o, int argc, char **argv)
{
	int first = options_parse(&tool, o, argc, argv);

	check_together(o);
	check_types(&o->announce);
	return first;
}

void
filter_options_release(struct filter_options *o)
{
	options_release(&tool, o);
}
