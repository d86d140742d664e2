/* SPDX-License-Identifier: ISC */
#include "llm/provider.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/base/guess.h"
#include "common/base/msg.h"
#include "common/base/xalloc.h"
#include "common/net/http.h"

/* The bound of answers is not halved below this. */
#define LEAST_TOKENS 128

#define BEARER	     "Authorization: Bearer "

#define OPENAI_LIKE  .dialect = &dialect_openai, .auth = BEARER
#define MAX_TOKENS   .limit = LIMIT_TOKENS
/* Its list of models comes 20 at a time, if it is not asked for more. */
#define ANTHROPIC_LIKE                                                    \
	.dialect = &dialect_anthropic,                                    \
	.auth = "x-api-key: ", .header = "anthropic-version: 2023-06-01", \
	.limit = LIMIT_TOKENS, .models_path = "/models?limit=1000"
#define OBJECTS_ONLY .format = FORMAT_OBJECT

/* The first row of a dialect is what a model's name alone selects, the last
 * one fits every other host. */
static const struct provider providers[] = {
    {.name = "openai",
	.host = "api.openai.com",
	.base_url = "https://api.openai.com/v1",
	OPENAI_LIKE,
	.key_env = {"OPENAI_API_KEY"}},
    {.name = "azure",
	.host = ".azure.com",
	.dialect = &dialect_openai,
	.auth = "api-key: ",
	.key_env = {"AZURE_OPENAI_API_KEY"}},
    {.name = "gemini",
	.host = "generativelanguage.googleapis.com",
	.base_url = "https://generativelanguage.googleapis.com/v1beta/openai",
	OPENAI_LIKE,
	MAX_TOKENS,
	.key_env = {"GEMINI_API_KEY", "GOOGLE_API_KEY"}},
    /* Only providers that keep all we ask for may serve the request. */
    {.name = "openrouter",
	.host = "openrouter.ai",
	.base_url = "https://openrouter.ai/api/v1",
	OPENAI_LIKE,
	MAX_TOKENS,
	.extra = "\"provider\":{\"require_parameters\":true},"
		 "\"usage\":{\"include\":true}",
	.key_path = "/key",
	.key_env = {"OPENROUTER_API_KEY"}},
    {.name = "deepseek",
	.host = "api.deepseek.com",
	.base_url = "https://api.deepseek.com",
	OPENAI_LIKE,
	MAX_TOKENS,
	OBJECTS_ONLY,
	.key_env = {"DEEPSEEK_API_KEY"}},
    {.name = "mistral",
	.host = "api.mistral.ai",
	.base_url = "https://api.mistral.ai/v1",
	OPENAI_LIKE,
	MAX_TOKENS,
	.key_env = {"MISTRAL_API_KEY"}},
    {.name = "groq",
	.host = "api.groq.com",
	.base_url = "https://api.groq.com/openai/v1",
	OPENAI_LIKE,
	.key_env = {"GROQ_API_KEY"}},
    {.name = "xai",
	.host = "api.x.ai",
	.base_url = "https://api.x.ai/v1",
	OPENAI_LIKE,
	.key_env = {"XAI_API_KEY"}},
    {.name = "ollama",
	.base_url = "http://localhost:11434/v1",
	.host = "localhost:11434",
	OPENAI_LIKE,
	MAX_TOKENS},
    {.name = "llama.cpp",
	.base_url = "http://localhost:8080/v1",
	.host = "localhost:8080",
	OPENAI_LIKE,
	MAX_TOKENS},
    {.name = "vllm",
	.base_url = "http://localhost:8000/v1",
	.host = "localhost:8000",
	OPENAI_LIKE},
    {.name = "other", OPENAI_LIKE, .key_env = {"OPENAI_API_KEY"}},
    {.name = "anthropic",
	.host = "api.anthropic.com",
	.base_url = "https://api.anthropic.com/v1",
	ANTHROPIC_LIKE,
	.key_env = {"ANTHROPIC_API_KEY"}},
    {.name = "other", ANTHROPIC_LIKE, .key_env = {"ANTHROPIC_API_KEY"}},
    {.name = "command",
	.base_url = "command:",
	.dialect = &dialect_command,
	.auth = "",
	.limit = LIMIT_NONE},
};

#define NPROVIDERS (sizeof(providers) / sizeof(*providers))

bool
abilities_lose(struct abilities *a, enum param param)
{
	unsigned bit = 1u << param;

	if (param == PARAM_FORMAT) {
		if (a->format == FORMAT_PLAIN)
			return false;
		a->format++;
	} else if (param == PARAM_LIMIT) {
		if (a->limit == LIMIT_NONE)
			return false;
		a->limit++;
	} else {
		if (param == PARAM_NONE || (a->dropped & bit) != 0)
			return false;
		a->dropped |= bit;
	}
	a->changes++;
	return true;
}

