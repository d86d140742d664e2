/* SPDX-License-Identifier: ISC */
/*
 * Papers that speak to the model instead of about their subject, found by a
 * list of phrases.  An order may be hidden from people and from lists, so each
 * text is read as it stands and bare: without TeX and marks between letters.
 */
#include <ctype.h>
#include <regex.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/slice.h"
#include "common/base/strbuf.h"
#include "common/base/utf8.h"
#include "common/base/xalloc.h"
#include "common/text/fold.h"
#include "llm/llm.h"

/*
 * Folded as the texts are (lower case, no diacritics or look-alike forms,
 * single blanks) before they are compared.  Within a phrase up to a few words
 * may stand between; where a language has no blanks, some bytes.
 */
#define GAP   "( [^ ]+){0,4} "
#define START "(^|[ .:,!])"
#define SOME  ".{0,45}"
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
    "<[|]?(im_start|im_end|system|user|assistant|endoftext)[|]?>",
    "[[]/?(inst|system)]",
    "(^|[.!?] )(system|assistant|user|human) ?: ",
    "\"(relevance|novelty|comment)\" ?:",
    /* German */
    START
    "(ignorier|vergiss|vergessen sie|missachte|verwirf)[a-z]*" GAP
    "(an)?(weisung|instruktion|vorgabe|regel|prompt|vorherig|bisherig|obig)",
    START "(gib|geben sie|vergib|vergeben sie|bewerte)[a-z]*" GAP
	  "(hochst|maximal|best|voll|perfekt|zehn|10)",
    START "(du bist|sie sind) (jetzt|nun|ein ki|eine ki|ein sprachmodell)",
    /* French */
    START "(ignore|oublie|ne tene?z? (pas )?compte)[rz]?( [^ ]+){0,2} "
	  "(les|la|ces|cette|vos|tes|toutes) ([^ ]+ ){0,3}"
	  "(instruction|consigne|regle|directive|critere)",
    START
    "(donne|attribue|accorde|mette|note|evalue)[rz]?(-[a-z]+)?( [^ ]+){0,5} "
    "(note|score|evaluation)s? (la |le |plus )*"
    "(maxim|parfait|haut|eleve|de dix|de 10)",
    START "(donne|attribue|accorde|mette)[rz]?(-[a-z]+)?( [^ ]+){0,5} "
	  "(meilleure|plus haute) (note|evaluation)",
    START "(tu es|vous etes) (maintenant|desormais|un modele de langue"
	  "|une ia|un assistant)",
    /* Spanish */
    START "(ignor[ae]|olvid[ae]|omit[ae]|descart[ae])[rn]?( [^ ]+){0,2} "
	  "(las|los|la|estas|tus|sus|cualquier) ([^ ]+ ){0,3}"
	  "(instruccion|indicacion|regla|criterio|directriz)",
    START
    "(da|dale|de|asign[ae]|otorg(a|ue)|califi(ca|que)|puntu[ae]|evalu[ae])"
    "[rn]?( [^ ]+){0,5} "
    "(puntuacion|calificacion|nota|valoracion) (la |mas )*"
    "(maxima|alta|perfecta|de diez|de 10)",
    START "(da|dale|de|asign[ae]|otorg(a|ue))[rn]?( [^ ]+){0,5} "
	  "(maxima|mejor|mas alta) (puntuacion|calificacion|nota|valoracion)",
    START "(ahora eres|eres (ahora |un asistente|una ia"
	  "|un modelo de lenguaje))",
    /* Chinese, in both scripts */
    "(忽略|无视|無視|忽视|忽視|忘记|忘記|忘掉|不要理会|不要遵守)" SOME
    "(指令|指示|提示|规则|規則|要求|说明|說明|内容|內容)",
    "(给|給|打|评|評|输出|輸出)" SOME "(最高|满分|滿分|高分|十分|10)",
    "(只|仅|僅)" SOME "(正面|积极|積極|好评|好評)" SOME "(评|評|审|審)",
    "(你|您)(现在|現在|将|將)?是" SOME "(助手|模型|审稿|審稿|人工智能)",
    /* Japanese */
    "(指示|命令|指令|プロンプト|ルール|規則)" SOME
    "(無視|忘れ|従わな|従うな|破棄)",
    "(最高|満点|最大|10)" SOME "(評価|点|スコア)" SOME
    "(つけ|付け|与え|出力|して|せよ)",
    "あなたは" SOME "(アシスタント|モデル|査読|です)",
};

