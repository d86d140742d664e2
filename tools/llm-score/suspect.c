/* SPDX-License-Identifier: ISC */
#include "suspect.h"

#include <regex.h>
#include <stddef.h>

#include "common/base/strbuf.h"
#include "common/base/xalloc.h"
#include "common/text/fold.h"

/*
 * Matched against folded text (lower case, no diacritics or look-alike forms,
 * single blanks).  Within a phrase up to a few words may stand between.
 */
#define GAP "( [^ ]+){0,4} "
#define MODEL                                                            \
	"(ai|llms?|(large )?language models?|chatgpt|gpt|claude|gemini|" \
	"automated|artificial)"

static const char *const phrases[] = {
    /* orders to forget */
    "(ignore|disregard|forget|override|bypass)" GAP
    "(instruction|prompt|rule|criteria|guideline|context|direction)s?",
    "(ignore|disregard|forget)" GAP "(previous|prior|above|preceding|earlier)",
    "(new|updated|revised|real|actual) (instruction|system prompt)s?[ :]",
    "(do not|don't|never) (follow|obey|mention|reveal|highlight)" GAP
    "(instruction|prompt|rule|negative|weakness|limitation)(s|es)?",
    /* orders to rate */
    "(give|assign|rate|score|award|set|output|return|mark)" GAP
    "(highest|maximum|maximal|perfect|top|full|positive)"
    "( [^ ]+){0,3} (score|rating|relevance|novelty|mark|grade|review)s?",
    "(give|assign|rate|score|award|mark) (this|the|our|my) "
    "(paper|work|manuscript|submission|article|abstract)"
    "( [^ ]+){0,5} (10|ten|high|highest|positively|favorably|accept)",
    "give (a|only) positive review",
    "(relevance|novelty)\"?( score)?( is| of|:|=|must be|should be)? ?\"?10",
    "(recommend|suggest) (acceptance|accepting) (of|for) this",
    "(rate|score|mark|drop|reject)" GAP "other papers",
    /* words to a reviewer or a model */
    "(dear|attention|note to|message to|instructions? (to|for)) "
    "(an? |all |any |the )?" MODEL,
    "(as|for) (an? |all |any |the )" MODEL " "
    "(assistant|reviewer|rater|referee|judge)s?[,:]",
    "(if|when|since|because) you are (an?|the) "
    "(ai|llm|large language model|language model|assistant|model|reviewer)",
    "you are (now|no longer) ",
    "you (must|should|shall|will|are required to) "
    "(rate|score|answer|respond|output|give|accept|assign|comply|return|say)",
    "(system|developer|hidden|your) (prompt|instruction|message)s? ?:",
    "your (task|job|role|goal|only task) is (now )?to",
    /* what looks like a conversation or an answer */
    "<\\|?(im_start|im_end|system|user|assistant|endoftext)\\|?>",
    "\\[/?(inst|system)\\]",
    "(^|[.!?] )(system|assistant|user|human) ?: ",
    "\"(relevance|novelty|comment)\" ?:",
};

#define NPHRASES (sizeof(phrases) / sizeof(*phrases))

static bool
matches(const char *text)
{
	static regex_t compiled[NPHRASES];
	static bool ready;
	int found;

	for (size_t i = 0; i < NPHRASES && !ready; i++)
		if (regcomp(&compiled[i], phrases[i],
			REG_EXTENDED | REG_NOSUB) != 0)
			xalloc_die();
	ready = true;
	for (size_t i = 0; i < NPHRASES; i++) {
		found = regexec(&compiled[i], text, 0, NULL, 0);
		if (found == 0)
			return true;
		if (found != REG_NOMATCH)
			xalloc_die(); /* who knows what it says */
	}
	return false;
}

bool
suspect_text(const struct text *t)
{
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);
	bool found;

	if (t->hidden)
		return true;
	fold(&b, slice_of(t->title), false);
	strbuf_addstr(&b, ". ");
	fold(&b, slice_of(t->abstract), false);
	strbuf_fold_space(&b);
	found = matches(b.s);
	strbuf_release(&b);
	return found;
}