bool
abilities_shrink(struct abilities *a, long most)
{
	if (most < LEAST_TOKENS || (a->most > 0 && most >= a->most))
		return false;
	a->most = most;
	a->changes++;
	return true;
}

void
abilities_without(struct abilities *a, const char *names)
{
	static const struct {
		const char *name;
		enum param param;
	} rows[] = {
	    {"temperature", PARAM_TEMPERATURE},
	    {"effort", PARAM_EFFORT},
	    {"schema", PARAM_FORMAT},
	    {"limit", PARAM_LIMIT},
	    {"tier", PARAM_TIER},
	    {"system", PARAM_ROLE},
	    {"lengths", PARAM_LENGTHS},
	};
	struct slice rest = slice_of(names), name;

	while (slice_cut(&rest, ',', &name))
		for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
			if (slice_eq(name, rows[i].name))
				abilities_lose(a, rows[i].param);
}

/* It may have been meant for a provider's name; a real one may hold secrets. */
static _Noreturn void
refuse_url(const char *url, const char *why)
{
	struct guess g = GUESS_INIT(url);

	if (strstr(url, "://") != NULL)
		usage_error("--base-url: %s", why);
	for (size_t i = 0; i < NPROVIDERS; i++)
		guess_consider(&g, slice_of(providers[i].name));
	usage_error("--base-url %s: %s%s", url, why, guess_phrase(&g));
}

const struct provider *
provider_find(const char *backend, const char *base_url, const char **base)
{
	const struct provider *p;
	const char *why;

	for (size_t i = 0; i < NPROVIDERS; i++) {
		p = &providers[i];
		if (strcmp(p->dialect->name, backend) != 0)
			continue;
		if (p->base_url != NULL &&
		    (base_url == NULL || strcmp(base_url, p->name) == 0)) {
			*base = p->base_url;
			return p;
		}
		if (base_url != NULL &&
		    (p->host == NULL || http_url_is_at(base_url, p->host))) {
			if (!http_url_allowed(base_url, &why))
				refuse_url(base_url, why);
			*base = base_url;
			return p;
		}
	}
	usage_error("no provider speaks %s", backend);
}

const struct provider *
provider_next(const struct provider *p)
{
	p = p == NULL ? providers : p + 1;
	return p < providers + NPROVIDERS ? p : NULL;
}

char *
provider_url(const struct provider *p, const char *base, const char *path)
{
	const char *post = p->dialect->path;
	size_t n = strcspn(base, "?#"), len = strlen(post);
	const char *query = base + n;

	while (n > 0 && base[n - 1] == '/')
		n--;
	if (n >= len && memcmp(base + n - len, post, len) == 0)
		n -= len;
	return xasprintf(
	    "%.*s%s%s", (int)n, base, path != NULL ? path : post, query);
}

void
provider_headers(
    const struct provider *p, const char *key, struct strlist *headers)
{
	strlist_add(headers, "Content-Type: application/json");
	strlist_add(headers, "Accept: application/json");
	if (p->header != NULL)
		strlist_add(headers, p->header);
	if (key != NULL)
		strlist_take(headers, xasprintf("%s%s", p->auth, key));
}

/* Zeros for an answer that says something are no account. */
static bool
usage_is_known(const struct answer *a)
{
	const struct usage *u = &a->usage;

	return u->input + u->cached + u->cache_write > 0 &&
	    (u->output > 0 || a->text.len == 0);
}

bool
dialect_read(const struct dialect *d, struct answer *a, const cJSON *root)
{
	const struct finish_name *f = d->finishes;
	bool read;

	*a = (struct answer) {.usage.cost = -1};
	strbuf_init(&a->text, STRBUF_MAX);
	read = d->read(a, root);
	a->usage.known = usage_is_known(a);
	if (!read)
		return false;
	while (f->reason != NULL &&
	    (a->reason == NULL ||
		strncmp(f->reason, a->reason, strlen(f->reason)) != 0))
		f++;
	if (a->finish == FINISH_DONE)
		a->finish = f->finish;
	/* What there is will be read, and the rest asked for again. */
	if (a->finish == FINISH_FAILED && a->text.len > 0)
		a->finish = FINISH_DONE;
	/* No words, for a reason that nobody knew of yet. */
	if (f->reason == NULL && a->reason != NULL && a->text.len == 0)
		a->finish = FINISH_FILTER;
	return true;
}

void
answer_release(struct answer *a)
{
	strbuf_release(&a->text);
}
