/* SPDX-License-Identifier: ISC */
/*
 * llm-score: papers in, the same papers with a score or the reason why there
 * is none out.
 */
#include <stdlib.h>

#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/base/xalloc.h"
#include "common/cli/confine.h"
#include "common/cli/run.h"
#include "common/json/jq_program.h"
#include "llm/llm.h"
#include "screen/screen.h"

static struct screen *
open_screen(const struct options *o)
{
	struct screen_policy policy = {
	    .recall = o->screen_recall,
	    .threshold = o->screen_threshold,
	    .explore = o->screen_explore,
	};

	if (o->screen != SCREEN_LOCAL)
		return NULL;
	return screen_open(o->screen_model, &policy);
}

static bool
has_cache(const struct options *o)
{
	return !o->no_cache && backend_asks(o->backend);
}

/*
 * A run that could do too little does not replace what an earlier one wrote to
 * -o FILE: with make, it would count as made.  What answers there were is in
 * the cache, or else beside FILE.
 */
static bool
keeps_output(struct session *s, int status)
{
	struct output *out = &s->out;

	if (run_stopping())
		return false;
	if ((status != EXIT_TRY_LATER && status != EXIT_REFUSED) ||
	    out->temp == NULL)
		return true;
	if (has_cache(s->options)) {
		msg_error("%s is as it was; what was scored is in the cache",
		    out->path);
		return false;
	}
	msg_error("%s is as it was; what was scored is in %s.part", out->path,
	    out->path);
	out->aside = true;
	return true;
}

static int
judge(struct session *s, char *const *files)
{
	static const struct strlist none = STRLIST_INIT;
	const struct options *o = s->options;
	int status;

	s->screen = open_screen(o);
	if (o->rescore != NULL)
		s->rescore =
		    jq_program_new("rescore", o->rescore, &none, &none);
	if (o->topics != NULL)
		topics_read(&s->topics, o->topics);
	line_reader_open(&s->in, files);
	output_open(&s->out, o->dry_run ? NULL : o->common.output,
	    o->common.line_buffered);
	if (!backend_asks(o->backend) || (s->screen != NULL && o->screen_only))
		status = judge_local(s);
	else
		status = judge_llm(s);
	line_reader_close(&s->in);
	topics_release(&s->topics);
	screen_free(s->screen);
	jq_program_free(s->rescore);
	return run_finish(&s->out, status, keeps_output(s, status));
}

static int
explain(struct session *s, char *const *files)
{
	const struct options *o = s->options;
	int status;

	if (*files != NULL || o->topics == NULL)
		usage_error("--explain-topics reads --topics FILE and nothing "
			    "else");
	topics_read(&s->topics, o->topics);
	output_open(&s->out, o->common.output, false);
	status = explain_topics(s);
	topics_release(&s->topics);
	return run_finish(&s->out, status, true);
}

static int
draft(struct session *s, char *const *files)
{
	int status;

	line_reader_open(&s->in, files);
	output_open(&s->out, s->options->common.output, false);
	status = draft_topics(s);
	line_reader_close(&s->in);
	return run_finish(
	    &s->out, status, status == EXIT_OK && !run_stopping());
}

static int
list(struct session *s, char *const *files)
{
	if (*files != NULL)
		usage_error("--list-models reads no papers");
	output_open(&s->out, s->options->common.output, false);
	confine(&(struct confinement) {.reads = true, .network = true});
	return run_finish(&s->out, list_models(s), true);
}

/* A model is whole or not at all. */
static int
learn_from(struct session *s, char *const *files)
{
	int status;

	output_open(&s->out, s->options->common.output, false);
	if (s->out.is_tty)
		usage_error("--train writes a model and needs -o FILE");
	status = train_run(s->options, files, &s->out);
	return run_finish(&s->out, status, status == EXIT_OK);
}

int
main(int argc, char **argv)
{
	struct options o;
	struct session s = {.options = &o};
	int first, status;

	run_start("llm-score");
	first = options_read(&o, argc, argv);
	if (o.train.n > 0)
		status = learn_from(&s, argv + first);
	else if (o.explain_topics)
		status = explain(&s, argv + first);
	else if (o.draft_topics)
		status = draft(&s, argv + first);
	else if (o.list_models)
		status = list(&s, argv + first);
	else
		status = judge(&s, argv + first);
	options_release(&llm_score_tool, &o);
	return status;
}
