/* SPDX-License-Identifier: ISC */
/*
 * Who is asked and how they want to be spoken to.  Two dialects (one file
 * each), and a table of providers that differ by configuration alone.
 */
#ifndef PROVIDER_H
#define PROVIDER_H

#include <stdbool.h>

#include <cJSON.h>

#include "common/base/slice.h"
#include "common/base/strbuf.h"
#include "common/base/strlist.h"
#include "common/json/json_tree.h"
#include "llm/models.h"

/* How the shape of an answer is asked for, best first. */
enum format {
	FORMAT_SCHEMA,
	FORMAT_OBJECT,
	FORMAT_PLAIN
};

/* What a request may do without. */
enum param {
	PARAM_NONE,
	PARAM_FORMAT, /* the next best format is used instead */
	PARAM_LIMIT, /* max_tokens is used instead, then none */
	PARAM_SIZE, /* the limit is halved */
	PARAM_LENGTHS, /* bounds of strings in the schema */
	PARAM_EFFORT,
	PARAM_TEMPERATURE,
	PARAM_TIER,
	PARAM_ROLE, /* the system message becomes a user's */
	PARAM_EXTRA, /* what the provider's row adds */
	NPARAM
};

enum limit_name {
	LIMIT_COMPLETION, /* max_completion_tokens */
	LIMIT_TOKENS, /* max_tokens */
	LIMIT_NONE
};

/* What the server was found to take; shrinks during a run. */
struct abilities {
	enum format format;
	enum limit_name limit;
	long most; /* upper bound of the limit; 0: none */
	unsigned dropped; /* bits, 1u << enum param */
	unsigned changes; /* how often something was given up */
};

/* Gives up a parameter; false if there was nothing left of it. */
bool abilities_lose(struct abilities *a, enum param param);
/* Bounds answers to so many tokens; false if they are bounded so already. */
bool abilities_shrink(struct abilities *a, long most);
/* Gives up those in a list of names, as a table of models has them. */
void abilities_without(struct abilities *a, const char *names);

struct call {
	const char *model, *effort, *tier; /* the latter may be NULL */
	struct slice system, user;
	struct slice schema; /* JSON */
	long max_tokens; /* bound of the answer */
	struct abilities can;
};

enum finish {
	FINISH_DONE,
	FINISH_LENGTH, /* cut by a limit */
	FINISH_FILTER, /* cut or withheld by a filter */
	FINISH_REFUSAL, /* the model would not */
	FINISH_FAILED, /* the server could not go on */
	FINISH_CONTEXT /* the question did not fit */
};

/* What a dialect calls them. */
struct finish_name {
	const char *reason;
	enum finish finish;
};

/* Tokens in disjoint buckets; reasoning is a part of output. */
struct usage {
	bool known;
	double input, cached, cache_write, output, reasoning;
	double cache_write_hour; /* of cache_write: what is kept an hour */
	double cost; /* in USD, by the server's own account; -1: not reported */
	enum tier tier; /* it was served in */
};

/* A number of tokens in an answer; 0 if it is none. */
static inline double
usage_count(const cJSON *o, const char *key)
{
	long v = json_tree_long(o, key, 0);

	return v > 0 ? (double)v : 0;
}

struct answer {
	enum finish finish;
	const char *reason; /* for it, in the dialect's words; borrowed */
	struct strbuf text;
	struct usage usage;
};

struct dialect {
	const char *name; /* of the backend */
	const char *path; /* after the base URL */
	/* What a line of the batch interface has beside the body: the address, if
	 * it has one, and the body's key. */
	const char *batch_url, *batch_key;
	const char *refuses; /* as in a table of models */
	/* Ends with NULL, which stands for no reason and for what nobody knew of
	 * yet: that is FINISH_DONE if there is text. */
	const struct finish_name *finishes;
	/* Appends the body of a request. */
	void (*write)(
	    struct strbuf *b, const struct call *c, const char *extra);
	/* Reads the body of an answer into an empty one; false if it is none. */
	bool (*read)(struct answer *a, const cJSON *root);
};

extern const struct dialect dialect_openai, dialect_anthropic, dialect_command;

struct provider {
	const char *name; /* also accepted as --base-url */
	const char *host; /* the end of the host's name; NULL: any */
	const char *base_url; /* NULL: must be given */
	const struct dialect *dialect;
	const char *auth; /* the header up to the key */
	const char *header; /* one more header, or NULL */
	const char *key_env[3]; /* where keys are looked for */
	const char *key_path; /* what only a good key may read, where that is
				 not the list of models; or NULL */
	const char *models_path; /* that list, all of it */
	enum format format; /* the best it knows */
	enum limit_name limit;
	const char *extra; /* members for every body, or NULL */
};

/* The row for a backend ("openai") and --base-url (may be NULL). *base is set to
 * the base URL to use.  Exits with 2 if the URL cannot be used. */
const struct provider *
provider_find(const char *backend, const char *base_url, const char **base);
/* The row after p, the first one after NULL; NULL at the end. */
const struct provider *provider_next(const struct provider *p);
/* The URL of a path, NULL for the one to post to; to be freed.  The path goes
 * before a query. */
char *
provider_url(const struct provider *p, const char *base, const char *path);

/* Appends the headers of a request; key may be NULL. */
void provider_headers(
    const struct provider *p, const char *key, struct strlist *headers);

/* An answer out of its body; false if it is none.  Release it in any case. */
bool dialect_read(const struct dialect *d, struct answer *a, const cJSON *root);
void answer_release(struct answer *a);

#endif
