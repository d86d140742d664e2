/* SPDX-License-Identifier: ISC */
/*
 * arxiv-fetch writes papers of arXiv as records of paper(5).  What it asks
 * depends on what it is asked for.
 */
#include "common/base/run_state.h"
#include "common/cli/run.h"
#include "fetch.h"

static void (*const commands[])(struct fetch *f) = {
    [TODAY] = cmd_today, /* from the daily feeds */
    [DATES] = cmd_dates, /* past days, from OAI-PMH */
    [SEARCH] = cmd_search, /* from the query interface */
    [IDS] = cmd_ids, /* from there too */
    [HARVEST] = cmd_harvest, /* whole sets, from OAI-PMH */
    [PARSE] = cmd_parse, /* saved answers */
    [ENRICH] = cmd_enrich, /* what is known of the authors */
    [SCHEDULE] = cmd_schedule, /* when arXiv announces */
};

int
main(int argc, char *argv[])
{
	struct fetch f = {.status = EXIT_OK};

	run_start("arxiv-fetch");
	fetch_options_parse(&f.o, argc, argv);
	holidays_load();
	feed_formats_init();
	fetch_open(&f);
	commands[f.o.command](&f);
	if (f.o.common.exit_nothing && run_counts.out == 0)
		fetch_raise_status(&f, EXIT_SOME_FAILED);
	fetch_release(&f);
	holidays_forget();
	return run_finish(&f.out, f.status, f.status < EXIT_TRY_LATER);
}
