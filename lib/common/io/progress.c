/* SPDX-License-Identifier: ISC */
#include "common/io/progress.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "common/base/msg.h"
#include "common/base/utf8.h"

#define INTERVAL	0.1
#define USUAL_COLUMNS	80
#define SECONDS_PER_MIN 60
#define MIN_PER_HOUR	60

static const char wipe[] = "\r\033[K";

static bool shown;
static double next_at;

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
		answer = isatty(STDERR_FILENO) && !msg_is_quiet() &&
			term != NULL && strcmp(term, "dumb") != 0
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

	/* The last column would wrap on some terminals. */
	strbuf_addstr(&b, wipe);
	strbuf_addslice(&b, progress_cut(line, columns() - 1));
	draw(&b);
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
