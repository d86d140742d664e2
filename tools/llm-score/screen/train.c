/* SPDX-License-Identifier: ISC */
#include "screen/screen.h"

#include <stdlib.h>

#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/cli/confine.h"
#include "common/cli/run.h"
#include "common/io/line_reader.h"
#include "common/io/path.h"
#include "common/json/json_write.h"

/*
 * A paper liked elsewhere counts a tenth of one judged in its place: it was
 * picked from other papers than those, so that what sets it apart from
 * these says little.  Many papers make it more than a tenth, to save time.
 */
#define LIKE_PARTS 10
/* Fewer say nothing of a reader of whom nothing else is known. */
#define STARS_MIN  3
#define ROWS_MAX   60000

/* They are opened before what they hold is read; names are to be freed. */
static void
open_all(struct line_reader *in, const struct strlist *files, char ***names)
{
	*names = strlist_vector(files);
	*in = (struct line_reader) {.fd = -1};
	if (files->n > 0)
		line_reader_open(in, *names);
}

static void
read_all(struct trainer *t, struct line_reader *in,
    void (*reader)(struct trainer *t, struct paper *p))
{
	struct paper p;

	paper_init(&p);
	while (in->files.v != NULL && paper_read(in, &p))
		reader(t, &p);
	t->unread += in->unread;
	line_reader_close(in);
	paper_release(&p);
}

/* How many parts a paper has, of which one that is liked elsewhere gets
 * one. */
static unsigned
weigh(struct trainer *t)
{
	size_t base = t->likes == 0 ? 1 : LIKE_PARTS;

	if (base > 1 && t->n * base > ROWS_MAX)
		base = t->n >= ROWS_MAX ? 1 : ROWS_MAX / t->n;
	for (size_t i = 0; i < t->n; i++)
		if (t->v[i].day == EXAMPLE_NO_DAY)
			t->v[i].times = 1;
		else
			t->v[i].times *= (unsigned)base;
	return (unsigned)base;
}

static bool
is_enough(const struct trainer *t)
{
	size_t selected = 0;

	for (size_t i = 0; i < t->n; i++)
		selected += t->v[i].selected;
	if (t->n == 0)
		msg_error("--train: no papers to learn from: none has a "
			  "model's score, or a mark in --like FILE");
	else if (t->marks_alone && selected < STARS_MIN)
		msg_error("--train: %zu paper%s starred or liked; no model "
			  "scored any, so star %d or more to learn from",
		    selected, selected == 1 ? " is" : "s are", STARS_MIN);
	else if (selected == 0 || selected == t->n)
		msg_error("--train: %s of the %zu papers is selected; training "
			  "needs both kinds",
		    selected == 0 ? "none" : "each", t->n);
	else
		return true;
	return false;
}

/* Who said what is selected. */
static void
add_source(const struct trainer *t, struct strbuf *b)
{
	if (t->stars + t->drops == 0) {
		strbuf_addstr(b, t->marks_alone ? "likes alone" : "scores");
		return;
	}
	strbuf_addstr(b, t->marks_alone ? "marks alone" : "scores and marks");
	strbuf_addf(b, " (%zu star%s, %zu drop%s)", t->stars,
	    t->stars == 1 ? "" : "s", t->drops, t->drops == 1 ? "" : "s");
}

/* What setting papers aside promises. */
static void
tell_promise(const struct screen_model *w, double recall)
{
	size_t at = screen_model_at_recall(recall);

	msg_warn("to find %g %% of what is selected (at least %.3g %%, from "
		 "%lu, of which %lu would be missed), %.1f %% of the papers "
		 "would be sent (AUC %.3f, tried on days that were not learnt "
		 "from)",
	    recall * 100, 100 * recall_at_least(w->missed[at], w->tried),
	    w->tried, w->missed[at], (double)w->share[at] * 100, w->auc);
	if (w->tried < SCREEN_MODEL_SURE)
		msg_warn("under %d selected papers tell no share: what is like "
			 "the least likely of them is sent, too",
		    SCREEN_MODEL_SURE);
}

