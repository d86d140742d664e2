/* SPDX-License-Identifier: ISC */
#include "screen/screen.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/compat.h"
#include "common/base/hash.h"
#include "common/base/msg.h"
#include "common/base/number.h"
#include "common/base/run_state.h"
#include "common/base/xalloc.h"
#include "common/io/line_reader.h"
#include "common/json/json_write.h"
#include "common/words/words.h"

/* Features */

/* A word in the title is told apart from the same word elsewhere. */
#define IN_TITLE 0x9e3779b97f4a7c15u

void
features_init(struct features *f)
{
	*f = (struct features) {.nslots = 2048};
	f->slot = xcalloc(f->nslots, sizeof(*f->slot));
	tokens_init(&f->tokens);
}

void
features_release(struct features *f)
{
	free(f->v);
	free(f->slot);
	tokens_release(&f->tokens);
}

/* The slot of index: where it is, or where it would go. */
static uint32_t *
find_slot(struct features *f, uint32_t index)
{
	size_t i = index * 0x9e3779b1u & (f->nslots - 1);

	while (f->slot[i] != 0 && f->v[f->slot[i] - 1].index != index)
		i = (i + 1) & (f->nslots - 1);
	return &f->slot[i];
}

static void
grow(struct features *f)
{
	f->v = xgrow(f->v, &f->cap, f->n + 1, sizeof(*f->v));
	if (f->nslots >= 2 * f->cap)
		return;
	free(f->slot);
	f->nslots = 2 * f->cap;
	f->slot = xcalloc(f->nslots, sizeof(*f->slot));
	for (size_t i = 0; i < f->n; i++)
		*find_slot(f, f->v[i].index) = (uint32_t)i + 1;
}

static void
count(struct features *f, uint64_t hash)
{
	uint32_t index = word_mix(hash) & (FEATURES_DIM - 1);
	uint32_t *slot;

	if (f->n == f->cap)
		grow(f);
	slot = find_slot(f, index);
	if (*slot == 0) {
		f->v[f->n] = (struct feature) {.index = index};
		*slot = (uint32_t)++f->n;
	}
	f->v[*slot - 1].count++;
}

/* Words, and pairs of neighbours within a sentence. */
static void
count_words(struct features *f, const struct tokens *t, uint64_t where)
{
	for (size_t i = 0; i < t->n; i++) {
		const struct token *k = &t->v[i];

		count(f, k->hash ^ where);
		if (!k->gap)
			count(f, word_pair(k[-1].hash, k->hash) ^ where);
	}
}

void
features_of(struct features *f, struct slice title, struct slice abstract)
{
	struct space *s = f->space;
	struct tokens *t = s != NULL ? &s->tokens : &f->tokens;

	memset(f->slot, 0, f->nslots * sizeof(*f->slot));
	memset(f->meaning, 0, sizeof(f->meaning));
	f->n = 0;
	tokens_split(t, title);
	count_words(f, t, 0);
	count_words(f, t, IN_TITLE);
	if (s != NULL)
		space_add_title(s, f->meaning);
	tokens_split(t, abstract);
	count_words(f, t, 0);
	if (s == NULL)
		return;
	space_add_abstract(s, f->meaning);
	space_centre(s, f->meaning);
}

/*
 * Not what it cites of the reader's: as a rule that is looked for once a paper
 * has a good score, so that it would tell the score, when a new one has neither.
 */
void
features_of_paper(struct features *f, struct paper *p)
{
	features_of(
	    f, paper_text(p, PAPER_TITLE), paper_text(p, PAPER_ABSTRACT));
}

/* The model and its file */

#define MAGIC	"paperround-screen "
#define VERSION 2

/* Every float of a file of version 1, in its order; meanings follow. */
#define FLOATS	(1 + 2 * (size_t)SCREEN_MODEL_RECALLS + 2 * (size_t)FEATURES_DIM)

void
screen_model_init(struct screen_model *w)
{
	*w = (struct screen_model) {.enough = false};
	w->idf = xcalloc(FEATURES_DIM, sizeof(*w->idf));
	w->weight = xcalloc(FEATURES_DIM, sizeof(*w->weight));
}

