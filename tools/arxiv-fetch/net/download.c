/* SPDX-License-Identifier: ISC */
#include "net/net.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "common/base/msg.h"
#include "common/base/xalloc.h"
#include "common/cli/run.h"
#include "common/net/throttle.h"

#define MAX_BODY      ((size_t)64 << 20)

/* Waits, in units of the pace: 3 s for arXiv. */
#define BACKOFF_BASE  2
#define BACKOFF_CAP   100
#define BUSY_BASE     20 /* 429 without a time: a minute and more */
#define BUSY_CAP      200
#define PATIENCE      300
#define LESS_PATIENCE 20 /* with a site that is down */

/* Seconds, whatever the pace. */
#define MOST_PATIENCE 1800
#define BLOCKED	      3600 /* after a 403 that will pass */

/* One request through its tries. */
struct attempt {
	struct downloader *d;
	const struct download_request *r;
	struct spool *page;
	char *why;
	unsigned number; /* from 0 */
	struct spool kept; /* an older answer, to be revalidated */
	struct cache_head head; /* its */
	double wait; /* before the next try */
	bool is_over; /* there is to be none */
	int write_error; /* an errno, where the answer could not be stored */
};

static bool
on_chunk(void *arg, const char *p, size_t n)
{
	struct attempt *a = arg;

	if (spool_write(a->page, p, n))
		return true;
	a->write_error = errno;
	return false;
}

static char *
cache_key(const struct download_request *r)
{
	return xasprintf("%s\n%s", r->url, r->body != NULL ? r->body : "");
}

/* Days are arXiv's: what was fetched before the last midnight in Ithaca may
 * have been replaced since. */
static bool
is_fresh(const struct cache_head *head)
{
	return head->fetched <= now() &&
	    eastern_day(head->fetched) == eastern_day(now());
}

static void
add_validators(struct http_request *q, const struct attempt *a)
{
	if (a->kept.fd == -1)
		return;
	if (a->head.etag[0] != '\0')
		strlist_take(
		    &q->headers, xasprintf("If-None-Match: %s", a->head.etag));
	if (a->head.last_modified[0] != '\0')
		strlist_take(&q->headers,
		    xasprintf("If-Modified-Since: %s", a->head.last_modified));
}

/* The answer may quote it, and is read as a whole to have it struck out. */
static bool
has_key(const struct download_request *r)
{
	return r->header != NULL || r->url_secret != NULL;
}

static struct http_request *
make_request(struct attempt *a)
{
	const struct download_request *r = a->r;
	char *url = xasprintf(
	    "%s%s", r->url, r->url_secret != NULL ? r->url_secret : "");
	struct http_request *q = http_request_new(url);

	free(url);
	strlist_take(&q->headers, xasprintf("Accept: %s", r->accept));
	if (r->header != NULL)
		strlist_add(&q->headers, r->header);
	if (r->body != NULL) {
		strbuf_addstr(&q->body, r->body);
		strlist_add(&q->headers, "Content-Type: application/json");
	}
	add_validators(q, a);
	q->timeout_ms = a->d->timeout_ms;
	q->max_body = MAX_BODY;
	q->follow = true;
	if (!has_key(r)) {
		q->sink = on_chunk;
		q->sink_arg = a;
	}
	return q;
}

/* What the body of an error says, if it says it in a line of text. */
static void
explain_status(const struct http_reply *reply, char *why)
{
	const char *type = http_header(reply, "content-type");
	size_t n = strcspn(reply->body.s, "\r\n");
	bool html = type != NULL && strncasecmp(type, "text/html", 9) == 0;

	if (reply->status == 403 && html)
		snprintf(why, WHY_SIZE,
		    "HTTP status 403 with an HTML page: this address or "
		    "program is blocked");
	else if (n > 0 && n < 200 && !html && reply->body.s[0] != '<')
		snprintf(why, WHY_SIZE, "HTTP status %ld: %.*s", reply->status,
		    (int)n, reply->body.s);
	else
		snprintf(why, WHY_SIZE, "HTTP status %ld", reply->status);
}

/* Seconds before the next try. */
static double
wait_after(const struct attempt *a, const struct http_reply *reply)
{
	double unit = a->d->pace_seconds, asked, base = 0;

	/* The server's dates are of the real clock, whatever --now says. */
	if (retry_after(reply, (moment_t)time(NULL), &asked))
		return asked > unit ? asked : unit;
	if (reply->status == 429)
		base = BUSY_BASE * unit;
	return base +
	    retry_backoff(a->number,
		(base > 0 ? BUSY_BASE : BACKOFF_BASE) * unit,
		(base > 0 ? BUSY_CAP : BACKOFF_CAP) * unit, retry_random());
}

