/* SPDX-License-Identifier: ISC */
/* What need not be asked: the screen, and its training. */
#ifndef SCREEN_H
#define SCREEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/date.h"
#include "common/base/strbuf.h"
#include "common/io/output.h"
#include "common/record/paper.h"
#include "common/words/words.h"
#include "score.h"

/*
 * screen_model.c: the screen: a linear model of what the reader selected that
 * tells which papers are worth an LLM's reading; what it sees of a paper, what
 * it has learnt, and its file.
 */

/*
 * A paper as what the screen's model has weights for: the counts of words,
 * pairs of words, and both again for the title, hashed to a fixed number of
 * dimensions, so that a model needs no vocabulary; and where the paper lies
 * among others by what its words mean, which tells of words that training did
 * not see.
 */

#define FEATURES_BITS 19
#define FEATURES_DIM  ((uint32_t)1 << FEATURES_BITS)

struct feature {
	uint32_t index; /* below FEATURES_DIM */
	uint32_t count;
};

/* Reused for one paper after another. */
struct features {
	struct feature *v; /* each index once, in order of appearance */
	size_t n, cap;
	uint32_t *slot; /* hash table: index into v, plus 1 */
	size_t nslots;
	vector meaning; /* all 0 without a space */
	struct space *space; /* borrowed; NULL: meanings are not looked at */
	struct tokens tokens; /* unless there is a space, which has its own */
};

void features_init(struct features *f);
void features_release(struct features *f);
/* Forgets what was there. */
void features_of(struct features *f, struct slice title, struct slice abstract);
void features_of_paper(struct features *f, struct paper *p);

/*
 * What training learnt, and its file.
 *
 * The file is a few lines of text, "paperround-screen 2" first, then an empty
 * line, 32-bit little-endian floats, and the SHA-256 of all before it.  One of
 * version 1 knows no meanings.
 */

/* Recalls for which thresholds are known: 0, 0.001, .. 1. */
#define SCREEN_MODEL_RECALLS 1001
#define SCREEN_MODEL_MAX     ((size_t)8 << 20)
/* What is selected as often as this tells where to cut; with less, the cut is
 * below the lowest. */
#define SCREEN_MODEL_SURE    80

struct screen_model {
	/* By feature; an idf of 0 marks one that training did not see. */
	float *idf, *weight;
	float meaning[VECTORS_DIM];
	float bias;
	/* The categories whose space the meanings are of, with commas, and the
	 * checksum of its vectors; "": there are none. */
	char categories[128];
	uint64_t vectors;
	/*
	 * From cross-validation: the probability at and above which that share
	 * of the selected papers was found, and the share of all papers there;
	 * of how many selected papers, and how many of them are below, which the
	 * file does not have.
	 */
	float threshold[SCREEN_MODEL_RECALLS], share[SCREEN_MODEL_RECALLS];
	unsigned long tried, missed[SCREEN_MODEL_RECALLS];
	bool enough; /* were there data for these? */
	double auc; /* in cross-validation; 0 if not enough */
	/* Of the logits of papers that training did not see: what they have to
	 * be for as many to be selected as they say. */
	double offset, slope;
	unsigned long papers, selected, days; /* learnt from */
	bool marks; /* alone said what is selected */
	char id[13]; /* of the file: hexadecimal digits of its checksum */
};

void screen_model_init(struct screen_model *w);
void screen_model_release(struct screen_model *w);
/* The probability that a paper with these features is selected. */
double screen_model_probability(
    const struct screen_model *w, const struct features *f);
/* What a feature that occurs so often counts, before normalization. */
double screen_model_value(double idf, unsigned count);
/* Index of the least known recall that is not below the wanted one. */
size_t screen_model_at_recall(double recall);
/* Index of the largest recall that this threshold gives. */
size_t
screen_model_at_threshold(const struct screen_model *w, double threshold);

/*
 * The space in which the model's meanings lie, to be closed and freed; NULL if
 * it has none.  Exits with 2 if the vectors are not there.
 */
struct space *screen_model_space(const struct screen_model *w);

void screen_model_write(struct strbuf *b, const struct screen_model *w);
/* Initializes w.  False and *why if bytes are no such file; then there is
 * nothing to release. */
bool screen_model_parse(
    struct screen_model *w, struct slice bytes, const char **why);

/*
 * A model at work.
 */

struct screen;

/* How to use the model.  The threshold holds if it is not negative, else the
 * one that kept the wanted recall in cross-validation. */
struct screen_policy {
	double recall; /* 0..1 */
	double threshold;
	double explore; /* this share of what is screened out is kept */
};

struct screen_verdict {
	bool keep;
	double p; /* probability of being selected */
	bool explored; /* kept only to look for misses */
};

