/* SPDX-License-Identifier: ISC */
#include "score.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cJSON.h>
#include <sqlite3.h>

#include "common/base/msg.h"
#include "common/base/number.h"
#include "common/base/run_state.h"
#include "common/base/xalloc.h"
#include "common/net/http.h"
#include "common/record/paper.h"
#include "common/words/words.h"
#include "llm/models.h"

#define OPTIONS struct options

static const struct option_spec table[] = {
    OPT_HEADING("Who judges"),
    OPT_TEXT('m', "model", "NAME", model, "ask this model", OPT_USUAL),
    OPT_CHOICE(0, "backend", "openai|anthropic|command|lexical|local", backend,
	"how to judge (default: as --model, else local)", OPT_USUAL),
    OPT_TEXT(0, "command", "COMMAND", command,
	"ask this program, by its standard input"),
    OPT_FLAG(0, "list-models", list_models,
	"print what is known of models, and stop"),
    OPT_TEXT(
	0, "base-url", "URL", base_url, "ask the server at URL", OPT_USUAL),
    OPT_TEXT(0, "key-file", "FILE", key_file,
	"where the key is, if not in the environment", OPT_USUAL),
    OPT_TEXT('T', "topics", "FILE|WORDS", topics,
	"what the reader is interested in", OPT_USUAL),
    OPT_TEXT(0, "system", "FILE", system,
	"the model's role, instead of the one supplied"),
    OPT_TEXT(0, "criteria", "FILE", criteria,
	"the scales, instead of the ones supplied"),
    OPT_HEADING("How it is asked"),
    OPT_LONG('n', "batch", "N", batch, 1, 64,
	"ask about N papers at a time (default: 8)"),
    OPT_LONG('j', "jobs", "N", jobs, 1, 256,
	"keep up to N requests in flight (default: 4)"),
    OPT_LONG(0, "rpm", "N", rpm, 1, 1e6, "send at most N requests a minute"),
    OPT_LONG(0, "tpm", "N", tpm, 1, 1e9, "send at most N tokens a minute"),
    OPT_LONG(0, "votes", "K", votes, 1, 15,
	"ask K times, in other orders; the median counts"),
    OPT_CHOICE(0, "effort", "none|minimal|low|medium|high|xhigh|max", effort,
	"how much the model may reason"),
    OPT_TEXT(0, "service-tier", "TIER", tier,
	"flex, default, .., for providers that have tiers"),
    OPT_LONG(0, "timeout", "S", timeout, 1, 86400,
	"seconds for one answer (default: 600)"),
    OPT_LONG(0, "retries", "N", retries, 0, 100,
	"tries after the first (default: 5)"),
    OPT_REAL(0, "max-time", "S", max_time, 0.001, 1e7,
	"stop asking after S seconds"),
    OPT_REAL(0, "max-unscored", "F", max_unscored, 0, 1,
	"largest share that may lack a score (default: 0.2)"),
    OPT_HEADING("What is not asked"),
    OPT_CHOICE(0, "screen", "none|titles|local", screen,
	"first put aside what is surely irrelevant", OPT_USUAL),
    OPT_TEXT(0, "screen-model", "FILE", screen_model,
	"the model that --train wrote"),
    OPT_REAL(0, "screen-recall", "P", screen_recall, 0, 1,
	"keep this share of the selected (default: 0.98)"),
    OPT_REAL(0, "screen-threshold", "P", screen_threshold, 0, 1,
	"keep what is this likely to be selected"),
    OPT_REAL(0, "screen-explore", "P", screen_explore, 0, 1,
	"keep this share of the others too (default: 0.02)"),
    OPT_FLAG(0, "screen-only", screen_only, "screen and do not score"),
    OPT_FLAG(0, "keep-scored", keep_scored, "papers that have a score keep it"),
    OPT_TEXT(0, "rescore", "JQ", rescore,
	"only papers that this holds for; the others pass"),
    OPT_TEXT(
	0, "cache", "FILE", cache, "where answers are kept", OPT_FILE(WRITTEN)),
    OPT_FLAG(0, "no-cache", no_cache, "keep no answers and use none"),
    OPT_FLAG(0, "cache-only", cache_only, "use kept answers and ask nobody"),
    OPT_HEADING("Money"),
    OPT_REAL(0, "max-cost", "USD", max_cost, 0, 1e6,
	"never spend more than this", OPT_GIVEN(max_cost_given), OPT_USUAL),
    OPT_LONG(0, "max-requests", "N", max_requests, 1, 1e9,
	"never send more requests than this"),
    OPT_FLAG(0, "dry-run", dry_run, "send nothing; tell what it would cost",
	OPT_USUAL),
    OPT_TEXT(0, "prices", "FILE", prices,
	"a table of models, before the one supplied"),
    OPT_CHOICE(0, "emit-batch", "openai|anthropic", emit_batch,
	"write requests for the batch interface"),
    OPT_LIST(0, "merge-batch", "FILE,..", merge_batch,
	"take the answers from batch results"),
    OPT_HEADING("Training the local screen"),
    OPT_TEXTS(
	0, "train", "FILE", train, "learn from these scored papers; -o MODEL"),
    OPT_REAL(0, "min-relevance", "N", min_relevance, 0, PAPER_AXIS_MAX,
	"with --train: what counts as selected (default: 8)"),
    OPT_REAL(0, "min-novelty", "N", min_novelty, 0, PAPER_AXIS_MAX,
	"with --train: what counts as selected (default: 7)"),
    OPT_HEADING("The local judge"),
    OPT_TEXTS(0, "like", "FILE", like,
	"papers, ids or marks of what the reader likes", OPT_USUAL),
    OPT_TEXTS(0, "dislike", "FILE", dislike,
	"the same of what the reader does not like"),
    OPT_TEXTS(0, "earlier", "FILE", earlier,
	"papers to find ids, marks and the nearest in"),
    OPT_TEXT(0, "category", "CAT,..", categories,
	"the reader's categories, for --backend local"),
    OPT_TEXT(0, "usual", "N/M", usual,
	"the reader selects N of M papers (default: 8/100)"),
    OPT_FLAG(0, "explain-topics", explain_topics,
	"only print what the topics were read as"),
    OPT_FLAG(0, "draft-topics", draft_topics,
	"only print topics drafted from the papers read"),
    OPT_END,
};