void
screen_model_release(struct screen_model *w)
{
	free(w->idf);
	free(w->weight);
}

double
screen_model_value(double idf, unsigned count)
{
	return count == 1 ? idf : (1 + log(count)) * idf;
}

double
screen_model_probability(const struct screen_model *w, const struct features *f)
{
	double sum = 0, squares = 0, value;

	for (size_t i = 0; i < f->n; i++) {
		value =
		    screen_model_value(w->idf[f->v[i].index], f->v[i].count);
		squares += value * value;
		sum += value * (double)w->weight[f->v[i].index];
	}
	if (squares > 0)
		sum /= sqrt(squares);
	for (size_t i = 0; i < VECTORS_DIM; i++)
		sum += (double)w->meaning[i] * f->meaning[i];
	return 1 / (1 + exp(-(sum + (double)w->bias)));
}

struct space *
screen_model_space(const struct screen_model *w)
{
	const struct strlist none = STRLIST_INIT;
	struct strlist categories = STRLIST_INIT;
	struct space *s;

	if (*w->categories == '\0')
		return NULL;
	s = xcalloc(1, sizeof(*s));
	(void)strlist_split(&categories, w->categories);
	space_open(s, &none, &categories);
	strlist_release(&categories);
	return s;
}

size_t
screen_model_at_recall(double recall)
{
	return (size_t)ceil(recall * (SCREEN_MODEL_RECALLS - 1) - 1e-9);
}

size_t
screen_model_at_threshold(const struct screen_model *w, double threshold)
{
	size_t i = SCREEN_MODEL_RECALLS - 1;

	while (i > 0 && w->threshold[i] < threshold)
		i--;
	return i;
}

static void
add_floats(struct strbuf *b, const float *v, size_t n)
{
	uint32_t bits;

	for (size_t i = 0; i < n; i++) {
		memcpy(&bits, &v[i], sizeof(bits));
		for (unsigned k = 0; k < 32; k += 8)
			strbuf_addch(b, (char)(bits >> k & 0xff));
	}
}

void
screen_model_write(struct strbuf *b, const struct screen_model *w)
{
	struct sha256_digest sum;
	size_t start = b->len;

	strbuf_addf(b,
	    MAGIC "%d\nbits %d\npapers %lu\nselected %lu\ndays %lu\n"
		  "enough %d\nauc %.4f\nmarks %d\nlogits %.4f %.4f\n"
		  "vectors %016" PRIx64 " %s\n\n",
	    VERSION, FEATURES_BITS, w->papers, w->selected, w->days, w->enough,
	    w->auc, w->marks, w->offset, w->slope, w->vectors, w->categories);
	add_floats(b, &w->bias, 1);
	add_floats(b, w->threshold, SCREEN_MODEL_RECALLS);
	add_floats(b, w->share, SCREEN_MODEL_RECALLS);
	add_floats(b, w->idf, FEATURES_DIM);
	add_floats(b, w->weight, FEATURES_DIM);
	add_floats(b, w->meaning, VECTORS_DIM);
	sum = sha256_of((struct slice) {b->s + start, b->len - start});
	strbuf_add(b, sum.b, sizeof(sum.b));
}

/* The number after the magic word; 0 if there is none. */
static long
version_of(struct slice bytes)
{
	const size_t n = strlen(MAGIC);
	char digits[8] = "";
	const char *why;
	long version;

	if (bytes.n < n || memcmp(bytes.p, MAGIC, n) != 0)
		return 0;
	for (size_t i = 0; i < sizeof(digits) - 1 && n + i < bytes.n &&
	     bytes.p[n + i] != '\n';
	     i++)
		digits[i] = bytes.p[n + i];
	return number_long(digits, 1, 999999, &version, &why) ? version : 0;
}

/* Of a model that could not be tried: what those of a day or two turn out to
 * be. */
static void
assume_logits(struct screen_model *w)
{
	double share = (double)w->selected / (double)w->papers;

	w->offset = -0.75 * log(share / (1 - share));
	w->slope = 2;
}

