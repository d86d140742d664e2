/* SPDX-License-Identifier: ISC */
/* Judging by a language model: what is set up around the engine. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/base/xalloc.h"
#include "common/cli/confine.h"
#include "common/cli/run.h"
#include "common/json/json_write.h"
#include "common/net/throttle.h"
#include "llm/llm.h"

/* The real world as a transport */

static void
real_start(void *arg, struct http_request *r)
{
	http_start(arg, r);
}

static struct http_request *
real_next(void *arg, int timeout_ms, struct http_reply *reply)
{
	return http_next(arg, timeout_ms, reply);
}

static double
real_clock(void *arg)
{
	(void)arg;
	return monotonic_seconds();
}

static moment_t
real_wall(void *arg)
{
	(void)arg;
	return (moment_t)time(NULL);
}

static double
real_random(void *arg)
{
	(void)arg;
	return retry_random();
}

static void
real_sleep(void *arg, double seconds)
{
	struct timespec ts = {
	    .tv_sec = (time_t)seconds,
	    .tv_nsec = (long)((seconds - floor(seconds)) * 1e9),
	};

	(void)arg;
	nanosleep(&ts, NULL); /* a signal ends it, as it should */
}

static bool
real_stopping(void *arg)
{
	(void)arg;
	return run_stopping();
}

static struct transport
real_transport(struct http *http, struct commands *commands)
{
	bool program = commands != NULL;

	return (struct transport) {
	    .arg = program ? (void *)commands : http,
	    .start = program ? commands_start : real_start,
	    .next = program ? commands_next : real_next,
	    .clock = real_clock,
	    .wall = real_wall,
	    .random = real_random,
	    .sleep = real_sleep,
	    .stopping = real_stopping,
	};
}

/* The report */

static void
report_prompt(const struct prompt *p)
{
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);
	struct jsonw j = JSONW_INIT(&b);

	jsonw_open(&j, '{');
	jsonw_slice(jsonw_key(&j, "system"), strbuf_slice(&p->system[0]));
	jsonw_str(jsonw_key(&j, "user"), prompt_example);
	jsonw_close(&j, '}');
	run_report_set("prompt", strbuf_slice(&b));
	strbuf_release(&b);
}

/* What holds even if the run dies before its first request. */
static void
report_first(const struct options *o)
{
	report_string("backend", backend_names[o->backend]);
	report_string("model", o->model);
	report_string("health", "outage");
}

static void
report_last(const struct engine *e, int status)
{
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);
	const struct stats *t = &e->stats;

	stats_write_requests(&b, t);
	run_report_set("requests", strbuf_slice(&b));
	strbuf_reset(&b);
	stats_write_errors(&b, t);
	run_report_set("errors", strbuf_slice(&b));
	strbuf_reset(&b);
	stats_write_tokens(&b, t);
	run_report_set("tokens", strbuf_slice(&b));
	strbuf_reset(&b);
	cost_write(&b, &e->cost);
	run_report_set("cost", strbuf_slice(&b));
	if (e->cost.unpriced)
		run_report_set("unpriced", SLICE_LIT("true"));
	report_number("scored", t->scored);
	report_number("screened_out", t->screened_out);
	report_number("from_cache", t->from_cache);
	report_number("unscored", t->unscored);
	strbuf_reset(&b);
	strbuf_addf(&b, "{\"unknown\":%llu,\"duplicate\":%llu}",
	    (unsigned long long)t->unknown_keys,
	    (unsigned long long)t->duplicate_keys);
	run_report_set("answers", strbuf_slice(&b));
	if (e->stop != NULL)
		report_string("stopped", e->stop_detail);
	report_string("health", stats_health(t, status));
	strbuf_release(&b);
}

/* Money and tokens, for whoever watches or pressed ^C. */
static void
summary(const struct engine *e)
{
	const struct stats *t = &e->stats;
	const char *unpriced = e->cost.unpriced ? ", unpriced" : "";

	if (t->sent == 0)
		return;
	msg_verbose("%llu scored, %llu from the cache, %llu without a score",
	    (unsigned long long)t->scored, (unsigned long long)t->from_cache,
	    (unsigned long long)t->unscored);
	if (!msg_is_verbose() && !run_stopping())
		return;
	msg_warn("%llu requests, %.0f tokens in, %.0f out, $%.4f%s",
	    (unsigned long long)t->sent, t->input + t->cached + t->cache_write,
	    t->output, e->cost.input + e->cost.output + e->cost.reported,
	    unpriced);
}

/* More than was allowed, by the server's account; and what one more run would
 * have to be allowed. */
