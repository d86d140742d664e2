/* SPDX-License-Identifier: ISC */
#include <math.h>
#include <stdlib.h>

#include "../tap.h"
#include "common/base/xalloc.h"
#include "screen/screen.h"

static uint32_t
count_of(const struct features *f, uint64_t hash)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->v[i].index == (word_mix(hash) & (FEATURES_DIM - 1)))
			return f->v[i].count;
	return 0;
}

static void
test_features(void)
{
	struct features f;
	uint64_t snow = word_hash(SLICE_LIT("snow"));
	uint64_t cover = word_hash(SLICE_LIT("cover"));

	features_init(&f);
	features_of(&f, SLICE_LIT("Snow cover"), SLICE_LIT("Snow. Cover snow"));
	is_int(count_of(&f, snow), 3, "a word, in title and abstract");
	is_int(count_of(&f, word_pair(snow, cover)), 1,
	    "a pair, but not across a full stop");
	is_int(count_of(&f, word_pair(cover, snow)), 1, "in its order");
	is_int(f.n, 4 + 3, "the title's words and pair once more");
	features_of(&f, SLICE_LIT(""), SLICE_LIT(""));
	is_int(f.n, 0, "nothing of nothing");
	features_of(&f, SLICE_LIT("Snow"), SLICE_LIT(""));
	is_int(f.n, 2, "and nothing is left of the paper before");
	features_release(&f);
}

static void
test_many_features(void)
{
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);
	struct features f;
	size_t words = 5000;
	uint32_t sum = 0;

	for (size_t i = 0; i < words; i++)
		strbuf_addf(&b, "w%zu ", i);
	features_init(&f);
	features_of(&f, SLICE_LIT(""), strbuf_slice(&b));
	for (size_t i = 0; i < f.n; i++)
		sum += f.v[i].count;
	is_int(sum, f.tokens.n * 2 - 1, "the table grows and loses nothing");
	ok(f.n > f.tokens.n * 1.9, "and hashes collide rarely");
	features_release(&f);
	strbuf_release(&b);
}

static void
test_probability(void)
{
	struct feature v[] = {{3, 1}, {5, 2}, {7, 1}};
	struct features f = {.v = v, .n = 3};
	double a = 2, b = (1 + log(2)) * 1.5, norm = sqrt(a * a + b * b);
	struct screen_model w;

	screen_model_init(&w);
	w.idf[3] = 2;
	w.weight[3] = 0.5F;
	w.idf[5] = 1.5F;
	w.weight[5] = -2;
	w.bias = 0.25F;
	ok(fabs(screen_model_probability(&w, &f) -
	       1 / (1 + exp(-((a * 0.5 - b * 2) / norm + 0.25)))) < 1e-9,
	    "a probability by hand; unknown features do not count");
	f.n = 0;
	ok(fabs(screen_model_probability(&w, &f) - 1 / (1 + exp(-0.25))) < 1e-9,
	    "of a paper without features");
	w.meaning[0] = 2;
	f.meaning[0] = -0.5;
	ok(fabs(screen_model_probability(&w, &f) - 1 / (1 + exp(0.75))) < 1e-9,
	    "what words mean is added");
	screen_model_release(&w);
}

static void
fill(struct screen_model *w)
{
	screen_model_init(w);
	w->papers = 700;
	w->selected = 60;
	w->days = 12;
	w->enough = true;
	w->auc = 0.9125;
	w->offset = 0.5;
	w->slope = 1.25;
	w->bias = -1.5F;
	w->idf[FEATURES_DIM - 1] = 3.25F;
	w->weight[0] = 0.1F;
	w->meaning[VECTORS_DIM - 1] = 7.5F;
	w->vectors = 0xfedcba9876543210;
	strcpy(w->categories, "cs.LG,q-bio.NC");
	w->threshold[SCREEN_MODEL_RECALLS - 1] = 0.01F;
	w->share[SCREEN_MODEL_RECALLS - 1] = 0.75F;
}