/* The text before the floats; returns its length, or 0. */
static size_t
parse_head(struct screen_model *w, struct slice bytes, long version)
{
	const char *end = memmem(bytes.p, bytes.n, "\n\n", 2);
	int bits, enough, marks = 0; /* which 0.1.0 did not know */
	char *head;
	bool good;

	if (end == NULL)
		return 0;
	head = xmemdup0(bytes.p, (size_t)(end - bytes.p));
	good = sscanf(head,
		   MAGIC "%*d\nbits %d\npapers %lu\nselected %lu\n"
			 "days %lu\nenough %d\nauc %lf\nmarks %d\n"
			 "logits %lf %lf\nvectors %" SCNx64 " %127s",
		   &bits, &w->papers, &w->selected, &w->days, &enough, &w->auc,
		   &marks, &w->offset, &w->slope, &w->vectors,
		   w->categories) >= (version == 1 ? 6 : 11) &&
	    bits == FEATURES_BITS;
	free(head);
	w->marks = marks != 0;
	w->enough = enough != 0;
	if (!w->enough || version == 1)
		assume_logits(w);
	return good ? (size_t)(end - bytes.p) + 2 : 0;
}

static const char *
get_floats(const char *p, float *v, size_t n)
{
	const unsigned char *u = (const unsigned char *)p;
	uint32_t bits;

	for (size_t i = 0; i < n; i++, u += sizeof(bits)) {
		bits = (uint32_t)u[0] | (uint32_t)u[1] << 8 |
		    (uint32_t)u[2] << 16 | (uint32_t)u[3] << 24;
		memcpy(&v[i], &bits, sizeof(bits));
	}
	return (const char *)u;
}

static bool
checksum_is_right(struct slice bytes, struct sha256_digest *sum)
{
	if (bytes.n <= sizeof(sum->b))
		return false;
	bytes.n -= sizeof(sum->b);
	*sum = sha256_of(bytes);
	return memcmp(sum->b, bytes.p + bytes.n, sizeof(sum->b)) == 0;
}

bool
screen_model_parse(struct screen_model *w, struct slice bytes, const char **why)
{
	struct sha256_digest sum;
	long version = version_of(bytes);
	const char *p;
	size_t head, floats;

	*why = version == 0 ? "not a model that --train wrote"
			    : "made by a newer llm-score";
	if (version < 1 || version > VERSION)
		return false;
	floats = FLOATS + (version == 1 ? 0 : VECTORS_DIM);
	*why = "damaged";
	if (!checksum_is_right(bytes, &sum))
		return false;
	screen_model_init(w);
	head = parse_head(w, bytes, version);
	if (head == 0 ||
	    bytes.n != head + floats * sizeof(float) + sizeof(sum.b)) {
		screen_model_release(w);
		return false;
	}
	p = get_floats(bytes.p + head, &w->bias, 1);
	p = get_floats(p, w->threshold, SCREEN_MODEL_RECALLS);
	p = get_floats(p, w->share, SCREEN_MODEL_RECALLS);
	p = get_floats(p, w->idf, FEATURES_DIM);
	p = get_floats(p, w->weight, FEATURES_DIM);
	if (version > 1)
		get_floats(p, w->meaning, VECTORS_DIM);
	sha256_hex(&sum, w->id, sizeof(w->id) - 1);
	return true;
}

/* At work */

struct screen {
	struct screen_model model;
	struct features features;
	double threshold, explore;
	double recall; /* what the threshold is for; 0: not known */
	double share;
	char name[sizeof("local-") + sizeof(((struct screen_model *)0)->id)];
};

/* Where the line is, and how many papers are above it. */
static void
set_threshold(struct screen *s, const struct screen_policy *policy)
{
	const struct screen_model *w = &s->model;
	size_t at;

	if (policy->threshold >= 0) {
		s->threshold = policy->threshold;
		at = screen_model_at_threshold(w, policy->threshold);
	} else {
		at = screen_model_at_recall(policy->recall);
		s->threshold = w->threshold[at];
		s->recall = policy->recall;
	}
	s->share = w->share[at] + (1 - w->share[at]) * policy->explore;
}

