/* SPDX-License-Identifier: ISC */
#include "common/json/jq_program.h"

/* Functions in jv.h call this one, which is not linked: they get ours. */
#define jv_get_kind kind_of
#include <jq.h>
#undef jv_get_kind
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "common/base/library.h"
#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/base/strbuf.h"
#include "common/base/xalloc.h"
#include "common/io/line_reader.h"
#include "common/json/json_read.h"

/* The soname whose interface the headers describe. */
#define LIBJQ	    "libjq.so.1"
#define PROGRAM_MAX ((size_t)1 << 20)

/* What is needed of libjq; jq.h and jv.h give the types. */
#define LIBJQ_FUNCTIONS(X)      \
	X(jq_init)              \
	X(jq_set_nomem_handler) \
	X(jq_set_error_cb)      \
	X(jq_set_attr)          \
	X(jq_compile_args)      \
	X(jq_halt)              \
	X(jq_halted)            \
	X(jq_get_exit_code)     \
	X(jq_get_error_message) \
	X(jq_start)             \
	X(jq_next)              \
	X(jq_teardown)          \
	X(jv_array)             \
	X(jv_array_append)      \
	X(jv_cmp)               \
	X(jv_copy)              \
	X(jv_dump_string)       \
	X(jv_free)              \
	X(jv_get_kind)          \
	X(jv_invalid)           \
	X(jv_invalid_get_msg)   \
	X(jv_null)              \
	X(jv_object)            \
	X(jv_object_set)        \
	X(jv_parse)             \
	X(jv_parse_sized)       \
	X(jv_string)            \
	X(jv_string_value)

jv_kind jv_get_kind(jv);

#define X(f) __typeof__(f) *f;
static struct {
	LIBJQ_FUNCTIONS(X)
} lib;
#undef X

struct jq_program {
	jq_state *state;
	struct strbuf why;
};

struct jq_value {
	jv v;
};

static void
load(void)
{
	static const struct library_function functions[] = {
#define X(f) {#f, __builtin_offsetof(__typeof__(lib), f), LIBRARY_LINKED(f)},
	    LIBJQ_FUNCTIONS(X)
#undef X
	};

	if (lib.jq_init != NULL)
		return;
	library_load(LIBJQ, "jq expressions need libjq (package libjq1)", &lib,
	    functions, sizeof(functions) / sizeof(functions[0]));
}

jv_kind
kind_of(jv v)
{
	return lib.jv_get_kind(v);
}

static void
no_memory(void *arg)
{
	(void)arg;
	xalloc_die();
}

/* A string, or anything else as JSON, into b; v is consumed. */
static void
add_message(struct strbuf *b, jv v)
{
	jv text = v;

	if (kind_of(text) != JV_KIND_STRING)
		text = lib.jv_dump_string(text, 0);
	strbuf_addstr(b, lib.jv_string_value(text));
	lib.jv_free(text);
}

/* libjq says what is wrong with an expression in one or more of these. */
static void
on_error(void *arg, jv message)
{
	struct strbuf *why = arg;

	if (why->len > 0)
		strbuf_addch(why, '\n');
	add_message(why, message);
}

/* Is the error that the expression ends too early?  In the words of libjq 1.6,
 * or of later ones. */
static bool
ends_early(const char *why)
{
	return strstr(why, "unexpected $end") != NULL ||
	    strstr(why, "unexpected end of file") != NULL;
}

/* "jq: error: syntax error, unexpected '|' (Unix ..) at <top-level>, line 1:"
 * and more lines: only what is wrong. */
static void
tidy(struct strbuf *why)
{
	static const char lead[] = "jq: error: ";
	static const char *const ends[] = {
	    "\n", ", expecting", " (Unix", " at <top-level>"};

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		char *end = strstr(why->s, ends[i]);

		if (end != NULL)
			strbuf_setlen(why, (size_t)(end - why->s));
	}
	if (strncmp(why->s, lead, sizeof(lead) - 1) == 0) {
		memmove(why->s, why->s + sizeof(lead) - 1,
		    why->len - sizeof(lead) + 2);
		why->len -= sizeof(lead) - 1;
	}
}