/* To whoever trains, and for the report. */
static void
tell(const struct trainer *t, const struct screen_model *w)
{
	double recall = t->options->screen_recall;
	size_t at = screen_model_at_recall(recall);
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);
	struct jsonw j = JSONW_INIT(&b);

	add_source(t, &b);
	msg_warn("trained on %lu papers of %lu day%s, %lu of them selected, by "
		 "%s",
	    w->papers, w->days, w->days == 1 ? "" : "s", w->selected, b.s);
	strbuf_reset(&b);
	if (w->enough)
		tell_promise(w, recall);
	else
		msg_warn("that is too little to set papers aside: this model "
			 "keeps all of them");
	jsonw_open(&j, '{');
	jsonw_int(jsonw_key(&j, "papers"), (int64_t)w->papers);
	jsonw_int(jsonw_key(&j, "selected"), (int64_t)w->selected);
	jsonw_int(jsonw_key(&j, "days"), (int64_t)w->days);
	if (w->enough) {
		jsonw_decimals(jsonw_key(&j, "auc"), w->auc, 4);
		jsonw_double(jsonw_key(&j, "recall"), recall);
		jsonw_decimals(jsonw_key(&j, "at_least"),
		    recall_at_least(w->missed[at], w->tried), 4);
		jsonw_int(jsonw_key(&j, "tried"), (int64_t)w->tried);
		jsonw_int(jsonw_key(&j, "missed"), (int64_t)w->missed[at]);
		jsonw_decimals(jsonw_key(&j, "share"), (double)w->share[at], 4);
	}
	jsonw_close(&j, '}');
	run_report_set("train", strbuf_slice(&b));
	strbuf_release(&b);
}

static int
learn_and_write(struct trainer *t, struct output *out)
{
	struct strbuf b = STRBUF_INIT(SCREEN_MODEL_MAX);
	struct screen_model *w = &t->model;

	examples_settle(t);
	if (!is_enough(t))
		return EXIT_TRY_LATER;
	examples_find_meanings(t);
	w->marks = t->marks_alone;
	run_dropped("learnt", t->n);
	learn(w, t->v, t->n, weigh(t));
	screen_model_write(&b, w);
	output_write(out, b.s, b.len);
	tell(t, w);
	strbuf_release(&b);
	return EXIT_OK;
}

int
train_run(const struct options *o, char *const *files, struct output *out)
{
	struct trainer t = {.options = o};
	struct strlist scored = STRLIST_INIT;
	struct line_reader archive, liked;
	char **names, **liked_names, *data;
	struct confine_place places[] = {
	    {.right = CONFINE_READ}, {.path = NULL}};
	int status = EXIT_SOME_FAILED;

	for (size_t i = 0; i < o->train.n; i++)
		strlist_add(&scored, o->train.v[i]);
	for (; *files != NULL; files++)
		strlist_add(&scored, *files);
	open_all(&archive, &scored, &names);
	open_all(&liked, &o->like, &liked_names);
	learn_prepare();
	/* Which vectors serve is known when all papers are. */
	data = data_file("vectors");
	places[0].path = data != NULL ? data : "";
	confine(&(struct confinement) {
	    .places = places,
	    .waiting = {&archive.files, &liked.files},
	});
	free(data);
	features_init(&t.features);
	screen_model_init(&t.model);
	read_all(&t, &archive, examples_read_scored);
	read_all(&t, &liked, examples_read_liked);
	free(names);
	free(liked_names);
	features_release(&t.features);
	strlist_release(&scored);
	/* Half an archive is no archive: -o keeps the model that is there. */
	if (t.unread > 0)
		msg_error("--train: no model is written, as not all of the "
			  "archive could be read");
	else if (!run_stopping())
		status = learn_and_write(&t, out);
	if (status != EXIT_OK && t.n > 0)
		run_dropped("not_learnt", t.n);
	examples_release(&t);
	screen_model_release(&t.model);
	return status;
}