static void
copy_header(
    const struct http_reply *reply, const char *name, char *to, size_t size)
{
	const char *value = http_header(reply, name);

	/* A validator that does not fit is worse than none. */
	if (value == NULL || strlen(value) >= size)
		value = "";
	snprintf(to, size, "%s", value);
}

static void
keep(struct attempt *a, const struct http_reply *reply)
{
	struct cache_head head = {.fetched = now()};
	char *key = cache_key(a->r);

	copy_header(reply, "etag", head.etag, sizeof(head.etag));
	copy_header(reply, "last-modified", head.last_modified,
	    sizeof(head.last_modified));
	cache_keep(&a->d->cache, key, &head, a->page);
	free(key);
}

static enum download_result
judge_page(struct attempt *a, const struct http_reply *reply, bool last)
{
	const struct download_request *r = a->r;
	enum page_verdict verdict;

	spool_rewind(a->page);
	verdict = r->check(r->check_arg, a->page, last, a->why);
	if (verdict == PAGE_GOOD && !r->no_cache)
		keep(a, reply);
	spool_rewind(a->page);
	switch (verdict) {
	case PAGE_GOOD:
	case PAGE_PASSING:
		return DOWNLOAD_OK;
	case PAGE_AGAIN:
		a->wait = wait_after(a, reply);
		return DOWNLOAD_FAILED;
	case PAGE_BAD:
		break;
	}
	return DOWNLOAD_BAD;
}

static bool
is_usable(enum page_verdict verdict)
{
	return verdict == PAGE_GOOD || verdict == PAGE_PASSING;
}

/* 304: the kept answer is as good as new, if it can still be read. */
static enum download_result
use_kept(struct attempt *a)
{
	if (!is_usable(a->r->check(a->r->check_arg, &a->kept, true, a->why))) {
		spool_release(&a->kept); /* the next try asks for all of it */
		return DOWNLOAD_FAILED;
	}
	spool_release(a->page);
	*a->page = a->kept;
	a->kept.fd = -1;
	a->kept.temp = NULL;
	a->head.fetched = now();
	cache_touch(a->page, &a->head);
	spool_rewind(a->page);
	return DOWNLOAD_OK;
}

/* arXiv blocks addresses and programs for hours, and longer if they go on. */
static enum download_result
leave_alone(struct attempt *a)
{
	size_t n = strlen(a->why);

	snprintf(a->why + n, WHY_SIZE - n,
	    "; that lasts hours, and asking again makes it longer: no request "
	    "for an hour");
	a->wait = BLOCKED;
	a->is_over = true;
	return DOWNLOAD_FAILED;
}

/* Error bodies are feeds too, and the caller knows how to read them. */
static enum download_result
judge_error(struct attempt *a, const struct http_reply *reply)
{
	const struct download_request *r = a->r;

	explain_status(reply, a->why);
	if (reply->status == 403 && a->d->blocks_for_hours)
		return leave_alone(a);
	if (reply->status == 401 || reply->status == 403)
		return DOWNLOAD_REFUSED;
	if (reply->body.len > 0 && reply->body.s[0] == '<' &&
	    spool_write(a->page, reply->body.s, reply->body.len)) {
		char why[WHY_SIZE] = "";

		spool_rewind(a->page);
		if (r->check(r->check_arg, a->page, true, why) == PAGE_BAD)
			snprintf(a->why, WHY_SIZE, "%s", why);
	}
	return DOWNLOAD_BAD;
}

/* 406 is what arXiv's edge says when it has enough of somebody. */
static bool
is_transient(const struct http_reply *reply)
{
	return retry_is_transient(reply) ||
	    (reply->failure == HTTP_OK && reply->status == 406);
}

static enum download_result
judge(struct attempt *a, const struct http_reply *reply, bool last)
{
	a->wait = 0;
	if (is_transient(reply)) {
		if (reply->failure == HTTP_OK)
			explain_status(reply, a->why);
		else
			snprintf(a->why, WHY_SIZE, "%s", reply->why);
		a->wait = wait_after(a, reply);
		return DOWNLOAD_FAILED;
	}
	if (reply->failure == HTTP_SINK ||
	    (reply->status == 200 && has_key(a->r) &&
		!on_chunk(a, reply->body.s, reply->body.len))) {
		snprintf(a->why, WHY_SIZE, "temporary file: %s",
		    strerror(a->write_error));
		return DOWNLOAD_BAD;
	}
	if (reply->failure != HTTP_OK) {
		snprintf(a->why, WHY_SIZE, "%s", reply->why);
		return DOWNLOAD_BAD;
	}
	if (reply->status == 304 && a->kept.fd != -1)
		return use_kept(a);
	if (reply->status == 200)
		return judge_page(a, reply, last);
	return judge_error(a, reply);
}

