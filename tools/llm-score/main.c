/* SPDX-License-Identifier: ISC */
/*
 * llm-score: papers in, the same papers with a score or the reason why there
 * is none out.
 */
#include <string.h>

#include "common/msg.h"
#include "common/run.h"
#include "judge.h"
#include "options.h"

/* The ways of judging, by --backend. */
static const struct judge {
	const char *name;
	int (*run)(struct session *s);
} judges[] = {
    {"openai", judge_llm},
    {"anthropic", judge_llm},
    {"lexical", judge_local},
};

static const struct judge *
judge_named(const char *name)
{
	for (size_t i = 0; i < sizeof(judges) / sizeof(*judges); i++)
		if (strcmp(judges[i].name, name) == 0)
			return &judges[i];
	usage_error("--backend %s is not built in", name);
}

int
main(int argc, char **argv)
{
	struct options o;
	struct session s = {.options = &o};
	int first, status;

	run_start("llm-score");
	first = options_read(&o, argc, argv);
	if (o.topics != NULL)
		topics_read(&s.topics, o.topics);
	source_open(&s.in, argv + first);
	output_open(&s.out, o.common.output, o.common.line_buffered);
	status = judge_named(o.backend)->run(&s);
	source_close(&s.in);
	topics_release(&s.topics);
	return run_finish(&s.out, status, !run_stopping());
}
