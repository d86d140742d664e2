/* SPDX-License-Identifier: ISC */
#include "common/base/msg.h"

#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "common/base/run_state.h"
#include "common/base/secret.h"
#include "common/base/strbuf.h"
#include "common/base/utf8.h"

#define INTERVAL	0.1
#define USUAL_COLUMNS	80
#define SECONDS_PER_MIN 60
#define MIN_PER_HOUR	60

static const char wipe[] = "\r\033[K";

static bool shown;
static double next_at;

/* Longer messages are cut: they quote input of any length. */
#define MESSAGE_MAX 4096

static bool quiet, verbose;
static unsigned long failures;

void
msg_init(const char *name)
{
	run_program = name;
}

void
msg_set_quiet(bool on)
{
	quiet = on;
}

void
msg_set_verbose(bool on)
{
	verbose = on;
}

bool
msg_is_verbose(void)
{
	return verbose;
}

unsigned long
msg_failures(void)
{
	return failures;
}

bool
progress_wanted(void)
{
	static enum {
		UNKNOWN,
		NO,
		YES
	} answer;
	const char *term = getenv("TERM");

	if (answer == UNKNOWN)
		answer = isatty(STDERR_FILENO) && !quiet && term != NULL &&
			strcmp(term, "dumb") != 0
		    ? YES
		    : NO;
	return answer == YES;
}

bool
progress_due(double now)
{
	if (now < next_at || !progress_wanted())
		return false;
	next_at = now + INTERVAL;
	return true;
}

struct slice
progress_cut(struct slice line, size_t columns)
{
	size_t n = 0, len;

	while (n < line.n && columns-- > 0) {
		utf8_decode(line.p + n, line.n - n, &len);
		n += len;
	}
	return (struct slice) {line.p, n};
}

static size_t
columns(void)
{
	struct winsize ws;

	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &ws) == -1 || ws.ws_col == 0)
		return USUAL_COLUMNS;
	return ws.ws_col;
}

/* It is decoration: there is nothing to do if it cannot be written. */
static void
draw(const struct strbuf *b)
{
	ssize_t n = write(STDERR_FILENO, b->s, b->len);

	(void)n;
}

void
progress_show(struct slice line)
{
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);
	struct strbuf whole = STRBUF_INIT(STRBUF_MAX);
	const char *stage = getenv("PAPERROUND_STAGE");

	if (stage != NULL && *stage != '\0')
		strbuf_addf(&whole, "%s: ", stage);
	strbuf_addslice(&whole, line);
	strbuf_addstr(&b, wipe);
	/* The last column would wrap on some terminals. */
	strbuf_addslice(&b, progress_cut(strbuf_slice(&whole), columns() - 1));
	draw(&b);
	strbuf_release(&whole);
	strbuf_release(&b);
	shown = true;
}

void
progress_hide(void)
{
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);

	if (!shown)
		return;
	shown = false;
	strbuf_addstr(&b, wipe);
	draw(&b);
	strbuf_release(&b);
}

void
progress_duration(struct strbuf *b, double seconds)
{
	unsigned long s = (unsigned long)(seconds + 0.5);
	unsigned long min = (s + SECONDS_PER_MIN / 2) / SECONDS_PER_MIN;

	if (s < 2 * SECONDS_PER_MIN)
		strbuf_addf(b, "%lu s", s);
	else if (min < 2 * MIN_PER_HOUR)
		strbuf_addf(b, "%lu min", min);
	else
		strbuf_addf(
		    b, "%lu h %lu min", min / MIN_PER_HOUR, min % MIN_PER_HOUR);
}

/*
 * One write per message, so that those of several tools in a pipe do not mix.
 * There is nowhere left to complain to if it fails.
 */
static void
put(const char *before, struct slice message)
{
	struct strbuf b = STRBUF_INIT(8 * MESSAGE_MAX);
	ssize_t n;

	strbuf_addf(&b, "%s: %s", run_program, before);
	strbuf_addslice(&b, message);
	strbuf_addch(&b, '\n');
	progress_hide();
	n = write(STDERR_FILENO, b.s, b.len);
	(void)n;
	strbuf_release(&b);
}

