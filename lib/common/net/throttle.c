/* SPDX-License-Identifier: ISC */
#include "common/net/throttle.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "common/base/compat.h"
#include "common/base/hash.h"
#include "common/base/msg.h"
#include "common/base/number.h"
#include "common/base/run_state.h"
#include "common/base/strbuf.h"
#include "common/base/xalloc.h"
#include "common/io/path.h"

#define STATE_MAX    4096
/* Short sleeps, so that a signal just before one is not felt too late. */
#define NAP	     0.2
/* No pause is kept for longer, whatever a site asks for: seconds may be meant
 * for a moment, and clocks are set back. */
#define COOLDOWN_MAX ((double)DAY_SECONDS)

struct cooldown {
	char source[32];
	double until;
	long status; /* that began it; 0: unknown */
};

struct pace {
	char *path;
	int fd; /* -1: this process only */
	bool warned;
	double interval, last;
	struct cooldown cooldowns[8];
	size_t n;
};

static double
real_seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* False if a signal asks to stop. */
static bool
nap(double seconds)
{
	double part = seconds < NAP ? seconds : NAP;
	struct timespec t = {(time_t)part, (long)((part - (long)part) * 1e9)};

	if (part > 0)
		nanosleep(&t, NULL);
	return !run_stopping();
}

/* Of a file that cannot be opened, or locked, as in some network folders. */
static void
warn_alone(struct pace *p)
{
	if (!p->warned)
		msg_warn("%s: %s; not waiting for other processes", p->path,
		    strerror(errno));
	p->warned = true;
}

