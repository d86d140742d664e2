/* SPDX-License-Identifier: ISC */
#include "common/base/msg.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/exitcode.h"
#include "common/base/strbuf.h"
#include "common/base/utf8.h"
#include "common/io/progress.h"

/* Longer messages are cut: they quote input of any length. */
#define MESSAGE_MAX 4096

static const char *prog = "paperround";
static bool quiet, verbose;
static unsigned long failures;

void
msg_init(const char *name)
{
	prog = name;
}

const char *
msg_prog(void)
{
	return prog;
}

void
msg_set_quiet(bool on)
{
	quiet = on;
}

bool
msg_is_quiet(void)
{
	return quiet;
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

/*
 * Shows what a terminal would act on, or could not show, as \xNN.
 */
static void
add_visible(struct strbuf *b, const char *s, size_t n)
{
	uint32_t cp;
	size_t i, len;

	for (; n > 0; s += len, n -= len) {
		cp = utf8_decode(s, n, &len);
		if (cp != UTF8_REPLACEMENT && !utf8_is_invisible(cp)) {
			strbuf_add(b, s, len);
			continue;
		}
		for (i = 0; i < len; i++)
			strbuf_addf(b, "\\x%02x", (unsigned char)s[i]);
	}
}

/*
 * One write per message, so that those of several tools in a pipe do not mix.
 * There is nowhere left to complain to if it fails.
 */
static void
emit(const char *file, unsigned long line, const char *fmt, va_list ap)
{
	char text[MESSAGE_MAX], where[MESSAGE_MAX] = "";
	struct strbuf b = STRBUF_INIT(8 * MESSAGE_MAX);
	ssize_t n;

	if (file != NULL && line != 0)
		snprintf(where, sizeof(where), "%s:%lu: ", file, line);
	else if (file != NULL)
		snprintf(where, sizeof(where), "%s: ", file);
	vsnprintf(text, sizeof(text), fmt, ap);
	strbuf_addf(&b, "%s: ", prog);
	add_visible(&b, where, strlen(where));
	add_visible(&b, text, strlen(text));
	strbuf_addch(&b, '\n');
	progress_hide();
	n = write(STDERR_FILENO, b.s, b.len);
	(void)n;
	strbuf_release(&b);
}

#define EMIT(file, line, fmt)              \
	do {                               \
		va_list ap;                \
		va_start(ap, fmt);         \
		emit(file, line, fmt, ap); \
		va_end(ap);                \
	} while (0)

void
msg_error(const char *fmt, ...)
{
	failures++;
	EMIT(NULL, 0, fmt);
}

void
msg_error_at(const char *file, unsigned long line, const char *fmt, ...)
{
	failures++;
	EMIT(file, line, fmt);
}

void
msg_warn(const char *fmt, ...)
{
	if (!quiet)
		EMIT(NULL, 0, fmt);
}

void
msg_warn_at(const char *file, unsigned long line, const char *fmt, ...)
{
	if (!quiet)
		EMIT(file, line, fmt);
}

void
msg_verbose(const char *fmt, ...)
{
	if (verbose)
		EMIT(NULL, 0, fmt);
}

_Noreturn void
die(int status, const char *fmt, ...)
{
	failures++;
	EMIT(NULL, 0, fmt);
	exit(status);
}

_Noreturn void
usage_error(const char *fmt, ...)
{
	EMIT(NULL, 0, fmt);
	fprintf(stderr, "try '%s --help'\n", prog);
	exit(EXIT_MISUSE);
}