static void
test_file(void)
{
	struct strbuf b = STRBUF_INIT(SCREEN_MODEL_MAX);
	struct screen_model w, r;
	const char *why;

	fill(&w);
	screen_model_write(&b, &w);
	ok(!b.overflow, "a model fits in its maximum");
	ok(screen_model_parse(&r, strbuf_slice(&b), &why),
	    "it can be read back");
	/* The written numbers themselves: constants may be wider. */
	ok(r.papers == 700 && r.selected == 60 && r.days == 12 && r.enough &&
		r.auc == w.auc && r.bias == -1.5F && r.offset == 0.5 &&
		r.slope == 1.25,
	    "its figures");
	ok(r.idf[FEATURES_DIM - 1] == 3.25F && r.weight[0] == w.weight[0] &&
		r.threshold[SCREEN_MODEL_RECALLS - 1] ==
		    w.threshold[SCREEN_MODEL_RECALLS - 1] &&
		r.share[SCREEN_MODEL_RECALLS - 1] == 0.75F,
	    "and its arrays");
	ok(r.meaning[VECTORS_DIM - 1] == 7.5F &&
		r.vectors == 0xfedcba9876543210 &&
		strcmp(r.categories, "cs.LG,q-bio.NC") == 0,
	    "and what its meanings are of");
	is_int(strlen(r.id), 12, "it has an id");
	screen_model_release(&r);
	b.len = 0;
	w.enough = false;
	screen_model_write(&b, &w);
	ok(screen_model_parse(&r, strbuf_slice(&b), &why) && r.slope == 2,
	    "of what was not tried, the usual is taken");
	screen_model_release(&r);

	b.s[b.len / 2] ^= 1;
	ok(!screen_model_parse(&r, strbuf_slice(&b), &why), "a bit is wrong");
	is_str(why, "damaged", "why");
	b.s[b.len / 2] ^= 1;
	b.len--;
	ok(!screen_model_parse(&r, strbuf_slice(&b), &why) &&
		strcmp(why, "damaged") == 0,
	    "cut");
	b.s[strlen("paperround-screen ")] = '3';
	ok(!screen_model_parse(&r, strbuf_slice(&b), &why), "of the future");
	is_str(why, "made by a newer llm-score", "why");
	ok(!screen_model_parse(&r, SLICE_LIT("{\"id\":1}"), &why), "foreign");
	is_str(why, "not a model that --train wrote", "why");
	ok(!screen_model_parse(&r, SLICE_LIT(""), &why), "empty");
	ok(!screen_model_parse(&r, SLICE_LIT("paperround-screen 1\n\n"), &why),
	    "hardly begun");
	screen_model_release(&w);
	strbuf_release(&b);
}

static void
test_recalls(void)
{
	struct screen_model w;

	screen_model_init(&w);
	is_int(screen_model_at_recall(0.98), 980, "a recall's place");
	is_int(screen_model_at_recall(0.9801), 981, "is never below it");
	is_int(screen_model_at_recall(1), SCREEN_MODEL_RECALLS - 1, "all");
	for (size_t i = 0; i < SCREEN_MODEL_RECALLS; i++)
		w.threshold[i] = 1 - (float)i / SCREEN_MODEL_RECALLS;
	is_int(screen_model_at_threshold(&w, 2), 0, "a threshold above all");
	is_int(screen_model_at_threshold(&w, 0), SCREEN_MODEL_RECALLS - 1,
	    "below all");
	is_int(screen_model_at_threshold(&w, w.threshold[300]), 300, "between");
	screen_model_release(&w);
}

#define TRAINED 400

/* Papers of ten days; those of snow are selected, but for one in 50. */
static void
make_examples(struct example *v, size_t n, int days)
{
	struct features f;

	features_init(&f);
	for (size_t i = 0; i < n; i++) {
		bool snow = i % 4 == 0;
		char *text = xasprintf(
		    "%s number%zu of day", snow ? "snow" : "sand", i / 2);

		features_of(&f, SLICE_LIT("Paper"), slice_of(text));
		v[i] = (struct example) {
		    .id = i,
		    .day = (day_t)(i % (size_t)days),
		    .n = (uint32_t)f.n,
		    .selected = i % 50 == 0 ? !snow : snow,
		    .times = 1,
		};
		v[i].packed = xreallocarray(NULL, f.n, sizeof(*v[i].packed));
		for (size_t k = 0; k < f.n; k++)
			v[i].packed[k] = example_pack(&f.v[k]);
		free(text);
	}
	features_release(&f);
}