/* Letters of a word, signs of an operator, anything else: where that changes
 * a token may end. */
static int
char_class(char c)
{
	if (ascii_alnum(c) || (c != '\0' && strchr("_$@", c) != NULL))
		return 1;
	return c != '\0' && strchr("=!<>|/?.+*%-", c) != NULL ? 2 : 0;
}

static bool
is_token_end(const char *s, size_t i)
{
	int left = char_class(s[i - 1]), right = char_class(s[i]);

	return left != right || (left == 0 && s[i - 1] != ' ');
}

/* Could the first n bytes be the beginning of an expression? */
static bool
may_begin(struct jq_program *p, const char *expression, size_t n)
{
	char *s = xmemdup0(expression, n);
	bool good;

	strbuf_reset(&p->why);
	good = lib.jq_compile_args(p->state, s, lib.jv_object()) ||
	    strstr(p->why.s, "syntax error") == NULL || ends_early(p->why.s);
	free(s);
	return good;
}

/*
 * libjq 1.6 tells the line of an error only.  The place is where the longest
 * beginning ends that is one of an expression, found by halving; or the name
 * that is not defined.
 */
static size_t
find_place(struct jq_program *p, const char *expression)
{
	size_t low = 0, high = strlen(expression);

	if (strstr(p->why.s, " is not defined") != NULL) {
		char *name = xmemdup0(p->why.s, strcspn(p->why.s, "/ "));
		const char *at = strstr(expression, name);

		free(name);
		return at == NULL ? 0 : (size_t)(at - expression);
	}
	if (ends_early(p->why.s))
		return high;
	while (high - low > 1) {
		size_t mid = low + (high - low) / 2;

		while (mid < high && !is_token_end(expression, mid))
			mid++;
		if (mid == high)
			for (mid = low + (high - low) / 2;
			     mid > low && !is_token_end(expression, mid); mid--)
				;
		if (mid == low)
			break;
		if (may_begin(p, expression, mid))
			low = mid;
		else
			high = mid;
	}
	return low;
}

/* What libjq says is wrong, in our words; to be freed. */
static char *
reason(struct jq_program *p)
{
	tidy(&p->why);
	return xstrdup(
	    ends_early(p->why.s) ? "syntax error, unexpected end" : p->why.s);
}

static _Noreturn void
complain(struct jq_program *p, const char *option, const char *expression)
{
	static char *why; /* until the end, for who looks for leaks then */
	size_t at;

	why = reason(p);
	at = find_place(p, expression);
	jq_program_free(p);
	usage_error("--%s: %s: %.*s <-- here --> %s", option, why, (int)at,
	    expression, expression + at);
}

static jv
add_args(jv object, const char *option, const struct strlist *args, bool json)
{
	for (size_t i = 0; i < args->n; i++) {
		const char *eq = strchr(args->v[i], '=');
		char *name;
		jv value;

		if (eq == NULL || eq == args->v[i])
			usage_error(
			    "--%s: %s: not NAME=VALUE", option, args->v[i]);
		value = json ? lib.jv_parse(eq + 1) : lib.jv_string(eq + 1);
		if (kind_of(value) == JV_KIND_INVALID)
			usage_error("--%s: %s: the value is not JSON", option,
			    args->v[i]);
		name = xmemdup0(args->v[i], (size_t)(eq - args->v[i]));
		object = lib.jv_object_set(object, lib.jv_string(name), value);
		free(name);
	}
	return object;
}