static void
tell_budget(const struct engine *e)
{
	const struct stats *t = &e->stats;
	double paid = (double)(t->scored - t->cached_scores);
	double spent = cost_total(&e->cost), left = (double)t->over_budget;

	if (cost_is_passed(&e->cost))
		msg_error("$%.4f spent, more than the $%.4f that --max-cost "
			  "allows: %s; look at the provider's account",
		    spent, e->cost.limit,
		    e->options->merge_batch.n > 0
			? "so much the answers of the batch cost"
			: "an answer cost more than was set aside for it");
	if (t->over_budget == 0 || e->cost.limit < 0)
		return;
	if (paid > 0)
		msg_error("$%.4f of $%.4f spent; %.0f papers are left, which "
			  "need about $%.4f",
		    spent, e->cost.limit, left, spent / paid * left);
	else
		msg_error("$%.4f of $%.4f spent; %.0f papers are left", spent,
		    e->cost.limit, left);
}

/* Setting up */

static void
know_model(struct engine *e)
{
	const struct options *o = e->options;

	struct models table;

	models_open(&table, o->prices);
	if (!models_get(&table, &e->model, o->model, e->provider->name))
		models_likely(&table, o->model, e->likely);
	models_close(&table);
	e->cost.limit = o->max_cost_given ? o->max_cost : -1;
	e->cost.tier = tier_named(o->tier);
	e->cost.prices = e->model.prices;
	if (e->cost.prices.n > 0 || !o->max_cost_given)
		return;
	engine_suggest_model(e);
	die(EXIT_MISUSE,
	    "no price is known for %s, so --max-cost cannot be kept; see "
	    "--prices",
	    o->model);
}

static char *
read_key(const struct engine *e)
{
	static const struct rlimit none = {0, 0};
	char *key = api_key_read(e->options->key_file, e->provider->key_env);

	(void)setrlimit(RLIMIT_CORE, &none); /* a core would hold the key */
	if (key != NULL || http_url_is_loopback(e->url))
		return key;
	engine_suggest_model(e);
	die(EXIT_REFUSED, "no key: set %s or LLM_API_KEY, or give --key-file",
	    e->provider->key_env[0] != NULL ? e->provider->key_env[0]
					    : "OPENAI_API_KEY");
}

/* Some runs send nothing, and need no key. */
static bool
asks(const struct options *o)
{
	return o->command == NULL && !o->cache_only && !o->dry_run &&
	    o->emit_batch == 0 && o->merge_batch.n == 0;
}

/* What others write comes from here on. */
static void
confine_asking(const struct options *o)
{
	char *dir = o->no_cache ? xstrdup("") : score_cache_directory(o->cache);
	const struct confine_place places[] = {
	    {dir, CONFINE_WRITE}, {.path = NULL}};

	confine(&(struct confinement) {
	    .places = places,
	    .reads = true,
	    .network = o->command == NULL,
	    .commands = o->command != NULL,
	});
	free(dir);
}

static int
run_engine(struct engine *e, struct commands *commands)
{
	struct http *http = http_new("paperround/" PAPERROUND_VERSION);
	int status;

	e->transport = real_transport(http, commands);
	engine_init(e);
	if (e->options->merge_batch.n > 0)
		batch_read(e, &e->options->merge_batch);
	if (e->options->dry_run) {
		status = dry_run(e);
		run_report_set("dry_run", SLICE_LIT("true"));
	} else if (e->options->emit_batch != 0) {
		status = batch_emit(e);
	} else {
		status = engine_run(e);
		/* A run that stopped has said why. */
		if (e->stop == NULL)
			stats_tell_missing(&e->stats, e->options,
			    status == EXIT_TRY_LATER && e->cache != NULL);
		stats_tell_unscreened(&e->stats);
		tell_budget(e);
		summary(e);
	}
	report_last(e, status);
	engine_release(e);
	http_free(http);
	return status;
}

int
judge_llm(struct session *s)
{
	const struct options *o = s->options;
	struct prompt prompt;
	struct engine e = {
	    .options = o,
	    .prompt = &prompt,
	    .screen = s->screen,
	    .rescore = s->rescore,
	    .in = &s->in,
	    .out = &s->out,
	};
	struct commands *commands = NULL;
	const char *base;
	char *url, *key;
	int status;

	report_first(o);
	e.provider =
	    provider_find(backend_names[o->backend], o->base_url, &base);
	e.url = url = provider_url(
	    e.provider, base, o->command != NULL ? o->command : NULL);
	prompt_read(&prompt, o, &s->topics);
	report_prompt(&prompt);
	know_model(&e);
	e.key = key = asks(o) ? read_key(&e) : NULL;
	if (!o->no_cache)
		e.cache = score_cache_open(o->cache);
	if (o->command != NULL)
		commands = commands_new(o->command);
	confine_asking(o);
	s->out.line_buffered = true; /* there is money and time in each line */

	status = run_engine(&e, commands);
	commands_free(commands);

	batch_free(e.results);
	score_cache_close(e.cache);
	api_key_free(key);
	prompt_release(&prompt);
	free(url);
	return status;
}
