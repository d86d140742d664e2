/* SPDX-License-Identifier: ISC */
#include "llm/prompt.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include "common/base/compat.h"
#include "common/base/hash.h"
#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/base/utf8.h"
#include "common/base/xalloc.h"
#include "common/io/line_reader.h"
#include "common/io/path.h"
#include "common/json/json_write.h"

/* The text of a paper */

/* Soft hyphens, which PDF readers leave behind, betray no intent. */
#define SOFT_HYPHEN 0xad

/* "<<" opens a marker, so no paper may hold it. */
static void
break_markers(struct strbuf *out, const char *s)
{
	for (; *s != '\0'; s++) {
		strbuf_addch(out, *s);
		if ((s[0] == '<' && s[1] == '<') ||
		    (s[0] == '>' && s[1] == '>'))
			strbuf_addch(out, ' ');
	}
}

static bool
add_visible(struct strbuf *out, struct slice s)
{
	bool hidden = false;
	size_t len;

	for (size_t i = 0; i < s.n; i += len) {
		uint32_t cp = utf8_decode(s.p + i, s.n - i, &len);

		if (cp == '\n' || cp == '\r' || cp == '\t')
			strbuf_addch(out, ' ');
		else if (!utf8_is_invisible(cp))
			utf8_add(out, cp);
		else if (cp != SOFT_HYPHEN)
			hidden = true;
	}
	return hidden;
}

bool
text_clean(struct strbuf *out, struct slice s, size_t max)
{
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);
	size_t begin = out->len;
	bool hidden = add_visible(&b, s);
	utf8proc_uint8_t *nfc;

	strbuf_fold_space(&b);
	nfc = utf8proc_NFC((const utf8proc_uint8_t *)b.s);
	break_markers(out, nfc != NULL ? (const char *)nfc : b.s);
	free(nfc);
	strbuf_release(&b);
	if (out->len - begin > max)
		strbuf_setlen(out,
		    begin + utf8_cut(out->s + begin, out->len - begin, max));
	return hidden;
}

void
text_make(struct text *t, struct slice title, struct slice abstract)
{
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);
	bool hidden;

	hidden = text_clean(&b, title, TEXT_TITLE_MAX);
	t->title = strbuf_detach(&b);
	hidden |= text_clean(&b, abstract, TEXT_ABSTRACT_MAX);
	t->abstract = strbuf_detach(&b);
	t->hidden = hidden;
}

void
text_release(struct text *t)
{
	free(t->title);
	free(t->abstract);
	*t = (struct text) {.title = NULL};
}

double
text_tokens(struct slice s)
{
	size_t ascii = 0;

	for (size_t i = 0; i < s.n; i++)
		ascii += (unsigned char)s.p[i] < 0x80;
	return (double)ascii / 4 + (double)(s.n - ascii) / 2;
}

#define PART_MAX      ((size_t)256 << 10)
#define MARKER_DIGITS 16

const char prompt_example[] = "# Papers\n\n[PAPER LIST HERE]\n";

/* The parts */

/* The text of a part, from the user's file or the one supplied. */
static char *
read_part(const char *path, const char *supplied, char **used)
{
	char *text;
	size_t len;

	*used = path != NULL ? xstrdup(path) : data_file(supplied);
	if (*used == NULL)
		die(EXIT_MISUSE,
		    "%s is not installed; set PAPERROUND_DATADIR to where it is",
		    supplied);
	if ((text = line_reader_slurp(*used, PART_MAX, &len)) == NULL)
		die(EXIT_MISUSE, "%s: %s", *used, strerror(errno));
	if (!utf8_valid(text, len) || strlen(text) != len)
		die(EXIT_MISUSE, "%s: not UTF-8 text", *used);
	return text;
}

static void
add_part(struct strbuf *b, const char *text)
{
	size_t n = strlen(text);

	while (n > 0 && strchr(" \t\r\n", text[n - 1]) != NULL)
		n--;
	if (b->len > 0)
		strbuf_addstr(b, "\n\n");
	strbuf_add(b, text, n);
}

static void
add_supplied(struct strbuf *b, const char *name)
{
	char *used, *text = read_part(NULL, name, &used);

	add_part(b, text);
	free(text);
	free(used);
}

/* The keys of a rating, as bullets. */
static void
add_keys(struct strbuf *b, const struct prompt *p)
{
	strbuf_addstr(b,
	    "- \"comment\": a string of one or two sentences: which topic the "
	    "paper\n  matches and how, named specifically, or why it matches "
	    "none.");
	for (size_t i = 0; i < p->axes.n; i++)
		strbuf_addf(b, "\n- \"%s\": a whole number from %d to %d.",
		    p->axes.name[i], RATING_MIN, RATING_MAX);
	if (p->topics->n == 0)
		return;
	strbuf_addstr(b,
	    "\n- \"topics\": an array of the ids of the topics it matches, out "
	    "of");
	for (size_t i = 0; i < p->topics->n; i++)
		strbuf_addf(b, "%s \"%s\"", i > 0 ? "," : "", p->topics->v[i]);
	strbuf_addstr(b, "; an empty array if none.");
}