static struct jq_program *
new_program(void)
{
	struct jq_program *p = xcalloc(1, sizeof(*p));

	load();
	tzset(); /* a program may ask for it when no file can be opened */
	strbuf_init(&p->why, STRBUF_MAX);
	p->state = lib.jq_init();
	if (p->state == NULL)
		xalloc_die();
	lib.jq_set_nomem_handler(p->state, no_memory, NULL);
	lib.jq_set_error_cb(p->state, on_error, &p->why);
	/* Without it libjq 1.6 fails an assertion at "import". */
	lib.jq_set_attr(p->state, lib.jv_string("JQ_LIBRARY_PATH"),
	    lib.jv_array_append(lib.jv_array(), lib.jv_string("~/.jq")));
	return p;
}

struct jq_program *
jq_program_new(const char *option, const char *expression,
    const struct strlist *args, const struct strlist *argjsons)
{
	struct jq_program *p = new_program();
	jv values;

	values = add_args(lib.jv_object(), "arg", args, false);
	values = add_args(values, "argjson", argjsons, true);
	if (!lib.jq_compile_args(p->state, expression, values))
		complain(p, option, expression);
	return p;
}

/* Of a file nobody wants to see all, but the line. */
static _Noreturn void
complain_of(struct jq_program *p, const char *file, const char *text)
{
	unsigned long line = 1;
	char *why = reason(p);
	size_t at = find_place(p, text);

	for (size_t i = 0; i < at; i++)
		line += text[i] == '\n' && text[i + 1] != '\0';
	msg_error_at(file, line, "%s", why);
	free(why);
	jq_program_free(p);
	run_exit(EXIT_MISUSE);
}

struct jq_program *
jq_program_read(const char *option, const char *file)
{
	struct jq_program *p = new_program();
	size_t n;
	char *text = line_reader_slurp(file, PROGRAM_MAX, &n);

	if (text == NULL)
		usage_error("--%s: %s: %s", option, file, strerror(errno));
	if (strlen(text) != n ||
	    !lib.jq_compile_args(p->state, text, lib.jv_object()))
		complain_of(p, file, text);
	free(text);
	return p;
}

void
jq_program_free(struct jq_program *p)
{
	if (p == NULL)
		return;
	lib.jq_teardown(&p->state);
	strbuf_release(&p->why);
	free(p);
}

/* libjq 1.6 refuses all of a text for half of a surrogate pair. */
static jv
parse_mended(struct slice json)
{
	struct strbuf copy = STRBUF_INIT(STRBUF_MAX);
	jv v;

	json_replace_halves(&copy, json, true);
	v = lib.jv_parse_sized(copy.s, (int)copy.len);
	strbuf_release(&copy);
	return v;
}

/* False, with why, if libjq cannot read it: it is nested too deeply. */
static bool
parse(struct jq_program *p, struct slice json, jv *v)
{
	char *where;

	strbuf_reset(&p->why);
	*v = lib.jv_parse_sized(json.p, (int)json.n);
	if (kind_of(*v) != JV_KIND_INVALID)
		return true;
	lib.jv_free(*v);
	*v = parse_mended(json);
	if (kind_of(*v) != JV_KIND_INVALID)
		return true;
	strbuf_addstr(&p->why, "libjq cannot read this record: ");
	add_message(&p->why, lib.jv_invalid_get_msg(*v));
	/* .. in the text that it is part of, which follows, all of it. */
	if ((where = strstr(p->why.s, " at line ")) != NULL)
		strbuf_setlen(&p->why, (size_t)(where - p->why.s));
	return false;
}

/* Begins with a record. */
static bool
start(struct jq_program *p, struct slice record)
{
	jv v;

	if (!parse(p, record, &v))
		return false;
	lib.jq_start(p->state, v, 0);
	return true;
}

bool
jq_program_reads(struct jq_program *p, struct slice json, const char **why)
{
	jv v;
	bool good = parse(p, json, &v);

	if (good)
		lib.jv_free(v);
	*why = p->why.s;
	return good;
}

/* What a program halted with is freed by libjq as often as it begins anew: it is
 * to hold what needs no freeing. */
