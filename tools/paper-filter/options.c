/* SPDX-License-Identifier: ISC */
#include <float.h>
#include <limits.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "common/base/msg.h"
#include "filter.h"
#include "keyword.h"

#define AT(field)    offsetof(struct filter_options, field)
#define GIVEN(field) (offsetof(struct filter_options, field) + 1)
/* Whole numbers that a double, as which bounds are given, holds exactly. */
#define BIG	     9007199254740992.0

static const struct option_spec specs[] = {
    {.letter = 'c',
	.name = "category",
	.arg = "CAT,..",
	.help = "in one of these: cs.LG, cs.*, math",
	.type = OPTION_LIST,
	.offset = AT(categories)},
    {.name = "primary",
	.help = "look at the primary category only",
	.type = OPTION_FLAG,
	.offset = AT(primary)},
    {.letter = 't',
	.name = "announce",
	.arg = "TYPE,..",
	.help = "new, cross, replace, replace-cross",
	.type = OPTION_LIST,
	.offset = AT(announce)},
    {.letter = 'k',
	.name = "keyword",
	.arg = "RE",
	.help = "with this regular expression in its text",
	.type = OPTION_STRINGS,
	.offset = AT(keywords)},
    {.letter = 'x',
	.name = "exclude",
	.arg = "RE",
	.help = "without this regular expression in its text",
	.type = OPTION_STRINGS,
	.offset = AT(excludes)},
    {.letter = 'K',
	.name = "keyword-file",
	.arg = "FILE",
	.help = "keywords from FILE, one a line",
	.type = OPTION_STRINGS,
	.offset = AT(keyword_files)},
    {.letter = 'X',
	.name = "exclude-file",
	.arg = "FILE",
	.help = "excluded keywords from FILE, one a line",
	.type = OPTION_STRINGS,
	.offset = AT(exclude_files)},
    {.name = "fields",
	.arg = "FIELD,..",
	.help = "where keywords count (default: title,abstract)",
	.type = OPTION_LIST,
	.offset = AT(fields)},
    {.letter = 'a',
	.name = "authors",
	.arg = "FILE",
	.help = "pass papers by these people past -k and cutoffs",
	.type = OPTION_STRINGS,
	.offset = AT(authors)},
    {.name = "require-author",
	.help = "pass papers by these people only",
	.type = OPTION_FLAG,
	.offset = AT(require_author)},
    {.name = "min-h-index",
	.arg = "N",
	.help = "with an author whose h-index is N or more",
	.type = OPTION_LONG,
	.offset = AT(min_h_index),
	.max = INT_MAX},
    {.name = "since",
	.arg = "DATE",
	.help = "announced (else published) on DATE or later",
	.type = OPTION_DAY,
	.offset = AT(since),
	.given = GIVEN(since_given)},
    {.name = "until",
	.arg = "DATE",
	.help = "announced (else published) on DATE or before",
	.type = OPTION_DAY,
	.offset = AT(until),
	.given = GIVEN(until_given)},
    {.letter = 'w',
	.name = "where",
	.arg = "JQ",
	.help = "for which this jq expression is true",
	.type = OPTION_STRINGS,
	.offset = AT(where)},
    {.name = "arg",
	.arg = "NAME=TEXT",
	.help = "$NAME in jq expressions is TEXT",
	.type = OPTION_STRINGS,
	.offset = AT(args)},
    {.name = "argjson",
	.arg = "NAME=JSON",
	.help = "$NAME in jq expressions is JSON",
	.type = OPTION_STRINGS,
	.offset = AT(argjsons)},
    {.name = "min-relevance",
	.arg = "N",
	.help = "scored N or more, or not scored",
	.type = OPTION_DOUBLE,
	.offset = AT(min_relevance),
	.min = -DBL_MAX,
	.max = DBL_MAX,
	.given = GIVEN(relevance_given)},
    {.name = "min-novelty",
	.arg = "N",
	.help = "the same for novelty",
	.type = OPTION_DOUBLE,
	.offset = AT(min_novelty),
	.min = -DBL_MAX,
	.max = DBL_MAX,
	.given = GIVEN(novelty_given)},
    {.letter = 's',
	.name = "seen",
	.arg = "FILE",
	.help = "whose id is not in FILE",
	.type = OPTION_STRINGS,
	.offset = AT(seen)},
    {.name = "seen-days",
	.arg = "N",
	.help = "forget ids seen more than N days ago",
	.type = OPTION_LONG,
	.offset = AT(seen_days),
	.min = 1,
	.max = INT_MAX,
	.given = GIVEN(seen_days_given)},
    {.name = "mark-seen",
	.arg = "FILE",
	.help = "append the ids that passed to FILE",
	.type = OPTION_STRING,
	.offset = AT(mark_seen)},
    {.name = "dedup",
	.arg = "first|merge",
	.help = "one paper for each id: the first, or all joined",
	.type = OPTION_WORD,
	.offset = AT(dedup),
	.optional = "first"},
    {.name = "sort-by",
	.arg = "JQ",
	.help = "order by the value of this jq expression",
	.type = OPTION_STRING,
	.offset = AT(sort_by)},
    {.name = "top",
	.arg = "N",
	.help = "the first N only",
	.type = OPTION_LONG,
	.offset = AT(top),
	.min = 1,
	.max = BIG,
	.given = GIVEN(top_given)},
    {.name = "sample",
	.arg = "N",
	.help = "N papers drawn by chance",
	.type = OPTION_LONG,
	.offset = AT(sample),
	.min = 1,
	.max = BIG,
	.given = GIVEN(sample_given)},
    {.name = "seed",
	.arg = "N",
	.help = "another draw for another N (default: 0)",
	.type = OPTION_LONG,
	.offset = AT(seed),
	.max = BIG,
	.given = GIVEN(seed_given)},
    {.name = "rejects",
	.arg = "FILE",
	.help = "write dropped papers, with the reason, to FILE",
	.type = OPTION_STRING,
	.offset = AT(rejects)},
    {.letter = 'v',
	.name = "invert",
	.help = "pass what would be dropped",
	.type = OPTION_FLAG,
	.offset = AT(invert)},
    {.name = "count",
	.help = "print how many passed instead",
	.type = OPTION_FLAG,
	.offset = AT(count)},
    {.name = NULL}};

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
	struct strlist *const lists[] = {&o->categories, &o->announce,
	    &o->keywords, &o->keyword_files, &o->excludes, &o->exclude_files,
	    &o->fields, &o->authors, &o->where, &o->args, &o->argjsons,
	    &o->seen};

	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		strlist_release(lists[i]);
}