#define NPHRASES (sizeof(phrases) / sizeof(*phrases))

/* Letters of other scripts, and small capitals, that look like one of a to z;
 * in order of their code points. */
static const struct lookalike {
	uint32_t cp;
	char ascii;
} lookalikes[] = {
    {0x0251, 'a'},
    {0x0261, 'g'},
    {0x0262, 'g'},
    {0x0269, 'i'},
    {0x026a, 'i'},
    {0x0274, 'n'},
    {0x0280, 'r'},
    {0x028f, 'y'},
    {0x0299, 'b'},
    {0x029c, 'h'},
    {0x029f, 'l'},
    {0x03b1, 'a'},
    {0x03b2, 'b'},
    {0x03b3, 'y'},
    {0x03b5, 'e'},
    {0x03b7, 'n'},
    {0x03b9, 'i'},
    {0x03ba, 'k'},
    {0x03bc, 'u'},
    {0x03bd, 'v'},
    {0x03bf, 'o'},
    {0x03c1, 'p'},
    {0x03c3, 'o'},
    {0x03c4, 't'},
    {0x03c5, 'u'},
    {0x03c7, 'x'},
    {0x03c9, 'w'},
    {0x0430, 'a'},
    {0x0432, 'b'},
    {0x0433, 'r'},
    {0x0435, 'e'},
    {0x043a, 'k'},
    {0x043c, 'm'},
    {0x043d, 'h'},
    {0x043e, 'o'},
    {0x043f, 'n'},
    {0x0440, 'p'},
    {0x0441, 'c'},
    {0x0442, 't'},
    {0x0443, 'y'},
    {0x0445, 'x'},
    {0x044c, 'b'},
    {0x0455, 's'},
    {0x0456, 'i'},
    {0x0458, 'j'},
    {0x0461, 'w'},
    {0x04bb, 'h'},
    {0x0501, 'd'},
    {0x051b, 'q'},
    {0x051d, 'w'},
    {0x0566, 'q'},
    {0x0570, 'h'},
    {0x0578, 'n'},
    {0x057d, 'u'},
    {0x0581, 'g'},
    {0x0585, 'o'},
    {0x1d00, 'a'},
    {0x1d04, 'c'},
    {0x1d05, 'd'},
    {0x1d07, 'e'},
    {0x1d0a, 'j'},
    {0x1d0b, 'k'},
    {0x1d0d, 'm'},
    {0x1d0f, 'o'},
    {0x1d18, 'p'},
    {0x1d1b, 't'},
    {0x1d1c, 'u'},
    {0x1d20, 'v'},
    {0x1d21, 'w'},
    {0x1d22, 'z'},
    {0xa730, 'f'},
    {0xa731, 's'},
};

static int
lookalike_cmp(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a;
	uint32_t y = ((const struct lookalike *)b)->cp;

	return (x > y) - (x < y);
}

/* Appends s, folded, with letters for what looks like them. */
static void
add_folded(struct strbuf *out, struct slice s)
{
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);
	const struct lookalike *l;
	size_t len;

	fold(&b, s, false);
	for (size_t i = 0; i < b.len; i += len) {
		uint32_t cp = utf8_decode(b.s + i, b.len - i, &len);

		l = cp < 0x80 ? NULL
			      : bsearch(&cp, lookalikes,
				    sizeof(lookalikes) / sizeof(*lookalikes),
				    sizeof(*lookalikes), lookalike_cmp);
		if (l != NULL)
			strbuf_addch(out, l->ascii);
		else
			strbuf_add(out, b.s + i, len);
	}
	strbuf_release(&b);
}

/* All phrases as one expression, which looks at a text once, not once a
 * phrase. */
static void
compile(regex_t *re)
{
	struct strbuf all = STRBUF_INIT(STRBUF_MAX);

	for (size_t i = 0; i < NPHRASES; i++) {
		strbuf_addstr(&all, i == 0 ? "(" : "|(");
		fold(&all, slice_of(phrases[i]), false);
		strbuf_addch(&all, ')');
	}
	if (regcomp(re, all.s, REG_EXTENDED | REG_NOSUB) != 0)
		xalloc_die();
	strbuf_release(&all);
}

