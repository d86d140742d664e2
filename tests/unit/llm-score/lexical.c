/* SPDX-License-Identifier: ISC */
#include <math.h>

#include "local/lexical.h"
#include "local/topic_terms.h"
#include "../tap.h"

static const char topics[] =
    "# Mine\n"
    "1. Sparse experts {#moe}\n"
    "   - Relevant: Mixture-of-Experts (MoE), expert\n"
    "     routing, etc.\n"
    "   - Irrelevant: using experts in one more field of work\n"
    "2. **Quantization**\n"
    "   - Relevant: quantization and pruning\n"
    "## Keywords of no topic\n"
    "- Relevant: distillation\n"
    "**Keywords:**\n"
    "- Relevant: sparsity\n"
    "- Irrelevant: Federated Learning, pruning\n";

static const struct topic_term *
find(const struct topic_terms *in, const char *spelling)
{
	for (size_t i = 0; i < in->n; i++)
		if (strcmp(in->v[i].spelling, spelling) == 0)
			return &in->v[i];
	return NULL;
}

static void
test_interests(void)
{
	struct topic_terms in;
	struct tokens t;
	const struct topic_term *k;

	tokens_init(&t);
	topic_terms_read(&in, slice_of(topics), &t);
	is_int(in.ntopics, 2, "numbered lines are topics");
	is_str(in.topics[0].id, "moe", "an id that is given");
	is_str(in.topics[0].name, "Sparse experts", "a name without its id");
	is_str(in.topics[1].id, "quantization", "an id made from the name");
	k = find(&in, "Mixture-of-Experts");
	ok(k != NULL && k->nstems == 3 && k->topic == 0 && k->weight == 1,
	    "a phrase of its topic");
	ok(find(&in, "MoE") != NULL, "what is in parentheses is another");
	k = find(&in, "expert routing");
	ok(k != NULL && k->nstems == 2, "a list goes on in the next line");
	ok(find(&in, "etc") == NULL, "etc. is nothing to look for");
	ok(find(&in, "field") == NULL, "prose against a paper is left out");
	k = find(&in, "sparsity");
	ok(k != NULL && k->topic == TERM_NO_TOPIC, "keywords of no topic");
	k = find(&in, "distillation");
	ok(k != NULL && k->topic == TERM_NO_TOPIC, "  under a heading too");
	k = find(&in, "Federated Learning");
	ok(k != NULL && k->weight < 0, "a keyword against");
	k = find(&in, "pruning");
	ok(k != NULL && k->weight > 0 && !k->again && k->topic == 1,
	    "\"and\" parts a list");
	ok(in.v[in.n - 1].again && in.v[in.n - 1].weight < 0,
	    "what is wanted anywhere does not count against");
	topic_terms_release(&in);
	tokens_release(&t);
}

static void
test_prose(void)
{
	struct topic_terms in;
	struct tokens t;

	tokens_init(&t);
	topic_terms_read(
	    &in, SLICE_LIT("I read about glaciers.\nAnd ice sheets."), &t);
	ok(find(&in, "glaciers") != NULL && find(&in, "ice sheets") != NULL,
	    "a file without lists is taken word by word");
	topic_terms_release(&in);
	topic_terms_read(&in, SLICE_LIT(" - - \n\n"), &t);
	is_int(in.n, 0, "nothing gives nothing");
	topic_terms_release(&in);
	tokens_release(&t);
}

static void
test_background(void)
{
	ok(background_papers() > 10000, "a table of many papers");
	ok(background_words() > 100 && background_words() < 300,
	    "of the usual length");
	ok(background_count(SLICE_LIT("the")) > background_papers() / 2,
	    "a common word");
	ok(background_count(SLICE_LIT("quantiz")) > 0, "a stem");
	ok(background_count(SLICE_LIT("low rank")) > 0, "a pair");
	is_int(background_count(SLICE_LIT("")), 0, "before all lines");
	is_int(background_count(SLICE_LIT("\xff")), 0, "after all lines");
	is_int(background_count(SLICE_LIT("quantizzz")), 0, "between");
	ok(fabs(background_idf(0) -
	       log(1 + ((double)background_papers() + 0.5) / 0.5)) < 1e-9,
	    "idf of what is in no paper");
}