static const char *
libraries(void)
{
	static char text[128];

	snprintf(text, sizeof(text), "%s, cJSON %s, SQLite %s", http_library(),
	    cJSON_Version(), sqlite3_libversion());
	return text;
}

const struct tool llm_score_tool = {
    .name = "llm-score",
    .synopsis = "[FILE ...]",
    .summary = "give papers scores from a language model",
    .example = "llm-score -T topics.md -m gpt-6-luna papers.jsonl",
    .options = table,
    .libraries = libraries,
};

const char *const backend_names[] = {
    [BACKEND_OPENAI] = "openai",
    [BACKEND_ANTHROPIC] = "anthropic",
    [BACKEND_COMMAND] = "command",
    [BACKEND_LEXICAL] = "lexical",
    [BACKEND_LOCAL] = "local",
};

const char *const effort_names[] = {
    [EFFORT_NOT_GIVEN] = NULL,
    [EFFORT_NONE] = "none",
    [EFFORT_MINIMAL] = "minimal",
    [EFFORT_LOW] = "low",
    [EFFORT_MEDIUM] = "medium",
    [EFFORT_HIGH] = "high",
    [EFFORT_XHIGH] = "xhigh",
    [EFFORT_MAX] = "max",
};

/* Who is asked, where the name of the model alone says it. */
static void
choose_provider(struct options *o)
{
	static char provider[24];
	bool anthropic;

	if (o->command != NULL && o->backend == BACKEND_BY_MODEL)
		o->backend = BACKEND_COMMAND;
	if (o->backend == BACKEND_COMMAND && o->model == NULL)
		o->model = o->command;
	if (o->model == NULL && o->backend == BACKEND_BY_MODEL)
		o->backend = o->list_models && o->base_url != NULL
		    ? BACKEND_OPENAI
		    : BACKEND_LOCAL;
	if (o->model == NULL || !backend_asks(o->backend) ||
	    o->backend == BACKEND_COMMAND)
		return;
	if (o->base_url == NULL)
		models_provider(o->model, provider);
	anthropic = strcmp(provider, backend_names[BACKEND_ANTHROPIC]) == 0;
	if (o->backend == BACKEND_BY_MODEL)
		o->backend = anthropic ? BACKEND_ANTHROPIC : BACKEND_OPENAI;
	/* A name that is known stands for the address. */
	if (*provider != '\0' && o->backend == BACKEND_OPENAI && !anthropic)
		o->base_url = provider;
}

/* Liked papers, or a model, can take the place of topics. */
static bool
judges_without_topics(const struct options *o)
{
	return o->backend == BACKEND_LOCAL &&
	    (o->like.n > 0 || o->screen_model != NULL);
}

