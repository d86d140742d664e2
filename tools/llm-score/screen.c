/* SPDX-License-Identifier: ISC */
#include "screen.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/exitcode.h"
#include "common/base/msg.h"
#include "common/base/xalloc.h"
#include "common/io/line_reader.h"
#include "common/json/json_write.h"
#include "features.h"
#include "known.h"
#include "weights.h"

struct screen {
	struct weights weights;
	struct features features;
	double threshold, explore;
	double share;
	char model[sizeof("local-") + sizeof(((struct weights *)0)->id)];
};

/* Where the line is, and how many papers are above it. */
static void
set_threshold(struct screen *s, const struct screen_policy *policy)
{
	const struct weights *w = &s->weights;
	size_t at;

	if (policy->threshold >= 0) {
		s->threshold = policy->threshold;
		at = weights_at_threshold(w, policy->threshold);
	} else {
		at = weights_at_recall(policy->recall);
		s->threshold = w->threshold[at];
	}
	s->share = w->share[at] + (1 - w->share[at]) * policy->explore;
}

static void
read_weights(struct weights *w, const char *path)
{
	const char *why;
	bool good;
	size_t n;
	char *bytes = line_reader_slurp(path, WEIGHTS_FILE_MAX, &n);

	if (bytes == NULL)
		die(EXIT_MISUSE, "%s: %s", path,
		    errno == EFBIG ? "not a model that --train wrote"
				   : strerror(errno));
	good = weights_parse(w, (struct slice) {bytes, n}, &why);
	free(bytes);
	if (!good)
		die(EXIT_MISUSE, "%s: %s; make it anew with --train", path,
		    why);
}

struct screen *
screen_open(const char *path, const struct screen_policy *policy)
{
	struct screen *s;
	struct weights w;

	read_weights(&w, path);
	s = xcalloc(1, sizeof(*s));
	s->weights = w;
	features_init(&s->features);
	snprintf(s->model, sizeof(s->model), "local-%s", w.id);
	s->explore = policy->explore;
	s->share = 1;
	if (w.enough) {
		set_threshold(s, policy);
		msg_verbose("%s: about %.1f %% of the papers will be kept",
		    path, s->share * 100);
	} else {
		msg_warn("%s: learnt from too little to put papers aside "
			 "(%lu selected of %lu, %lu day%s); all are kept",
		    path, w.selected, w.papers, w.days, w.days == 1 ? "" : "s");
	}
	return s;
}

void
screen_free(struct screen *s)
{
	if (s == NULL)
		return;
	weights_release(&s->weights);
	features_release(&s->features);
	free(s);
}

double
screen_probability(struct screen *s, struct paper *p)
{
	features_of_paper(&s->features, p);
	return weights_probability(&s->weights, s->features.v, s->features.n);
}

/* The same papers in each run, but no others than chance would pick. */
static bool
is_explored(const struct screen *s, struct paper *p)
{
	uint64_t h = hash_bytes(paper_text(p, PAPER_ID));

	return ldexp((double)(h >> 11), -53) < s->explore;
}

void
screen_judge(struct screen *s, struct paper *p, struct screen_verdict *v)
{
	v->p = screen_probability(s, p);
	v->explored = false;
	v->keep = v->p >= s->threshold || known_followed(p);
	if (!v->keep)
		v->keep = v->explored = is_explored(s, p);
}

void
screen_verdict_json(
    struct strbuf *b, const struct screen *s, const struct screen_verdict *v)
{
	struct jsonw j = JSONW_INIT(b);

	jsonw_open(&j, '{');
	jsonw_key(&j, "keep");
	jsonw_bool(&j, v->keep);
	jsonw_key(&j, "p");
	jsonw_decimals(&j, v->p, 4);
	jsonw_key(&j, "by");
	jsonw_str(&j, "local");
	jsonw_key(&j, "model");
	jsonw_str(&j, s->model);
	if (v->explored) {
		jsonw_key(&j, "explore");
		jsonw_decimals(&j, s->explore, 4);
	}
	jsonw_close(&j, '}');
}