static void
judge(struct lexical *l, const char *line, struct lexical_rating *v)
{
	struct paper p;

	paper_init(&p);
	if (!paper_parse(&p, slice_of(line)))
		printf("Bail out! %s\n", line);
	lexical_judge(l, &p, v);
	paper_release(&p);
}

/* One keyword, three times from the title and once from the abstract, in a
 * paper of six words. */
static void
test_bm25(void)
{
	struct lexical_rating v = LEXICAL_RATING_INIT;
	struct lexical *l = lexical_open(
	    "topics", SLICE_LIT("Keywords:\n- Relevant: pruning\n"));
	double n = (double)background_papers();
	double p =
	    ((double)background_count(SLICE_LIT("prune")) + 0.5) / (n + 1);
	double length = 6 / background_words();
	double worth = 4 * 2.2 / (4 + 1.2 * (0.25 + 0.75 * length));

	judge(l,
	    "{\"id\":\"1\",\"title\":\"Pruning networks\","
	    "\"abstract\":\"We prune big nets.\"}",
	    &v);
	ok(fabs(v.score - (worth - p) / sqrt(p * (1 - p))) < 1e-9,
	    "BM25 by hand");
	is_int(v.relevance, 10, "far from what is usual");
	is_str(v.comment.s, "pruning", "the word that matched");
	is_int(v.ntopics, 0, "of no topic");
	lexical_rating_release(&v);
	lexical_free(l);
}

static void
test_verdicts(void)
{
	struct lexical_rating v = LEXICAL_RATING_INIT;
	struct lexical *l = lexical_open("topics", slice_of(topics));
	double before;

	judge(l,
	    "{\"id\":\"1\",\"title\":\"Routing in mixture of experts\","
	    "\"abstract\":\"Sparsity by expert routing.\"}",
	    &v);
	is_str(v.comment.s,
	    "Sparse experts: expert routing, Mixture-of-Experts, sparsity",
	    "topic and words, best first");
	ok(v.ntopics == 1 && strcmp(v.topics[0], "moe") == 0, "its id");
	is_int(v.relevance, 10, "relevant");
	before = v.score;
	judge(l,
	    "{\"id\":\"1\",\"title\":\"Routing in mixture of experts\","
	    "\"abstract\":\"Sparsity by federated learning.\"}",
	    &v);
	ok(v.score < before, "an irrelevant keyword counts against");
	ok(strstr(v.comment.s, "; against: Federated Learning") != NULL,
	    "and is told");
	judge(l,
	    "{\"id\":\"1\",\"title\":\"Snow cover\",\"abstract\":"
	    "\"We measure mixtures. Of experts we know nothing.\"}",
	    &v);
	ok(strstr(v.comment.s, "Mixture-of-Experts") == NULL,
	    "no phrase goes across a full stop");
	judge(l,
	    "{\"id\":\"1\",\"title\":\"Snow cover\",\"abstract\":"
	    "\"We measure it in the Alps.\"}",
	    &v);
	is_int(v.relevance, 1, "not relevant");
	is_str(v.comment.s, "no topic matched", "and nothing is made up");
	judge(l, "{\"id\":\"1\",\"title\":\"Snow\",\"abstract\":\"Pruning.\"}",
	    &v);
	is_str(v.comment.s, "Quantization: pruning",
	    "what is wanted somewhere is not told against a paper");
	judge(l, "{\"id\":\"1\",\"title\":\"\",\"abstract\":\"\"}", &v);
	is_int(v.relevance, 1, "an empty paper");
	is_str(v.comment.s, "no topic matched", "and nothing is made up");
	lexical_free(l);

	l = lexical_open("topics", SLICE_LIT("- Relevant: cs.AR, lg\n"));
	judge(l,
	    "{\"id\":\"1\",\"title\":\"Snow\",\"abstract\":\"Ice.\","
	    "\"categories\":[\"cs.AR\",\"cs.RO\"]}",
	    &v);
	is_str(v.comment.s, "cs.AR", "a category");
	lexical_rating_release(&v);
	lexical_free(l);
}

int
main(void)
{
	test_interests();
	test_prose();
	test_background();
	test_bm25();
	test_verdicts();
	return done_testing();
}