static bool
matches(const char *text)
{
	static regex_t re;
	static bool ready;
	int found;

	if (!ready)
		compile(&re);
	ready = true;
	found = regexec(&re, text, 0, NULL, 0);
	if (found != 0 && found != REG_NOMATCH)
		xalloc_die(); /* who knows what it says */
	return found == 0;
}

/* Commands whose first argument is no text. */
static const char *const silent[] = {"cite", "color", "fontsize", "hphantom",
    "hskip", "hspace", "kern", "label", "mspace", "phantom", "ref", "rule",
    "textcolor", "vphantom", "vspace"};

static bool
is_silent(struct slice name)
{
	for (size_t i = 0; i < sizeof(silent) / sizeof(*silent); i++)
		if (slice_eq(name, silent[i]))
			return true;
	return false;
}

/* Where an argument that is no text ends: "{0pt}", "0pt". */
static size_t
skip_argument(struct slice s, size_t i)
{
	const char *end;

	if (i < s.n && s.p[i] == '{') {
		end = memchr(s.p + i, '}', s.n - i);
		return end == NULL ? i : (size_t)(end - s.p) + 1;
	}
	if (i < s.n && strchr("-.0123456789", s.p[i]) != NULL) {
		while (i < s.n && strchr("-.0123456789", s.p[i]) != NULL)
			i++;
		i += s.n - i < 2 ? s.n - i : 2; /* its unit */
	}
	return i;
}

/* Where the text goes on after the command at s.p[i]: its name, its star, a
 * blank, and what it takes that is no text. */
static size_t
skip_command(struct slice s, size_t i)
{
	size_t begin = ++i;
	struct slice name;

	while (i < s.n && isalpha((unsigned char)s.p[i]))
		i++;
	if (i == begin)
		return i < s.n ? i + 1 : i;
	name = (struct slice) {s.p + begin, i - begin};
	if (i < s.n && s.p[i] == '*')
		i++;
	if (i < s.n && s.p[i] == ' ')
		i++;
	return is_silent(name) ? skip_argument(s, i) : i;
}

/* Appends s without TeX, hyphens at what were ends of lines, and marks that
 * stand for blanks. */
static void
add_bare(struct strbuf *out, struct slice s)
{
	size_t i = 0;

	while (i < s.n) {
		char c = s.p[i];

		if (c == '\\') {
			i = skip_command(s, i);
			continue;
		}
		if (c == '-' && i + 1 < s.n && s.p[i + 1] == ' ')
			i++;
		else if (strchr("_*~`|/", c) != NULL)
			strbuf_addch(out, ' ');
		else if (strchr("{}$", c) == NULL)
			strbuf_addch(out, c);
		i++;
	}
}

/* So many letters, each alone, spell something: no list of variables is as
 * long. */
#define SPELLED 14

/* True for "i g n o r e" and "i-g-n-o-r-e", if it goes on for long. */
static bool
is_spelled(const char *s)
{
	size_t n = 0;

	for (; *s != '\0'; s++) {
		if (!isalpha((unsigned char)*s)) {
			n = 0;
			continue;
		}
		if (++n >= SPELLED)
			return true;
		if (s[1] == '\0' || strchr(" -._*|", s[1]) == NULL) {
			n = 0;
			while (isalnum((unsigned char)s[1]))
				s++;
		} else {
			s++;
		}
	}
	return false;
}

bool
prompt_injection(const struct text *t)
{
	struct strbuf text = STRBUF_INIT(STRBUF_MAX);
	struct strbuf read = STRBUF_INIT(STRBUF_MAX);
	bool found;

	if (t->hidden)
		return true;
	strbuf_addf(&text, "%s. %s", t->title, t->abstract);
	add_folded(&read, strbuf_slice(&text));
	strbuf_fold_space(&read);
	found = is_spelled(read.s) || matches(read.s);
	if (!found) {
		strbuf_reset(&read);
		add_bare(&read, strbuf_slice(&text));
		strbuf_reset(&text);
		add_folded(&text, strbuf_slice(&read));
		strbuf_fold_space(&text);
		found = matches(text.s);
	}
	strbuf_release(&text);
	strbuf_release(&read);
	return found;
}