/* Reads a model file.  A damaged or foreign one, or one of a newer version,
 * exits with 2; one made from too little data is reported, and keeps every
 * paper.  Without a policy (NULL) it is only asked for probabilities. */
struct screen *
screen_open(const char *path, const struct screen_policy *policy);
void screen_free(struct screen *s);

/* That the paper is selected, as it turned out for papers that training did not
 * see; the screen's thresholds are of what the model itself says. */
double screen_chance(struct screen *s, struct paper *p);
/* How many of the papers it learnt from were selected, and which share. */
double screen_selected(const struct screen *s);
double screen_usual(const struct screen *s);
/* True if only marks told it so: then more may be selected as a rule. */
bool screen_is_of_marks(const struct screen *s);
/* "local-" and digits that tell models apart. */
const char *screen_name(const struct screen *s);

/* Papers by authors the reader follows (match.authors) are always kept. */
void screen_judge(struct screen *s, struct paper *p, struct screen_verdict *v);
/* Appends the value of the key "screen". */
void screen_verdict_json(
    struct strbuf *b, const struct screen *s, const struct screen_verdict *v);

/*
 * fit.c: logistic regression on the features of papers, and cross-validation over
 * days, which tells how well it does and where to draw the line.  The only
 * user of liblinear.
 */

/* A paper in little memory: each feature's index and count in one word. */
#define EXAMPLE_COUNT_MAX (UINT32_MAX >> FEATURES_BITS)

struct example {
	uint64_t id; /* a hash */
	uint64_t record; /* a hash, too: tells records of one id apart */
	day_t day; /* EXAMPLE_NO_DAY: never tested on */
	uint32_t *packed; /* owned */
	uint32_t n;
	/* What the meaning is made of, owned: title and abstract, one after the
	 * other; NULL as soon as the meaning is there. */
	char *text;
	size_t title, abstract; /* their lengths */
	char category[24]; /* the first that arXiv has; or "" */
	float meaning[VECTORS_DIM];
	bool selected;
	bool local; /* no model scored it, and nobody marked it */
	unsigned times; /* how much it counts, in parts of a paper */
};

#define EXAMPLE_NO_DAY INT64_MAX /* newer than all that have one */

uint32_t example_pack(const struct feature *f);

/* Of n selected papers, missed were not found: the least share that would have
 * been found, by the lower end of a one-sided 80 % interval (Clopper and
 * Pearson). */
double recall_at_least(unsigned long missed, unsigned long n);

/*
 * Fills w, which is initialized, from n examples of both classes; one that
 * counts base times counts as one paper.  They are emptied of their features
 * on the way, so that no paper is in memory twice.
 */
void learn(struct screen_model *w, struct example *v, size_t n, unsigned base);

/* Loads the library for that, where no file can be opened afterwards.  Exits if
 * it is not installed. */
void learn_prepare(void);

/*
 * examples.c: what is learnt from: records and marks as they are read, then each
 * paper once, as the reader has it, with what its words mean.
 */

/* What a reader said of a paper. */
struct mark {
	uint64_t id, seq;
	enum {
		MARK_NONE, /* taken back */
		MARK_STAR,
		MARK_DROP
	} kind;
};

/* Everything that is read, and what is made of it. */
struct trainer {
	const struct options *options;
	struct mark *marks;
	size_t nmarks, marks_cap;
	size_t stars, drops; /* of papers that are learnt from */
	bool marks_alone; /* say what is selected: no model scored anything */
	struct features features;
	struct screen_model model;
	struct example *v;
	size_t n, cap;
	size_t likes;
	unsigned long unread; /* files */
};

/* One more record of --train, or line of --like; what nothing can be learnt from
 * is counted as dropped. */
void examples_read_scored(struct trainer *t, struct paper *p);
void examples_read_liked(struct trainer *t, struct paper *p);
/* When all are read: each paper once, the newest of too many, and the marks
 * decide. */
void examples_settle(struct trainer *t);
/* After that: which vectors serve, and where each paper lies in them. */
void examples_find_meanings(struct trainer *t);
void examples_release(struct trainer *t);

/*
 * train.c: llm-score --train: scored papers in, a model file out.
 *
 * Learns from the files of --train, and from those that stand as operands
 * after them (NULL-terminated), and --like, which may have marks: a star or a
 * drop decides for its paper, whoever scored it.  Writes the model to out and
 * what was learnt to stderr.  Counts what it reads in run_counts.  The exit
 * status: 75 if all papers are of one class, with nothing written, since later
 * there may be others; too little data is no error, but makes a model that keeps
 * every paper, and says so.
 */
int train_run(const struct options *o, char *const *files, struct output *out);

#endif