static void
add_output_rules(struct strbuf *b, const struct prompt *p)
{
	static const char place[] = "@KEYS@";
	char *used, *text = read_part(NULL, "prompts/output.md", &used);
	char *at = strstr(text, place);

	if (at == NULL)
		die(EXIT_MISUSE, "%s: has no line %s", used, place);
	*at = '\0';
	add_part(b, text);
	strbuf_addstr(b, "\n\n");
	add_keys(b, p);
	add_part(
	    b, at + sizeof(place) - 1 + strspn(at + sizeof(place) - 1, "\n"));
	free(text);
	free(used);
}

static void
add_topics(struct strbuf *b, const struct topics *topics)
{
	add_part(b, "# The reader's topics");
	if (topics->text != NULL)
		add_part(b, topics->text);
}

/* Moves *rest behind the part that ends where an axis begins. */
static struct slice
cut_axis(struct slice *rest)
{
	static const char mark[] = "\n## Axis:";
	const char *at = memmem(rest->p, rest->n, mark, sizeof(mark) - 1);
	struct slice part = *rest;

	if (at == NULL) {
		*rest = (struct slice) {rest->p + rest->n, 0};
		return part;
	}
	part.n = (size_t)(at + 1 - part.p);
	rest->n -= part.n;
	rest->p = at + 1;
	return part;
}

/* The criteria, with the axes in turn: what comes first weighs more. */
static void
add_criteria(struct strbuf *b, const char *criteria, size_t turn)
{
	struct strbuf text = STRBUF_INIT(STRBUF_MAX);
	struct slice rest = slice_of(criteria), part[AXES_MAX], head;
	size_t n = 0;

	head = cut_axis(&rest);
	while (rest.n > 0 && n < AXES_MAX)
		part[n++] = cut_axis(&rest);
	strbuf_add(&text, head.p, head.n);
	for (size_t i = 0; i < n; i++) {
		const struct slice *s = &part[(i + turn) % n];

		strbuf_add(&text, s->p, s->n);
		if (i + 1 < n && (i + turn) % n == n - 1)
			strbuf_addstr(&text, "\n\n"); /* the last one no more */
	}
	strbuf_add(&text, rest.p, rest.n);
	add_part(b, text.s);
	strbuf_release(&text);
}

static struct sha256_digest
digest_of(const struct strbuf *b)
{
	struct sha256 h;

	sha256_init(&h);
	sha256_field(&h, strbuf_slice(b));
	return sha256_end(&h);
}

void
prompt_read(
    struct prompt *p, const struct options *o, const struct topics *topics)
{
	char *role, *criteria, *used;
	const char *why;

	*p = (struct prompt) {.topics = &topics->ids};
	for (size_t i = 0; i < AXES_MAX; i++)
		strbuf_init(&p->system[i], STRBUF_MAX);
	strbuf_init(&p->screen, STRBUF_MAX);
	role = read_part(o->system, "prompts/system.md", &used);
	free(used);
	criteria = read_part(o->criteria, "prompts/criteria.md", &used);
	if (!axes_read(&p->axes, slice_of(criteria), &why))
		die(EXIT_MISUSE, "%s: %s", used, why);
	free(used);

	p->systems = o->votes > 1 ? p->axes.n : 1;
	for (size_t i = 0; i < p->systems; i++) {
		add_part(&p->system[i], role);
		add_topics(&p->system[i], topics);
		add_criteria(&p->system[i], criteria, i);
		add_output_rules(&p->system[i], p);
		strbuf_addch(&p->system[i], '\n');
	}
	p->digest = digest_of(&p->system[0]);
	sha256_hex(&p->digest, p->hash, PROMPT_DIGITS);

	add_supplied(&p->screen, "prompts/screen.md");
	add_topics(&p->screen, topics);
	add_supplied(&p->screen, "prompts/screen-output.md");
	strbuf_addch(&p->screen, '\n');
	p->screen_digest = digest_of(&p->screen);
	free(role);
	free(criteria);
}

void
prompt_release(struct prompt *p)
{
	for (size_t i = 0; i < AXES_MAX; i++)
		strbuf_release(&p->system[i]);
	strbuf_release(&p->screen);
	axes_release(&p->axes);
}

/* The papers */

/* No paper can know it: it depends on the reader's topics and on all papers of
 * the request; and none could use it: texts hold no "<<". */
static void
make_marker(const struct prompt *p, const struct text *const *texts, size_t n,
    int round, char marker[MARKER_DIGITS + 1])
{
	struct sha256 h;
	struct sha256_digest d;

	sha256_init(&h);
	sha256_field(&h, strbuf_slice(&p->system[0]));
	sha256_number(&h, round);
	for (size_t i = 0; i < n; i++) {
		sha256_field(&h, slice_of(texts[i]->title));
		sha256_field(&h, slice_of(texts[i]->abstract));
	}
	d = sha256_end(&h);
	sha256_hex(&d, marker, MARKER_DIGITS);
}

