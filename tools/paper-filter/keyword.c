/* SPDX-License-Identifier: ISC */
/*
 * PCRE2 decides; where there are several keywords, the scan for needles tells
 * which of them are worth asking.  So twenty keywords cost one pass over the
 * text, and a paper without any of them costs nothing more.
 */
#include "filter.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <errno.h>
#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/base/strbuf.h"
#include "common/base/utf8.h"
#include "common/base/xalloc.h"
#include "common/io/line_reader.h"
#include "common/text/fold.h"

#define PATTERN_FILE_MAX ((size_t)16 << 20)
/* Fewer keywords than these are looked for faster one after the other. */
#define NEEDLES_FROM	 4
/* Compiled code brings 32 KiB of its own, too little for a group repeated over
 * an abstract. */
#define STACK_MAX	 ((size_t)4 << 20)

struct keyword {
	char *given;
	pcre2_code *code;
	bool always; /* no needle is looked for: every text is searched */
	bool candidate; /* its needle is in the text at hand */
};

struct keywords {
	struct keyword *v;
	size_t n;
	struct needles needles;
	size_t candidates; /* in the text at hand */
	pcre2_match_data *match;
	pcre2_match_context *context; /* with a larger stack for JIT code */
	pcre2_jit_stack *stack;
	struct strbuf folded, piece;
	struct strbuf list, item; /* of the field at hand */
};

static const struct {
	const char *name;
	enum paper_key key;
} fields_known[] = {
    {"title", PAPER_TITLE},
    {"abstract", PAPER_ABSTRACT},
    {"comment", PAPER_COMMENT},
    {"journal_ref", PAPER_JOURNAL_REF},
    {"report_no", PAPER_REPORT_NO},
    {"authors", PAPER_AUTHORS},
    {"topics", PAPER_SCORE},
};

#define NFIELDS (sizeof(fields_known) / sizeof(fields_known[0]))

bool
keyword_field(const char *name, enum paper_key *out)
{
	for (size_t i = 0; i < NFIELDS; i++)
		if (strcmp(name, fields_known[i].name) == 0) {
			*out = fields_known[i].key;
			return true;
		}
	return false;
}

const char *
keyword_field_name(enum paper_key field)
{
	size_t i = 0;

	while (i < NFIELDS - 1 && fields_known[i].key != field)
		i++;
	return fields_known[i].name;
}

/*
 * Patterns are compared with folded text, so their accents go too.  What a
 * character folds to stands for itself: U+2026 becomes three dots that are
 * three dots.
 */
static void
fold_pattern(struct strbuf *out, const char *pattern)
{
	struct strbuf f = STRBUF_INIT(STRBUF_MAX);
	size_t n = strlen(pattern);
	size_t len;

	for (; n > 0; pattern += len, n -= len) {
		utf8_decode(pattern, n, &len);
		if (len == 1) {
			strbuf_addch(out, *pattern);
			continue;
		}
		strbuf_reset(&f);
		fold(&f, (struct slice) {pattern, len}, true);
		for (size_t i = 0; i < f.len; i++) {
			if (strchr(".\\+*?[^]$(){}=!<>|:-#", f.s[i]))
				strbuf_addch(out, '\\');
			strbuf_addch(out, f.s[i]);
		}
	}
	strbuf_release(&f);
}

/* "\S", "\p{Lu}" and "(?P<name>" hold no capital of the text looked for. */
static bool
has_capital(const char *p)
{
	for (; *p != '\0'; p++) {
		if (*p == '\\' && p[1] != '\0') {
			p++;
			if (p[1] == '{')
				p += 1 + strcspn(p + 1, "}");
			if (*p == '\0')
				break;
		} else if (p[0] == '(' && p[1] == '?') {
			p += strcspn(p, ":=!<>#)");
			if (*p == '<' && p[1] != '=' && p[1] != '!')
				p += strcspn(p, ">");
			if (*p == '\0')
				break;
		} else if (*p >= 'A' && *p <= 'Z') {
			return true;
		}
	}
	return false;
}