struct pace *
pace_new(const char *dir, const char *site, double interval)
{
	struct pace *p = xcalloc(1, sizeof(*p));

	p->interval = interval;
	p->path = xasprintf("%s/%s", dir, site);
	p->fd = -1;
	if (directory_make(dir))
		p->fd = open(
		    p->path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (p->fd == -1)
		warn_alone(p);
	return p;
}

void
pace_free(struct pace *p)
{
	if (p == NULL)
		return;
	if (p->fd != -1)
		close(p->fd);
	free(p->path);
	free(p);
}

static struct cooldown *
cooldown_of(struct pace *p, const char *source)
{
	struct cooldown *c = p->cooldowns;
	size_t i = 0;

	while (i < p->n && strcmp(c[i].source, source) != 0)
		i++;
	if (i < p->n)
		return &c[i];
	/* A file of someone else's making may be full; forget its last. */
	if (p->n < sizeof(p->cooldowns) / sizeof(p->cooldowns[0]))
		p->n++;
	else
		i--;
	c[i] = (struct cooldown) {.until = 0};
	snprintf(c[i].source, sizeof(c[i].source), "%s", source);
	return &c[i];
}

/* Lines of "last 1763762000.123", "oai 1763762300.000" and "rss
 * 1763765600.000 403"; others are ignored. */
static void
load(struct pace *p)
{
	char text[STATE_MAX + 1], *rest = text, *line, *value, *status;
	ssize_t n = p->fd == -1 ? -1 : pread(p->fd, text, STATE_MAX, 0);
	struct cooldown *c;
	const char *why;
	double at;

	if (n < 0)
		return;
	text[n] = '\0';
	p->n = 0;
	p->last = 0;
	while ((line = strsep(&rest, "\n")) != NULL) {
		status = line;
		line = strsep(&status, " ");
		value = strsep(&status, " ");
		if (value == NULL || !number_double(value, 0, 1e11, &at, &why))
			continue;
		if (strcmp(line, "last") == 0) {
			p->last = at;
			continue;
		}
		c = cooldown_of(p, line);
		/* A second more, since what is written is rounded. */
		c->until = at <= real_seconds() + COOLDOWN_MAX + 1 ? at : 0;
		if (status == NULL ||
		    !number_long(status, 0, 999, &c->status, &why))
			c->status = 0;
	}
}

static void
save(struct pace *p)
{
	struct strbuf b = STRBUF_INIT(STATE_MAX);

	if (p->fd == -1)
		return;
	strbuf_addf(&b, "last %.3f\n", p->last);
	for (size_t i = 0; i < p->n; i++)
		strbuf_addf(&b, "%s %.3f %ld\n", p->cooldowns[i].source,
		    p->cooldowns[i].until, p->cooldowns[i].status);
	/* A short file that a crash cuts is read as "nothing known". */
	if (pwrite(p->fd, b.s, b.len, 0) != (ssize_t)b.len ||
	    ftruncate(p->fd, (off_t)b.len) == -1)
		msg_warn("%s: %s", p->path, strerror(errno));
	strbuf_release(&b);
}

static bool
lock(struct pace *p)
{
	bool told = false;

	while (p->fd != -1 && flock(p->fd, LOCK_EX | LOCK_NB) == -1) {
		if (errno != EWOULDBLOCK && errno != EINTR) {
			warn_alone(p);
			break;
		}
		if (!told)
			msg_verbose("waiting for another process to finish "
				    "its request");
		told = true;
		if (!nap(NAP / 4))
			return false;
	}
	return !run_stopping();
}

static void
unlock(struct pace *p)
{
	if (p->fd != -1)
		flock(p->fd, LOCK_UN);
}

/* Sleeps until the interval since the last request is over. */
static bool
wait_interval(struct pace *p)
{
	double wait;

	for (;;) {
		wait = p->last + p->interval - real_seconds();
		/* The clock may have been set back. */
		if (wait > p->interval) {
			p->last = real_seconds();
			wait = p->interval;
		}
		if (wait <= 0)
			return true;
		if (!nap(wait))
			return false;
	}
}

enum pace_turn
pace_enter(struct pace *p, const char *source, double patience, double *wait)
{
	bool told = false;

	for (;;) {
		if (!lock(p))
			return PACE_STOPPED;
		load(p);
		*wait = cooldown_of(p, source)->until - real_seconds();
		if (*wait <= 0)
			break;
		/* Not under lock: other sources may go on. */
		unlock(p);
		if (*wait > patience)
			return PACE_LATER;
		if (!told)
			msg_verbose(
			    "waiting %.0f s before asking again", *wait);
		told = true;
		if (!nap(*wait))
			return PACE_STOPPED;
	}
	if (!wait_interval(p)) {
		unlock(p);
		return PACE_STOPPED;
	}
	/* Written before asking too, for the case that we are killed. */
	p->last = real_seconds();
	save(p);
	return PACE_GO;
}

void
pace_leave(struct pace *p, const char *source, double cooldown, long status)
{
	struct cooldown *c = cooldown_of(p, source);

	p->last = real_seconds();
	if (cooldown > COOLDOWN_MAX)
		cooldown = COOLDOWN_MAX;
	c->until = cooldown > 0 ? p->last + cooldown : 0;
	c->status = status;
	save(p);
	unlock(p);
}

long
pace_status(struct pace *p, const char *source)
{
	return cooldown_of(p, source)->status;
}

/* A server that says less than nothing, or more than a year, is not
 * believed: the value is cut to these bounds. */
#define WAIT_MAX (366.0 * DAY_SECONDS)

double
retry_backoff(unsigned attempt, double base, double cap, double random)
{
	double wait = base;

	while (attempt-- > 0 && wait < cap)
		wait *= 2;
	return random * (wait < cap ? wait : cap);
}

static double
clamp(double seconds)
{
	if (seconds < 0)
		return 0;
	return seconds < WAIT_MAX ? seconds : WAIT_MAX;
}

bool
retry_after(const struct http_reply *reply, moment_t when, double *seconds)
{
	const char *value, *why;
	moment_t at;

	value = http_header(reply, "retry-after-ms");
	if (value != NULL && number_double(value, -1e15, 1e15, seconds, &why)) {
		*seconds = clamp(*seconds / 1000);
		return true;
	}
	if ((value = http_header(reply, "retry-after")) == NULL)
		return false;
	if (number_double(value, -1e15, 1e15, seconds, &why))
		*seconds = clamp(*seconds);
	else if (moment_parse_rfc822(value, &at))
		*seconds = clamp((double)(at - when));
	else
		return false;
	return true;
}

bool
retry_is_transient(const struct http_reply *reply)
{
	static const long statuses[] = {
	    408, 425, 429, 500, 502, 503, 504, 522, 524, 529};

	switch (reply->failure) {
	case HTTP_CONNECT:
	case HTTP_RECEIVE:
	case HTTP_TIMEOUT:
		return true;
	case HTTP_TOO_LARGE:
	case HTTP_POLICY:
	case HTTP_SINK:
		return false;
	case HTTP_OK:
		break;
	}
	for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++)
		if (reply->status == statuses[i])
			return true;
	return false;
}

double
retry_random(void)
{
	static enum {
		UNKNOWN,
		SEEDED,
		SYSTEM
	} kind;
	static uint64_t state;
	uint64_t bits;
	const char *seed;

	if (kind == UNKNOWN) {
		seed = getenv("PAPERROUND_SEED");
		kind = seed != NULL && *seed != '\0' ? SEEDED : SYSTEM;
		if (kind == SEEDED)
			state = strtoull(seed, NULL, 10);
	}
	if (kind == SEEDED)
		bits = hash_next(&state);
	else
		bits = random_bits();
	/* 53 bits are what a double holds, so 1.0 cannot come out. */
	return (double)(bits >> 11) * 0x1p-53;
}
