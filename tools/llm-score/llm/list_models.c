/* SPDX-License-Identifier: ISC */
/*
 * --list-models: what is known of models, joined with what their servers say
 * they have, where there is a key to ask with.  Asking costs nothing.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cJSON.h>

#include "common/base/msg.h"
#include "common/base/number.h"
#include "common/base/run_state.h"
#include "common/base/utf8.h"
#include "common/base/xalloc.h"
#include "common/json/json_tree.h"
#include "common/net/http.h"
#include "llm/llm.h"

/* So long before a model ends there is something to be said. */
#define WARNING_DAYS 60
/* A model that lives so long is worth changing to. */
#define WORTH_DAYS   365
#define TIMEOUT_MS   30000

struct listing {
	struct session *s;
	struct models table;
	const struct provider *only; /* the one that is asked about, or NULL */
	const struct provider *provider; /* at hand */
	cJSON *served; /* what it says it has; NULL: not asked */
	int status; /* of having asked the one that was named */
	size_t written;
};

/* What a server says */

/* NULL if it has none.  Gemini's have a folder before them. */
static const char *
entry_name(const cJSON *entry)
{
	const char *id = json_tree_string(entry, "id");

	return id != NULL && strncmp(id, "models/", 7) == 0 ? id + 7 : id;
}

static const cJSON *
served_entry(const struct listing *l, const char *name)
{
	const cJSON *entry;

	cJSON_ArrayForEach(entry, json_tree_get(l->served, "data"))
	{
		const char *id = entry_name(entry);

		if (id != NULL && strcmp(id, name) == 0)
			return entry;
	}
	return NULL;
}

/* Says why a server gave no list; the exit status that this is worth. */
static int
complain(const struct listing *l, const char *key, const struct http_reply *r,
    const cJSON *tree)
{
	struct api_error e;

	api_error_read(&e, r, tree);
	api_key_redact(e.detail, key);
	msg_warn("%s: its list of models: %s", l->provider->name,
	    e.action == ACTION_READ ? "is none" : e.detail);
	return e.refused ? EXIT_REFUSED : EXIT_TRY_LATER;
}

/* What a server has at a URL; NULL, and its status in l, if that is nothing. */
static cJSON *
get(struct listing *l, const char *base, const char *path, const char *key)
{
	struct http *http = http_new("paperround/" PAPERROUND_VERSION);
	char *url = provider_url(l->provider, base, path);
	struct http_request *r = http_request_new(url);
	struct http_reply reply;
	cJSON *tree = NULL;

	provider_headers(l->provider, key, &r->headers);
	r->timeout_ms = TIMEOUT_MS;
	http_start(http, r);
	if ((r = http_next(http, -1, &reply)) != NULL) {
		if (reply.failure == HTTP_OK)
			tree = json_tree_parse(strbuf_slice(&reply.body));
		if (json_tree_get(tree, "data") == NULL) {
			l->status = complain(l, key, &reply, tree);
			cJSON_Delete(tree);
			tree = NULL;
		}
		http_request_free(r);
		http_reply_release(&reply);
	}
	free(url);
	http_free(http);
	return tree;
}

/* A key for any provider is shown only to the one that was named.  Some tell
 * everybody what they have; there the key is tried elsewhere. */
static void
ask_server(struct listing *l, const char *base)
{
	const struct options *o = l->s->options;
	const struct provider *p = l->provider;
	char *key;

	if (o->cache_only)
		return;
	key = l->only != NULL ? api_key_read(o->key_file, p->key_env)
			      : api_key_of(p->key_env);
	if (key == NULL && (l->only == NULL || !http_url_is_loopback(base)))
		return;
	/* A provider that asks servers is one of the table.
	 * NOLINTNEXTLINE(clang-analyzer-core.NullDereference) */
	if (p->key_path != NULL)
		cJSON_Delete(get(l, base, p->key_path, key));
	if (l->status == EXIT_OK)
		l->served = get(l, base,
		    p->models_path != NULL ? p->models_path : "/models", key);
	api_key_free(key);
}

/* Lines */

static void
add_usd(struct strbuf *b, const struct prices *p, size_t step, double price)
{
	if (step < p->n)
		strbuf_addf(b, "\t%.6g", price * 1e6);
	else
		strbuf_addstr(b, "\t-");
}

static void
add_when(struct strbuf *b, const struct price_when *w)
{
	char day[DATE_LEN];

	if (w->above > 0)
		strbuf_addf(b, "\tprompt>%.0f", w->above);
	else if (w->from > 0)
		strbuf_addf(b, "\tfrom=%s", day_format(day_of(w->from), day));
	else
		strbuf_addstr(b, w->hours != 0 ? "\tby hour" : "\t-");
}

static void
add_day(struct strbuf *b, day_t day)
{
	char text[DATE_LEN];

	strbuf_addf(b, "\t%s", day == 0 ? "-" : day_format(day, text));
}