/* option is "--keyword" or "FILE:LINE". */
static void
add(struct keywords *k, const char *option, const char *pattern)
{
	struct strbuf folded = STRBUF_INIT(STRBUF_MAX);
	struct keyword w = {0};
	uint32_t flags = PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C;
	int code;
	size_t at;

	if (*pattern == '\0')
		usage_error(
		    "%s: an empty keyword would match every paper", option);
	at = utf8_invalid_at(pattern, strlen(pattern));
	if (pattern[at] != '\0')
		usage_error(
		    "%s: not UTF-8: %.*s <-- here", option, (int)at, pattern);
	fold_pattern(&folded, pattern);
	if (!has_capital(folded.s))
		flags |= PCRE2_CASELESS;
	w.code = pcre2_compile(
	    (PCRE2_SPTR)folded.s, folded.len, flags, &code, &at, NULL);
	if (w.code == NULL) {
		PCRE2_UCHAR why[256];

		if (code == PCRE2_ERROR_NOMEMORY)
			xalloc_die();
		pcre2_get_error_message(code, why, sizeof(why));
		usage_error("%s: %s: %.*s <-- here --> %s", option, why,
		    (int)at, folded.s, folded.s + at);
	}
	/* Where there is no JIT, pcre2_match interprets. */
	pcre2_jit_compile(w.code, PCRE2_JIT_COMPLETE);
	w.given = xstrdup(pattern);
	w.always = !needles_add_regex(&k->needles, folded.s, (unsigned)k->n);
	k->v = xreallocarray(k->v, k->n + 1, sizeof(*k->v));
	k->v[k->n++] = w;
	strbuf_release(&folded);
}

static void
add_file(struct keywords *k, const char *path)
{
	char *text = line_reader_slurp(path, PATTERN_FILE_MAX, NULL);
	unsigned long lineno = 0;
	char *next = text;

	if (text == NULL)
		die(EXIT_SOME_FAILED, "%s: cannot be read: %s", path,
		    strerror(errno));
	while (next != NULL && *next != '\0') {
		char *line = next;
		char *end = line + strcspn(line, "\n");
		char *where;

		next = *end == '\0' ? NULL : end + 1;
		if (end > line && end[-1] == '\r')
			end--;
		*end = '\0';
		lineno++;
		if (*line == '\0' || *line == '#')
			continue;
		where = xasprintf("%s:%lu", path, lineno);
		add(k, where, line);
		free(where);
	}
	free(text);
}

struct keywords *
keywords_new(const char *option, const struct strlist *patterns,
    const struct strlist *files)
{
	struct keywords *k = xcalloc(1, sizeof(*k));

	needles_init(&k->needles);
	strbuf_init(&k->folded, STRBUF_MAX);
	strbuf_init(&k->piece, STRBUF_MAX);
	strbuf_init(&k->list, STRBUF_MAX);
	strbuf_init(&k->item, STRBUF_MAX);
	for (size_t i = 0; i < patterns->n; i++)
		add(k, option, patterns->v[i]);
	for (size_t i = 0; i < files->n; i++)
		add_file(k, files->v[i]);
	needles_ready(&k->needles);
	for (size_t i = 0; i < k->n; i++)
		k->v[i].always |= k->n < NEEDLES_FROM;
	k->match = pcre2_match_data_create(1, NULL);
	k->context = pcre2_match_context_create(NULL);
	if (k->match == NULL || k->context == NULL)
		xalloc_die();
	/* NULL where there is no JIT, which is fine with what follows. */
	k->stack = pcre2_jit_stack_create(32 << 10, STACK_MAX, NULL);
	pcre2_jit_stack_assign(k->context, NULL, k->stack);
	return k;
}

bool
keywords_are_none(const struct keywords *k)
{
	return k->n == 0;
}

void
keywords_free(struct keywords *k)
{
	if (k == NULL)
		return;
	for (size_t i = 0; i < k->n; i++) {
		pcre2_code_free(k->v[i].code);
		free(k->v[i].given);
	}
	free(k->v);
	needles_release(&k->needles);
	pcre2_match_data_free(k->match);
	pcre2_match_context_free(k->context);
	pcre2_jit_stack_free(k->stack);
	strbuf_release(&k->folded);
	strbuf_release(&k->piece);
	strbuf_release(&k->list);
	strbuf_release(&k->item);
	free(k);
}

/* The characters that begin before byte n. */
static size_t
count_chars(const char *s, size_t n)
{
	size_t chars = 0;

	for (size_t i = 0; i < n; i++)
		chars += ((unsigned char)s[i] & 0xc0) != 0x80;
	return chars;
}

/*
 * Traces byte `at` of the folded text back to a byte of text.  Within a piece
 * that folding changed, the whole piece is meant: from its start, or to its
 * end.
 */
static size_t
trace(struct keywords *k, struct slice text, size_t at, bool is_end)
{
	size_t done = 0, end;

	for (size_t pos = 0; pos < text.n; pos = end) {
		struct slice piece;

		end = fold_piece(text, pos);
		piece = (struct slice) {text.p + pos, end - pos};
		strbuf_reset(&k->piece);
		fold(&k->piece, piece, true);
		/* A start belongs to what follows it, an end to what was. */
		if (done + k->piece.len > at ||
		    (is_end && done + k->piece.len == at)) {
			if (slice_same(piece, strbuf_slice(&k->piece)))
				return pos + at - done;
			return is_end ? end : pos;
		}
		done += k->piece.len;
	}
	return text.n;
}