/*
 * What is wrong with one line is often wrong with all of them: of the errors,
 * and of what is said of lines, that begin alike the first few are told at once,
 * of the others at the end how many there were, and the last.
 */
#define TOLD  3
#define KINDS 32

static struct kind {
	struct strbuf begins; /* the words before what is quoted or counted */
	struct strbuf last;
	unsigned long n;
} kinds[KINDS];
static size_t nkinds;

/* NULL: there are too many kinds, so that none of this one is folded. */
static struct kind *
kind_of(const char *text)
{
	struct slice begins = {text, strcspn(text, "\"0123456789:")};
	size_t i = 0;

	while (i < nkinds && !slice_eq(begins, kinds[i].begins.s))
		i++;
	if (i == KINDS)
		return NULL;
	if (i == nkinds) {
		strbuf_init(&kinds[i].begins, STRBUF_MAX);
		strbuf_init(&kinds[i].last, STRBUF_MAX);
		strbuf_addslice(&kinds[nkinds++].begins, begins);
	}
	return &kinds[i];
}

static bool
is_folded(const char *text, struct slice message)
{
	struct kind *kind = verbose ? NULL : kind_of(text);

	if (kind == NULL || ++kind->n <= TOLD)
		return false;
	strbuf_reset(&kind->last);
	strbuf_addslice(&kind->last, message);
	return true;
}

void
msg_tell_folded(void)
{
	char before[80];

	for (struct kind *k = kinds; k < kinds + nkinds; k++) {
		snprintf(before, sizeof(before),
		    "\u2026 and %lu more of this kind, the last: ",
		    k->n - TOLD);
		if (k->n > TOLD)
			put(k->n == TOLD + 1 ? "" : before,
			    strbuf_slice(&k->last));
		strbuf_release(&k->begins);
		strbuf_release(&k->last);
	}
	nkinds = 0;
}

static void
emit(bool may_fold, const char *file, unsigned long line, const char *fmt,
    va_list ap)
{
	char text[MESSAGE_MAX], where[MESSAGE_MAX] = "";
	struct strbuf b = STRBUF_INIT(8 * MESSAGE_MAX);

	if (file != NULL && line != 0)
		snprintf(where, sizeof(where), "%s:%lu: ", file, line);
	else if (file != NULL)
		snprintf(where, sizeof(where), "%s: ", file);
	vsnprintf(text, sizeof(text), fmt, ap);
	secret_hide(where, strlen(where));
	secret_hide(text, strlen(text));
	utf8_add_visible(&b, where, strlen(where));
	utf8_add_visible(&b, text, strlen(text));
	if (!may_fold || !is_folded(text, strbuf_slice(&b)))
		put("", strbuf_slice(&b));
	strbuf_release(&b);
}

#define EMIT(fold, file, line, fmt)              \
	do {                                     \
		va_list ap;                      \
		va_start(ap, fmt);               \
		emit(fold, file, line, fmt, ap); \
		va_end(ap);                      \
	} while (0)

void
msg_error(const char *fmt, ...)
{
	failures++;
	EMIT(true, NULL, 0, fmt);
}

void
msg_error_at(const char *file, unsigned long line, const char *fmt, ...)
{
	failures++;
	EMIT(line != 0, file, line, fmt);
}

void
msg_warn(const char *fmt, ...)
{
	if (!quiet)
		EMIT(false, NULL, 0, fmt);
}

void
msg_warn_at(const char *file, unsigned long line, const char *fmt, ...)
{
	if (!quiet)
		EMIT(line != 0, file, line, fmt);
}

void
msg_verbose(const char *fmt, ...)
{
	if (verbose)
		EMIT(false, NULL, 0, fmt);
}

_Noreturn void
die(int status, const char *fmt, ...)
{
	failures++;
	EMIT(false, NULL, 0, fmt);
	run_exit(status);
}

_Noreturn void
usage_error(const char *fmt, ...)
{
	EMIT(false, NULL, 0, fmt);
	fprintf(stderr, "try '%s --help'\n", run_program);
	run_exit(EXIT_MISUSE);
}