static void
write_line(
    struct listing *l, const struct model *m, size_t step, const char *served)
{
	static const char *const thinks[] = {
	    [THINKS_UNKNOWN] = "-", [THINKS_NO] = "no", [THINKS_YES] = "yes"};
	const struct price *p = &m->prices.step[step].price;
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);

	utf8_add_visible(&b, m->name, strlen(m->name)); /* a server's word */
	strbuf_addf(&b, "\t%s", l->provider->name);
	add_when(&b, &m->prices.step[step].when);
	add_usd(&b, &m->prices, step, p->input[TIER_STANDARD]);
	add_usd(&b, &m->prices, step, p->cached);
	add_usd(&b, &m->prices, step, p->output[TIER_STANDARD]);
	if (m->context > 0)
		strbuf_addf(&b, "\t%ld", m->context);
	else
		strbuf_addstr(&b, "\t-");
	strbuf_addf(&b, "\t%s", thinks[m->thinks]);
	add_day(&b, m->ends);
	strbuf_addf(&b, "\t%s\n", served);
	output_write(&l->s->out, b.s, b.len);
	strbuf_release(&b);
	l->written++;
}

static void
take_shutdown(struct model *m, const cJSON *entry)
{
	const char *day = json_tree_string(entry, "shutdown_date");

	if (day != NULL)
		(void)day_begins(slice_of(day), &m->ends);
}

/* In a few weeks it is gone: what comes nearest to it? */
static void
warn_of_end(const struct listing *l, const struct model *m)
{
	day_t today = day_of(now());
	char day[DATE_LEN];
	struct model next;

	if (m->ends == 0 || m->ends > today + WARNING_DAYS)
		return;
	day_format(m->ends, day);
	if (!models_nearest(&l->table, m, today + WORTH_DAYS, &next))
		msg_warn("%s %s shut down on %s", m->name,
		    m->ends > today ? "is" : "was", day);
	else
		msg_warn("%s %s shut down on %s; the nearest in price is %s "
			 "(USD %.4g in, %.4g out per million tokens)",
		    m->name, m->ends > today ? "is" : "was", day, next.name,
		    next.prices.step[0].price.input[TIER_STANDARD] * 1e6,
		    next.prices.step[0].price.output[TIER_STANDARD] * 1e6);
}

static void
write_model(struct listing *l, struct model *m)
{
	const cJSON *entry = served_entry(l, m->name);

	take_shutdown(m, entry);
	for (size_t i = 0; i == 0 || i < m->prices.n; i++)
		write_line(l, m, i,
		    l->served == NULL	? "-"
			: entry != NULL ? "yes"
					: "no");
	if (l->s->options->model != NULL)
		warn_of_end(l, m);
}

/* The one model that was asked about. */
static void
list_one(struct listing *l)
{
	const char *name = l->s->options->model;
	char likely[MODEL_NAME_MAX];
	struct model m;
	bool known = models_get(&l->table, &m, name, l->provider->name);

	if (known || served_entry(l, name) != NULL) {
		snprintf(m.name, sizeof(m.name), "%s", name);
		write_model(l, &m);
		return;
	}
	if (l->status != EXIT_OK) /* perhaps the server knows it */
		return;
	models_likely(&l->table, name, likely);
	if (*likely != '\0')
		msg_error("%s is not known; did you mean %s?", name, likely);
	else
		msg_error("%s is not known", name);
}

/* What the table has of the provider, then what only the server has. */
static void
list_all(struct listing *l)
{
	struct slice rest = {l->table.supplied, l->table.supplied_len};
	const cJSON *entry;
	struct model row, m;

	while (l->table.supplied != NULL && models_next(&rest, &row)) {
		if (model_is_family(&row) ||
		    strcmp(row.provider, l->provider->name) != 0)
			continue;
		models_get(&l->table, &m, row.name, row.provider);
		write_model(l, &m);
	}
	cJSON_ArrayForEach(entry, json_tree_get(l->served, "data"))
	{
		const char *id = entry_name(entry);

		if (id == NULL || strlen(id) >= MODEL_NAME_MAX ||
		    (models_get(&l->table, &m, id, l->provider->name) &&
			strcmp(m.provider, l->provider->name) == 0))
			continue;
		snprintf(m.name, sizeof(m.name), "%s", id);
		write_model(l, &m);
	}
}

static void
list_provider(struct listing *l, const char *base)
{
	ask_server(l, base);
	if (l->s->options->model != NULL)
		list_one(l);
	else
		list_all(l);
	/* That one of many does not tell is said, and no more. */
	if (l->only == NULL)
		l->status = EXIT_OK;
	cJSON_Delete(l->served);
	l->served = NULL;
}

int
list_models(struct session *s)
{
	static const char head[] =
	    "# model\tprovider\twhen\tinput\tcached\toutput\tcontext\tthinks"
	    "\tends\tserved\n";
	const struct options *o = s->options;
	struct listing l = {.s = s};
	const char *base;

	models_open(&l.table, o->prices);
	output_write(&s->out, head, sizeof(head) - 1);
	if (backend_asks(o->backend)) {
		l.only = l.provider = provider_find(
		    backend_names[o->backend], o->base_url, &base);
		list_provider(&l, base);
	} else {
		while ((l.provider = provider_next(l.provider)) != NULL)
			if (l.provider->base_url != NULL)
				list_provider(&l, l.provider->base_url);
	}
	models_close(&l.table);
	if (l.status != EXIT_OK)
		return l.status;
	return l.written == 0 && o->model != NULL ? EXIT_SOME_FAILED : EXIT_OK;
}