static void
add_hit(struct keywords *k, struct keyword_hits *hits, struct keyword_hit hit,
    struct slice text, bool plain)
{
	const PCRE2_SIZE *o = pcre2_get_ovector_pointer(k->match);
	size_t start = o[0];
	size_t end = o[1] < o[0] ? o[0] : o[1]; /* \K can turn them round */

	if (!plain) {
		start = trace(k, text, start, false);
		end = trace(k, text, end, true);
		if (end < start)
			end = start;
	}
	hit.offset = count_chars(text.p, start);
	hit.length = count_chars(text.p + start, end - start);
	hits->v = xgrow(hits->v, &hits->cap, hits->n + 1, sizeof(*hits->v));
	hits->v[hits->n++] = hit;
}

static bool
note_candidate(void *arg, unsigned owner)
{
	struct keywords *k = arg;

	if (!k->v[owner].candidate) {
		k->v[owner].candidate = true;
		k->candidates++;
	}
	return k->candidates < k->n; /* all of them: no need to go on */
}

/* Which keywords are worth asking about this text? */
static void
choose_candidates(struct keywords *k, struct slice text)
{
	k->candidates = 0;
	for (size_t i = 0; i < k->n; i++) {
		k->v[i].candidate = k->v[i].always;
		k->candidates += k->v[i].always;
	}
	if (k->candidates < k->n)
		needles_scan(&k->needles, text, note_candidate, k);
}

static bool
matches(struct keywords *k, const struct keyword *w, struct slice text,
    const struct paper *p)
{
	int r = pcre2_match(w->code, (PCRE2_SPTR)text.p, text.n, 0,
	    PCRE2_NO_UTF_CHECK, k->match, k->context);

	if (r == PCRE2_ERROR_NOMEMORY)
		xalloc_die();
	/* A limit was passed: an expression too expensive for this text. */
	if (r < 0 && r != PCRE2_ERROR_NOMATCH)
		msg_error_at(p->file, p->lineno,
		    "keyword %s takes too long on this paper and is treated "
		    "as not found; simplify it",
		    w->given);
	return r >= 0;
}

/* The text of a field; that of a list holds until the next one is asked for. */
static struct slice
field_text(struct keywords *k, struct paper *p, enum paper_key field)
{
	struct json_value list, v;
	size_t pos = 0;

	if (field == PAPER_AUTHORS && p->key[field] != NULL)
		list = p->key[field]->value;
	else if (field != PAPER_SCORE ||
	    !paper_member(p, field, "topics", &list))
		return paper_text(p, field);
	strbuf_reset(&k->list);
	while (list.type == JSON_ARRAY && json_array_next(list.raw, &pos, &v)) {
		if (v.type != JSON_STRING)
			continue;
		strbuf_addstr(&k->list, k->list.len > 0 ? ", " : "");
		strbuf_addslice(&k->list, json_text(&v, &k->item));
	}
	return strbuf_slice(&k->list);
}

static bool
find_in(struct keywords *k, struct paper *p, enum paper_key field,
    struct keyword_hits *hits)
{
	struct slice text = field_text(k, p, field);
	struct slice searched = text;
	bool plain = fold_is_plain(text);
	bool found = false;

	if (text.n == 0)
		return false;
	if (!plain) {
		strbuf_reset(&k->folded);
		fold(&k->folded, text, true);
		searched = strbuf_slice(&k->folded);
	}
	choose_candidates(k, searched);
	for (size_t i = 0; i < k->n && k->candidates > 0; i++) {
		struct keyword *w = &k->v[i];

		if (!w->candidate || !matches(k, w, searched, p))
			continue;
		found = true;
		if (hits == NULL)
			break;
		add_hit(k, hits, (struct keyword_hit) {w->given, field, 0, 0},
		    text, plain);
	}
	return found;
}

bool
keywords_find(struct keywords *k, struct paper *p, const enum paper_key *fields,
    size_t nfields, struct keyword_hits *hits)
{
	bool found = false;

	for (size_t i = 0; i < nfields; i++) {
		if (find_in(k, p, fields[i], hits))
			found = true;
		if (found && hits == NULL)
			break;
	}
	return found;
}

const char *
keywords_library(void)
{
	static char version[64];
	char v[32];

	if (pcre2_config(PCRE2_CONFIG_VERSION, NULL) > (int)sizeof(v))
		return "PCRE2";
	pcre2_config(PCRE2_CONFIG_VERSION, v);
	snprintf(version, sizeof(version), "PCRE2 %s", v);
	return version;
}