void
prompt_papers(struct strbuf *out, const struct prompt *p,
    const struct text *const *texts, size_t n, int round)
{
	char m[MARKER_DIGITS + 1];

	make_marker(p, texts, n, round, m);
	strbuf_addstr(out, "# Papers\n");
	for (size_t i = 0; i < n; i++)
		strbuf_addf(out,
		    "\n<<P%zu %s>>\nTitle: %s\nAbstract: %s\n<</P%zu %s>>\n",
		    i + 1, m, texts[i]->title, texts[i]->abstract, i + 1, m);
}

void
prompt_titles(struct strbuf *out, const struct prompt *p,
    const struct text *const *texts, size_t n)
{
	char m[MARKER_DIGITS + 1];

	make_marker(p, texts, n, 0, m);
	strbuf_addstr(out, "# Titles\n\n");
	for (size_t i = 0; i < n; i++)
		strbuf_addf(out, "<<P%zu %s>> %s\n", i + 1, m, texts[i]->title);
}

/*
 * JSON schemas of answers, in the subset that providers share: every property
 * required, nothing else allowed, and enums where a range is meant.
 */

static void
type(struct jsonw *j, const char *name)
{
	jsonw_str(jsonw_key(j, "type"), name);
}

static void
close_object(struct jsonw *j, void (*key)(struct jsonw *, size_t, const void *),
    const void *arg, size_t n)
{
	jsonw_open(jsonw_key(j, "required"), '[');
	for (size_t i = 0; i < n; i++)
		key(j, i, arg);
	jsonw_close(j, ']');
	jsonw_bool(jsonw_key(j, "additionalProperties"), false);
	jsonw_close(j, '}');
}

static void
local_id(struct jsonw *j, size_t i, const void *arg)
{
	char id[24];

	(void)arg;
	snprintf(id, sizeof(id), "P%zu", i + 1);
	jsonw_str(j, id);
}

static void
rating(struct jsonw *j)
{
	jsonw_open(j, '{');
	type(j, "integer");
	jsonw_open(jsonw_key(j, "enum"), '[');
	for (int v = RATING_MIN; v <= RATING_MAX; v++)
		jsonw_int(j, v);
	jsonw_close(j, ']');
	jsonw_close(j, '}');
}

static void
topic_list(struct jsonw *j, const struct strlist *ids)
{
	jsonw_open(j, '{');
	type(j, "array");
	jsonw_open(jsonw_key(j, "items"), '{');
	type(j, "string");
	jsonw_list(jsonw_key(j, "enum"), ids);
	jsonw_close(j, '}');
	jsonw_close(j, '}');
}

/* Key i of a rating: the comment first, since the numbers follow from it. */
static void
rating_key(struct jsonw *j, size_t i, const void *arg)
{
	const struct prompt *p = arg;

	if (i == 0)
		jsonw_str(j, "comment");
	else if (i <= p->axes.n)
		jsonw_str(j, p->axes.name[i - 1]);
	else
		jsonw_str(j, "topics");
}

static void
rating_schema(struct jsonw *j, const struct prompt *p, bool bounds)
{
	bool topics = p->topics->n > 0;

	jsonw_open(j, '{');
	type(j, "object");
	jsonw_open(jsonw_key(j, "properties"), '{');
	jsonw_open(jsonw_key(j, "comment"), '{');
	type(j, "string");
	if (bounds) {
		jsonw_int(jsonw_key(j, "maxLength"), COMMENT_CHARS);
	}
	jsonw_close(j, '}');
	for (size_t i = 0; i < p->axes.n; i++) {
		jsonw_key(j, p->axes.name[i]);
		rating(j);
	}
	if (topics) {
		jsonw_key(j, "topics");
		topic_list(j, p->topics);
	}
	jsonw_close(j, '}');
	close_object(j, rating_key, p, 1 + p->axes.n + topics);
}

static void
decision_schema(struct jsonw *j, const struct prompt *p, bool bounds)
{
	(void)p;
	(void)bounds;
	jsonw_raw(
	    j, SLICE_LIT("{\"type\":\"string\",\"enum\":[\"keep\",\"drop\"]}"));
}

/* An object keyed by local ids: schemas cannot say "each id once" of an
 * array. */
static void
keyed(struct strbuf *out, size_t n, const struct prompt *p, bool bounds,
    void (*value)(struct jsonw *, const struct prompt *, bool))
{
	struct jsonw j = JSONW_INIT(out);
	char id[24];

	jsonw_open(&j, '{');
	type(&j, "object");
	jsonw_open(jsonw_key(&j, "properties"), '{');
	for (size_t i = 0; i < n; i++) {
		snprintf(id, sizeof(id), "P%zu", i + 1);
		jsonw_key(&j, id);
		value(&j, p, bounds);
	}
	jsonw_close(&j, '}');
	close_object(&j, local_id, NULL, n);
}

void
prompt_schema(struct strbuf *out, const struct prompt *p, size_t n, bool bounds)
{
	keyed(out, n, p, bounds, rating_schema);
}

void
prompt_screen_schema(struct strbuf *out, size_t n)
{
	keyed(out, n, NULL, false, decision_schema);
}