static double
probability_of(const struct screen_model *w, const char *abstract)
{
	struct features f;
	double p;

	features_init(&f);
	features_of(&f, SLICE_LIT("Paper"), slice_of(abstract));
	p = screen_model_probability(w, &f);
	features_release(&f);
	return p;
}

static void
test_learning(void)
{
	struct example v[TRAINED];
	struct screen_model w;

	make_examples(v, TRAINED, 10);
	screen_model_init(&w);
	learn(&w, v, TRAINED, 1);
	ok(w.enough && w.papers == TRAINED && w.days == 10, "enough to learn");
	ok(w.auc > 0.9 && w.auc < 1, "what was learnt holds for other days");
	ok(probability_of(&w, "snow") > 0.8 && probability_of(&w, "sand") < 0.2,
	    "and is what was there to learn");
	for (size_t i = 1; i < SCREEN_MODEL_RECALLS; i++)
		if (w.threshold[i] > w.threshold[i - 1] ||
		    w.share[i] < w.share[i - 1]) {
			ok(false, "thresholds fall, shares rise");
			break;
		}
	ok(w.share[SCREEN_MODEL_RECALLS - 1] > 0.25 &&
		w.share[SCREEN_MODEL_RECALLS / 2] < 0.3,
	    "half of the selected is found in fewer papers than all");
	screen_model_release(&w);

	make_examples(v, TRAINED, 2);
	screen_model_init(&w);
	learn(&w, v, TRAINED, 1);
	ok(!w.enough && w.days == 2, "two days are not enough");
	screen_model_release(&w);
	make_examples(v, 100, 10);
	screen_model_init(&w);
	learn(&w, v, 100, 1);
	ok(!w.enough, "nor are few selected papers");
	screen_model_release(&w);
}

static unsigned long
count_selected(const struct example *v, size_t n, day_t since)
{
	unsigned long selected = 0;

	for (size_t i = 0; i < n; i++)
		selected += v[i].selected && v[i].day >= since;
	return selected;
}

/* Where to cut is told by the newest days: a former model may have selected
 * against all likelihood. */
static void
test_newest_days(void)
{
	const size_t n = 2400;
	struct example *v = xreallocarray(NULL, n, sizeof(*v));
	struct screen_model w;

	make_examples(v, n, 30);
	for (size_t i = 0; i < n; i++)
		v[i].selected = i % 4 == 0 || (v[i].day < 20 && i % 20 == 1);
	screen_model_init(&w);
	learn(&w, v, n, 1);
	is_int(w.tried, count_selected(v, n, 20), "ten days are tried");
	ok(w.share[980] < 0.5,
	    "and do not care for what was selected before: %g",
	    (double)w.share[980]);
	screen_model_release(&w);

	make_examples(v, 900, 30);
	screen_model_init(&w);
	learn(&w, v, 900, 1);
	ok(w.tried >= 150 && w.tried > count_selected(v, 900, 20) &&
		w.tried < count_selected(v, 900, 0),
	    "more days where few are selected");
	screen_model_release(&w);
	free(v);
}

static void
test_bound(void)
{
	/* By scipy.stats.beta.ppf(.2, n - missed, missed + 1). */
	is_int(lround(recall_at_least(2, 120) * 10000), 9647, "2 of 120");
	is_int(lround(recall_at_least(0, 10) * 10000), 8513, "none of 10");
	is_int(lround(recall_at_least(3, 3) * 10000), 0, "all");
}

int
main(void)
{
	test_features();
	test_many_features();
	test_probability();
	test_file();
	test_recalls();
	test_learning();
	test_newest_days();
	test_bound();
	return done_testing();
}