static void
forget_halt(struct jq_program *p)
{
	lib.jq_start(p->state, lib.jv_null(), 0);
	lib.jq_halt(p->state, lib.jv_null(), lib.jv_null());
}

/*
 * The end, which v is, consumed: true if it is an error, which why says then.
 * halt_error is one of this record, and halt none: that is an end without a
 * code.
 */
static bool
ends_badly(struct jq_program *p, jv v)
{
	jv message = lib.jv_invalid_get_msg(v);
	bool failed = kind_of(message) != JV_KIND_NULL;

	if (!failed && lib.jq_halted(p->state)) {
		jv code = lib.jq_get_exit_code(p->state);

		failed = kind_of(code) != JV_KIND_INVALID;
		lib.jv_free(code);
		lib.jv_free(message);
		message = lib.jq_get_error_message(p->state);
		if (failed)
			strbuf_addstr(&p->why, "halt_error: ");
	}
	if (failed)
		add_message(&p->why, message);
	else
		lib.jv_free(message);
	if (lib.jq_halted(p->state))
		forget_halt(p);
	return failed;
}

/*
 * Gives the first result that is neither false nor null, or the first at all,
 * and an invalid value if there is none; then *failed tells whether an error
 * was the end.  The others are computed too: libjq 1.6 fails an assertion when
 * it begins anew in the midst of paths.
 */
static jv
result(struct jq_program *p, bool any, bool *failed)
{
	jv found = lib.jv_invalid();
	jv v;

	while (kind_of(v = lib.jq_next(p->state)) != JV_KIND_INVALID) {
		jv_kind kind = kind_of(v);

		if (kind_of(found) == JV_KIND_INVALID &&
		    (any || (kind != JV_KIND_FALSE && kind != JV_KIND_NULL)))
			found = v;
		else
			lib.jv_free(v);
	}
	*failed = ends_badly(p, v) && kind_of(found) == JV_KIND_INVALID;
	return found;
}

bool
jq_program_print(struct jq_program *p, struct slice json, struct strbuf *out,
    const char **why)
{
	size_t at;
	bool good;
	jv v;

	if (!start(p, json)) {
		*why = p->why.s;
		return false;
	}
	while (kind_of(v = lib.jq_next(p->state)) != JV_KIND_INVALID) {
		at = out->len;
		add_message(out, v);
		if (out->len == at || out->s[out->len - 1] != '\n')
			strbuf_addch(out, '\n');
	}
	good = !ends_badly(p, v);
	*why = p->why.s;
	return good;
}

enum jq_verdict
jq_program_test(struct jq_program *p, struct slice record, const char **why)
{
	bool failed = true, found = false;

	if (start(p, record)) {
		jv v = result(p, false, &failed);

		found = kind_of(v) != JV_KIND_INVALID;
		lib.jv_free(v);
	}
	*why = p->why.s;
	return failed ? JQ_FAILED : found ? JQ_YES : JQ_NO;
}

struct jq_value *
jq_program_value(struct jq_program *p, struct slice record, const char **why)
{
	struct jq_value *value = NULL;
	bool failed = true;

	if (start(p, record)) {
		jv v = result(p, true, &failed);

		if (kind_of(v) != JV_KIND_INVALID) {
			value = xmalloc(sizeof(*value));
			value->v = v;
		} else {
			lib.jv_free(v);
		}
	}
	*why = failed ? p->why.s : NULL;
	return value;
}

int
jq_value_cmp(const struct jq_value *a, const struct jq_value *b)
{
	if (a == NULL || b == NULL)
		return (a != NULL) - (b != NULL);
	return lib.jv_cmp(lib.jv_copy(a->v), lib.jv_copy(b->v));
}

void
jq_value_free(struct jq_value *v)
{
	if (v == NULL)
		return;
	lib.jv_free(v->v);
	free(v);
}
