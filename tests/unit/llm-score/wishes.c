/* SPDX-License-Identifier: ISC */
#include "../tap.h"
#include "local/local.h"

/* "wanted, wanted | unwanted", in the order of the file. */
static const char *
read_as(const char *topics)
{
	static char out[2000];
	struct wishes w;
	struct tokens t;

	tokens_init(&t);
	wishes_read(&w, slice_of(topics), &t);
	out[0] = '\0';
	for (int unwanted = 0; unwanted < 2; unwanted++) {
		if (unwanted)
			strcat(out, "|");
		for (size_t i = 0; i < w.n; i++) {
			if (w.v[i].unwanted != unwanted)
				continue;
			strcat(out, w.v[i].text);
			strcat(out, w.v[i].times > 1 ? "*," : ",");
		}
	}
	wishes_release(&w);
	tokens_release(&t);
	return out;
}

static const struct {
	const char *topics, *want, *name;
} rows[] = {
    {"MoE routing, structured pruning\n", "moe routing,structured pruning,|",
	"phrases"},
    {"pruning\nlow-rank methods\npruning\n", "pruning*,low rank methods,|",
	"short lines are items, and twice is more"},
    {"theory of very deep learning and the optimization of large neural\n"
     "networks\n",
	"theory,deep learning,optimization of large neural,networks,|",
	"wrapped lines go on, long phrases are cut where words say nothing"},
    {"apply a model to medical images, in-context learning\n",
	"model,medical images,in context learning,|",
	"words that say nothing part phrases, but not within hyphens"},
    {"I am interested in papers about Bayesian inference.\n",
	"bayesian inference,|", "words of asking say nothing"},
    {"We study large language models and their training.\n",
	"large language models,training,|", "nor do those of work"},
    {"- I like diffusion models\n- not medical\n", "diffusion models,|medical,",
	"a bullet with not"},
    {"I read robotics, but no surveys. Also speech.\n",
	"robotics,speech,|surveys,", "no holds to the end of the sentence"},
    {"Not surveys but theory.\n", "theory,|surveys,", "but turns back"},
    {"Surveys and benchmarks are not for me either. Speech is.\n",
	"speech,|surveys,benchmarks,", "what is not for me"},
    {"Ideas, not one more use of what is known.\n", "ideas,|",
	"nothing is unwanted where nothing is named"},
    {"Please leave out medical images. I don't want robots.\n",
	"|medical images,robots,", "leave out and don't"},
    {"Not only vision but speech.\n", "vision,speech,|", "not only"},
    {"graph neural networks, except molecules\n",
	"graph neural networks,|molecules,", "except"},
    {"Relevant: sparse experts\nIrrelevant: surveys, experts\n\npruning\n",
	"sparse experts,pruning,|surveys,",
	"labels, and what is wanted anywhere is unwanted nowhere"},
    {"Not interested in: robots\n", "|robots,", "a label in other words"},
    {"Irrelevant: robots, but not arms\n", "arms,|robots,",
	"not in an unwanted list"},
    {"\n - \n#\n", "|", "nothing"},
};

static void
test_topics(void)
{
	struct wishes w;
	struct tokens t;

	tokens_init(&t);
	wishes_read(&w,
	    SLICE_LIT("# What I read\nspeech\n\n1. Sparse experts {#moe}\n"
		      "- Relevant: routing\n## Model Merging\nsoups\n"
		      "Keywords:\n- Relevant: pruning\n"),
	    &t);
	is_int(w.ntopics, 2, "headings that say something are topics");
	is_str(w.topics[0].id, "moe", "with the id they have");
	is_str(w.topics[1].id, "model-merging", "or one made of the name");
	is_str(w.topics[1].name, "Model Merging", "and the name");
	ok(w.v[0].topic == WISH_NO_TOPIC && w.v[2].topic == 0 &&
		w.v[4].topic == 1 && w.v[5].topic == WISH_NO_TOPIC,
	    "phrases belong to them, or to none");
	wishes_release(&w);
	tokens_release(&t);
}

int
main(void)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		is_str(
		    read_as(rows[i].topics), rows[i].want, "%s", rows[i].name);
	test_topics();
	return done_testing();
}