static void
read_model(struct screen_model *w, const char *path)
{
	const char *why;
	bool good;
	size_t n;
	char *bytes = line_reader_slurp(path, SCREEN_MODEL_MAX, &n);

	if (bytes == NULL)
		die(EXIT_MISUSE, "%s: %s", path,
		    errno == EFBIG ? "not a model that --train wrote"
				   : strerror(errno));
	good = screen_model_parse(w, (struct slice) {bytes, n}, &why);
	free(bytes);
	if (!good)
		die(EXIT_MISUSE, "%s: %s; create it again with --train", path,
		    why);
}

struct screen *
screen_open(const char *path, const struct screen_policy *policy)
{
	struct screen *s;
	struct screen_model w;

	read_model(&w, path);
	s = xcalloc(1, sizeof(*s));
	s->model = w;
	features_init(&s->features);
	s->features.space = screen_model_space(&w);
	if (s->features.space != NULL &&
	    s->features.space->vectors.checksum != w.vectors)
		die(EXIT_MISUSE,
		    "%s: made with other word vectors than %s; create it again "
		    "with --train",
		    path, s->features.space->vectors.path);
	snprintf(s->name, sizeof(s->name), "local-%s", w.id);
	s->share = 1;
	if (policy == NULL)
		return s;
	s->explore = policy->explore;
	if (w.enough) {
		set_threshold(s, policy);
		msg_verbose("%s: about %.1f %% of the papers will be kept",
		    path, s->share * 100);
	} else {
		msg_warn("%s: trained on too few papers to set any aside "
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
	screen_model_release(&s->model);
	if (s->features.space != NULL)
		space_close(s->features.space);
	free(s->features.space);
	features_release(&s->features);
	free(s);
}

/* That the paper is selected; between 0 and 1, neither of them. */
static double
screen_probability(struct screen *s, struct paper *p)
{
	features_of_paper(&s->features, p);
	return screen_model_probability(&s->model, &s->features);
}

double
screen_chance(struct screen *s, struct paper *p)
{
	double x = screen_probability(s, p);

	x = s->model.offset + s->model.slope * log(x / (1 - x));
	return 1 / (1 + exp(-x));
}

double
screen_selected(const struct screen *s)
{
	return (double)s->model.selected;
}

bool
screen_is_of_marks(const struct screen *s)
{
	return s->model.marks;
}

double
screen_usual(const struct screen *s)
{
	return (double)s->model.selected / (double)s->model.papers;
}

const char *
screen_name(const struct screen *s)
{
	return s->name;
}

/* The same papers in each run, but no others than chance would pick. */
static bool
is_explored(const struct screen *s, struct paper *p)
{
	uint64_t h = word_hash(paper_text(p, PAPER_ID));

	return ldexp((double)(h >> 11), -53) < s->explore;
}

void
screen_judge(struct screen *s, struct paper *p, struct screen_verdict *v)
{
	v->p = screen_probability(s, p);
	v->explored = false;
	v->keep = v->p >= s->threshold || paper_is_spared(p);
	if (!v->keep)
		v->keep = v->explored = is_explored(s, p);
}

void
screen_verdict_json(
    struct strbuf *b, const struct screen *s, const struct screen_verdict *v)
{
	struct jsonw j = JSONW_INIT(b);

	jsonw_open(&j, '{');
	jsonw_bool(jsonw_key(&j, "keep"), v->keep);
	jsonw_decimals(jsonw_key(&j, "p"), v->p, 4);
	jsonw_str(jsonw_key(&j, "by"), "local");
	jsonw_str(jsonw_key(&j, "model"), s->name);
	if (v->explored)
		jsonw_decimals(jsonw_key(&j, "explore"), s->explore, 4);
	if (v->explored && s->recall > 0)
		jsonw_decimals(jsonw_key(&j, "recall"), s->recall, 4);
	jsonw_close(&j, '}');
}