static void
show_progress(const struct attempt *a)
{
	struct strbuf b = STRBUF_INIT(1000);

	if (!progress_wanted())
		return;
	strbuf_addstr(&b, a->d->doing);
	if (a->number == 0)
		strbuf_addstr(&b, ": asking");
	else
		strbuf_addf(&b, ": trying again after %.0f s: %s",
		    a->wait > a->d->pace_seconds ? a->wait : a->d->pace_seconds,
		    a->why);
	progress_show(strbuf_slice(&b));
	strbuf_release(&b);
}

/* Seconds that a pause the site asked for is waited for. */
static double
patience(const struct downloader *d)
{
	double seconds = (d->down ? LESS_PATIENCE : PATIENCE) * d->pace_seconds;

	return seconds < MOST_PATIENCE ? seconds : MOST_PATIENCE;
}

/* The status may have been another process's. */
static void
explain_pause(struct attempt *a, double wait)
{
	if (pace_status(a->d->pace, a->r->source) == 403)
		snprintf(a->why, WHY_SIZE,
		    "not asked, since arXiv blocked this address or program "
		    "(HTTP status 403); that lasts hours, and asking makes it "
		    "longer: no request for %.0f more minutes",
		    ceil(wait / 60));
	else
		snprintf(a->why, WHY_SIZE,
		    "the site asked for a pause, %.0f s of which are left",
		    wait);
}

static enum download_result
try_once(struct attempt *a, bool last)
{
	struct downloader *d = a->d;
	struct http_request *q;
	struct http_reply reply;
	enum download_result result;
	double wait;

	show_progress(a);
	switch (pace_enter(d->pace, a->r->source, patience(d), &wait)) {
	case PACE_STOPPED:
		return DOWNLOAD_STOPPED;
	case PACE_LATER:
		explain_pause(a, wait);
		a->is_over = true;
		return DOWNLOAD_FAILED;
	case PACE_GO:
		break;
	}
	spool_clear(a->page);
	msg_verbose("get %s", a->r->url);
	http_start(d->http, make_request(a));
	if ((q = http_next(d->http, -1, &reply)) == NULL) {
		pace_leave(d->pace, a->r->source, 0, 0);
		return DOWNLOAD_STOPPED;
	}
	result = judge(a, &reply, last);
	d->status = reply.status;
	pace_leave(d->pace, a->r->source, a->wait, reply.status);
	http_request_free(q);
	http_reply_release(&reply);
	return result;
}

static enum download_result
try_all(struct attempt *a)
{
	struct downloader *d = a->d;
	unsigned long retries = d->down ? 0 : (unsigned long)d->retries;
	enum download_result result;
	bool last;

	for (a->number = 0;; a->number++) {
		last = a->number >= retries;
		result = try_once(a, last);
		d->down = result == DOWNLOAD_FAILED;
		if (result != DOWNLOAD_FAILED || last || a->is_over)
			return result;
		d->down = false; /* there are tries left */
		msg_verbose("%s: %s; trying again", a->r->url, a->why);
	}
}

enum download_result
download_page(struct downloader *d, const struct download_request *r,
    struct spool *page, char why[WHY_SIZE])
{
	struct attempt a = {
	    .d = d, .r = r, .page = page, .why = why, .kept = {.fd = -1}};
	enum download_result result;
	char *key = cache_key(r);

	why[0] = '\0';
	*page = (struct spool) {.fd = -1};
	if (!r->no_cache)
		cache_find(&d->cache, key, &a.head, &a.kept);
	free(key);
	if (a.kept.fd != -1 && is_fresh(&a.head) &&
	    is_usable(r->check(r->check_arg, &a.kept, true, why))) {
		msg_verbose("cached %s", r->url);
		*page = a.kept;
		spool_rewind(page);
		return DOWNLOAD_OK;
	}
	if (is_fresh(&a.head))
		spool_release(&a.kept); /* damaged: nothing to revalidate */
	cache_spool(&d->cache, page);
	result = try_all(&a);
	progress_hide();
	if (result != DOWNLOAD_OK)
		spool_release(page);
	spool_release(&a.kept);
	return result;
}

void
download_forget(struct downloader *d, const struct download_request *r)
{
	char *key = cache_key(r);

	cache_forget(&d->cache, key);
	free(key);
}

void
download_doing(struct downloader *d, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(d->doing, sizeof(d->doing), fmt, ap);
	va_end(ap);
}

bool
download_is_over(const struct downloader *d)
{
	return run_stopping() || d->out->failed;
}
