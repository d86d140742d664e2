/* SPDX-License-Identifier: ISC */
#include "fetch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/base/xalloc.h"
#include "common/cli/confine.h"
#include "common/cli/run.h"
#include "common/io/path.h"

#define RECORD_MAX ((size_t)4 << 20)

/* ~/.cache/paperround, wherever the environment has it. */
static char *
cache_home(void)
{
	char *home = xdg_path("XDG_CACHE_HOME", ".cache", "paperround");

	if (home == NULL)
		die(EXIT_SOME_FAILED,
		    "neither XDG_CACHE_HOME nor HOME is set: set one of them");
	return home;
}

/* Who asks; a contact helps a site that has reason to complain. */
static char *
user_agent(void)
{
	const char *contact = getenv("PAPERROUND_CONTACT");

	if (contact != NULL && strpbrk(contact, "\r\n") != NULL)
		contact = NULL;
	return xasprintf("paperround/%s (arxiv-fetch%s%s)", PAPERROUND_VERSION,
	    contact != NULL ? "; " : "", contact != NULL ? contact : "");
}

/* Only what is needed from here on.  Only what is there can be allowed. */
static void
give_up_rights(const struct fetch *f)
{
	const struct fetch_options *o = &f->o;
	char *home = cache_home(), *pace = xasprintf("%s/pace", home);
	char *place = o->resume != NULL ? directory_of(o->resume) : xstrdup("");
	const char *pages = o->cache_dir != NULL ? o->cache_dir : home;
	const struct confine_place places[] = {
	    {pace, CONFINE_WRITE},
	    {o->no_cache ? "" : pages, CONFINE_FOLDERS},
	    {place, CONFINE_WRITE},
	    {.path = NULL},
	};

	(void)directory_make(pace);
	if (!o->no_cache)
		(void)directory_make(pages);
	confine(&(struct confinement) {
	    .places = places, .reads = true, .network = true});
	free(place);
	free(pace);
	free(home);
}

void
fetch_open(struct fetch *f)
{
	const struct fetch_options *o = &f->o;

	strbuf_init(&f->record, RECORD_MAX);
	if (o->command == PARSE)
		operands_open(&f->files, o->files);
	/* Time went into what is fetched: it is written at once. */
	output_open(&f->out, o->common.output,
	    o->common.line_buffered || o->command != PARSE);
	f->net.out = &f->out;
	if (o->command == PARSE || o->command == SCHEDULE) {
		confine_to_filter(&f->files);
	} else {
		cache_prepare(&f->net.cache);
		give_up_rights(f);
	}
}

void
fetch_connect(struct fetch *f, const char *site, double pace)
{
	const struct fetch_options *o = &f->o;
	bool loopback =
	    o->base_url != NULL && http_url_is_loopback(o->base_url);
	char *home = cache_home(), *agent = user_agent(), *pages, *locks;

	pages = xasprintf("%s/pages", home);
	if (!o->no_cache)
		f->memory_dir = xasprintf(
		    "%s/feeds", o->cache_dir != NULL ? o->cache_dir : home);
	locks = xasprintf("%s/pace", home);
	if (o->pace >= 0) {
		if (o->pace < pace && !loopback)
			die(EXIT_MISUSE,
			    "--pace: less than %g is for loopback only", pace);
		pace = o->pace;
	}
	f->net.base_url = o->base_url;
	f->net.http = http_new(agent);
	f->net.pace = pace_new(locks, site, pace);
	f->net.pace_seconds = pace;
	f->net.retries = o->retries;
	f->net.timeout_ms = (long)(o->timeout * 1000);
	f->net.blocks_for_hours = strcmp(site, "arxiv") == 0;
	cache_init(&f->net.cache,
	    o->no_cache		       ? NULL
		: o->cache_dir != NULL ? o->cache_dir
				       : pages);
	free(locks);
	free(pages);
	free(agent);
	free(home);
}

void
fetch_release(struct fetch *f)
{
	http_free(f->net.http);
	pace_free(f->net.pace);
	cache_release(&f->net.cache);
	free(f->memory_dir);
	strbuf_release(&f->record);
	operands_close(&f->files);
	fetch_options_release(&f->o);
}

bool
fetch_is_full(const struct fetch *f)
{
	return f->o.max >= 0 && run_counts.out >= (uint64_t)f->o.max;
}

bool
fetch_emit(struct fetch *f, const struct entry *e)
{
	if (e->announce != ANNOUNCE_NONE &&
	    (f->o.wanted & 1u << e->announce) == 0) {
		run_dropped("announce_type", 1);
		return false;
	}
	if (fetch_is_full(f)) {
		run_dropped("max", 1);
		return false;
	}
	strbuf_reset(&f->record);
	record_format(&f->record, e);
	if (f->record.overflow) {
		run_counts.failed++;
		msg_error("%s: its record would be longer than 4 MiB", e->id);
		return false;
	}
	output_record(&f->out, strbuf_slice(&f->record));
	return true;
}

void
fetch_emit_all(struct fetch *f, const struct paper_table *p)
{
	for (size_t i = 0; i < p->n; i++)
		fetch_emit(f, p->v[i]);
}

void
fetch_raise_status(struct fetch *f, int status)
{
	if (status > f->status)
		f->status = status;
}
