/* SPDX-License-Identifier: ISC */
#include "prompt.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/exitcode.h"
#include "common/base/msg.h"
#include "common/base/utf8.h"
#include "common/base/xalloc.h"
#include "common/io/line_reader.h"
#include "common/io/path.h"

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

/* The keys of a verdict, as bullets. */
static void
add_keys(struct strbuf *b, const struct prompt *p)
{
	strbuf_addstr(b,
	    "- \"comment\": a string of one or two sentences: which topic the "
	    "paper\n  matches and how, named specifically, or why it matches "
	    "none.");
	for (size_t i = 0; i < p->scale.n; i++)
		strbuf_addf(b, "\n- \"%s\": a whole number from %d to %d.",
		    p->scale.axis[i], SCALE_MIN, SCALE_MAX);
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
	strbuf_init(&p->system, STRBUF_MAX);
	strbuf_init(&p->screen, STRBUF_MAX);
	role = read_part(o->system, "prompts/system.md", &used);
	free(used);
	criteria = read_part(o->criteria, "prompts/criteria.md", &used);
	if (!scale_read(&p->scale, slice_of(criteria), &why))
		die(EXIT_MISUSE, "%s: %s", used, why);
	free(used);

	add_part(&p->system, role);
	add_topics(&p->system, topics);
	add_part(&p->system, criteria);
	add_output_rules(&p->system, p);
	strbuf_addch(&p->system, '\n');
	p->digest = digest_of(&p->system);
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
	strbuf_release(&p->system);
	strbuf_release(&p->screen);
	scale_release(&p->scale);
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
	sha256_field(&h, strbuf_slice(&p->system));
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