static void
check_backend(const struct options *o)
{
	bool asks = backend_asks(o->backend);

	if ((o->backend == BACKEND_COMMAND) != (o->command != NULL))
		usage_error("--command and --backend command go together");
	if (o->command != NULL && (o->base_url != NULL || o->key_file != NULL))
		usage_error("--command asks no server and needs no key");
	if (o->rescore != NULL && !asks)
		usage_error("--rescore needs a model to ask");
	if (asks && o->model == NULL)
		usage_error("--backend %s needs --model NAME",
		    backend_names[o->backend]);
	if (!asks && o->screen == SCREEN_TITLES)
		usage_error("--screen titles needs a model to ask");
	if (!asks && (o->emit_batch != 0 || o->merge_batch.n > 0))
		usage_error("a batch needs --model NAME");
	if (o->topics == NULL && !o->screen_only && !judges_without_topics(o))
		usage_error("judging needs --topics FILE");
}

static void
check_local(const struct options *o)
{
	const struct {
		bool given;
		const char *name;
	} needing[] = {
	    {o->like.n > 0, "like"},
	    {o->dislike.n > 0, "dislike"},
	    {o->earlier.n > 0, "earlier"},
	    {o->categories != NULL, "category"},
	    {o->usual != NULL, "usual"},
	    {o->explain_topics, "explain-topics"},
	};

	for (size_t i = 0; i < sizeof(needing) / sizeof(*needing); i++)
		if (needing[i].given && o->backend != BACKEND_LOCAL)
			usage_error("--%s needs %s--backend local",
			    needing[i].name, i == 0 ? "--train or " : "");
}

/* "12/340" as a share between 0 and 1. */
static double
share_of(const char *usual)
{
	const char *slash = strchr(usual, '/'), *why;
	char *first = xmemdup0(
	    usual, slash != NULL ? (size_t)(slash - usual) : strlen(usual));
	long n = 0, m = 0;
	bool good = slash != NULL && number_long(first, 1, 1000000, &n, &why) &&
	    number_long(slash + 1, 1, 1000000, &m, &why) && n < m;

	free(first);
	if (!good)
		usage_error("--usual %s: is not N/M, as in 12/340", usual);
	return (double)n / (double)m;
}

static void
check_together(const struct options *o)
{
	bool batch = o->emit_batch != 0 || o->merge_batch.n > 0;

	if (o->screen == SCREEN_LOCAL && o->screen_model == NULL)
		usage_error("--screen local needs --screen-model FILE");
	if (o->screen_only && o->screen != SCREEN_TITLES &&
	    o->screen != SCREEN_LOCAL)
		usage_error("--screen-only needs --screen titles or local");
	if (o->no_cache && (o->cache_only || o->cache != NULL))
		usage_error(
		    "--no-cache cannot be combined with --cache or --cache-only");
	if (o->emit_batch != 0 && o->merge_batch.n > 0)
		usage_error(
		    "--emit-batch and --merge-batch cannot be used together");
	if (o->emit_batch != 0 && o->emit_batch != o->backend)
		usage_error("--emit-batch %s cannot be used with --backend %s",
		    backend_names[o->emit_batch], backend_names[o->backend]);
	if (o->rescore != NULL && (o->keep_scored || o->screen_only))
		usage_error("--rescore cannot be combined with --keep-scored "
			    "or --screen-only");
	if (batch && o->screen == SCREEN_TITLES)
		usage_error("--screen titles cannot be used with a batch");
}

int
options_read(struct options *o, int argc, char **argv)
{
	const char *env;
	int first;

	*o = (struct options) {
	    .batch = 8,
	    .jobs = 4,
	    .votes = 1,
	    .timeout = 600,
	    .retries = 5,
	    .max_unscored = 0.2,
	    .screen_recall = 0.98,
	    .screen_threshold = -1,
	    .screen_explore = 0.02,
	    .min_relevance = 8,
	    .min_novelty = 7,
	};
	first = options_parse(&llm_score_tool, o, argc, argv);
	if (o->train.n > 0)
		return first;
	env = getenv("PAPERROUND_TOPICS");
	if (o->topics == NULL && env != NULL && *env != '\0')
		o->topics = env;
	choose_provider(o);
	if (o->list_models || o->draft_topics)
		return first;
	check_backend(o);
	check_local(o);
	check_together(o);
	if (o->usual != NULL)
		o->usual_share = share_of(o->usual);
	return first;
}

void
options_categories(const struct options *o, struct strlist *l)
{
	const char *s = o->categories;
	size_t n;

	for (; s != NULL && *s != '\0'; s += n + (s[n] != '\0'))
		if ((n = strcspn(s, ", ")) > 0)
			strlist_take(l, xmemdup0(s, n));
	for (size_t i = 0; i < l->n; i++)
		if (!space_knows(l->v[i]))
			die(EXIT_MISUSE,
			    "--category %s: arXiv has no such archive; a "
			    "category is like cs.LG or hep-th",
			    l->v[i]);
}
