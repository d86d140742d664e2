/* SPDX-License-Identifier: ISC */
#include "common/net/http.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/date.h"
#include "common/base/run_state.h"
#include "common/base/secret.h"
#include "common/base/xalloc.h"
#include "common/net/curl_library.h"

#define DEFAULT_MAX_BODY   ((size_t)8 << 20)
#define DEFAULT_TIMEOUT_MS 600000L
#define DEFAULT_CONNECT_MS 10000L
#define MAX_HEADER_BYTES   ((size_t)256 << 10)
#define MAX_REDIRECTS	   5
/* A signal that comes just before the wait would go unnoticed for as long as
 * the wait lasts, so no wait is longer than this. */
#define WAIT_SLICE_MS	   500

/* One request on its way. */
struct transfer {
	struct http_request *request;
	struct http_reply reply;
	CURL *easy;
	struct curl_slist *headers;
	size_t max_body, received, header_bytes;
	int redirects;
	struct transfer *next;
	char error[CURL_ERROR_SIZE];
};

struct http {
	CURLM *multi;
	char *user_agent;
	struct transfer *flying;
	/* Refused before it began; handed out by http_next like the rest. */
	struct transfer *refused;
	size_t in_flight;
};

/* Callbacks: they store and count, nothing else */

static void
fail(struct transfer *t, enum http_failure failure, const char *why)
{
	t->reply.failure = failure;
	snprintf(t->reply.why, sizeof(t->reply.why), "%s", why);
}

static size_t
on_body(char *p, size_t size, size_t n, void *arg)
{
	struct transfer *t = arg;
	struct http_request *r = t->request;
	long status = 0;

	n *= size;
	if (n > t->max_body - t->received) {
		fail(t, HTTP_TOO_LARGE, "the answer is larger than allowed");
		return CURL_WRITEFUNC_ERROR;
	}
	t->received += n;
	if (r->sink == NULL) {
		strbuf_add(&t->reply.body, p, n);
		return n;
	}
	curl.easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
	if (status != 200) {
		strbuf_add(&t->reply.body, p, n);
	} else if (!r->sink(r->sink_arg, p, n)) {
		fail(t, HTTP_SINK, "the answer was refused");
		return CURL_WRITEFUNC_ERROR;
	}
	return n;
}

void
http_header_add(struct http_reply *reply, const char *p, size_t n)
{
	const char *colon = memchr(p, ':', n);
	struct slice value;
	size_t name;
	char *line;

	if (colon == NULL || memchr(p, '\0', n) != NULL)
		return;
	name = (size_t)(colon - p);
	value = slice_trim((struct slice) {colon + 1, n - name - 1});
	line = xasprintf("%.*s: %.*s", (int)name, p, (int)value.n, value.p);
	secret_hide(line, strlen(line));
	for (size_t i = 0; i < name; i++)
		line[i] = (char)tolower((unsigned char)line[i]);
	strlist_take(&reply->headers, line);
}

static size_t
on_header(char *p, size_t size, size_t n, void *arg)
{
	struct transfer *t = arg;

	n *= size;
	/* A status line begins a new answer: after 100 Continue, say. */
	if (n >= 5 && memcmp(p, "HTTP/", 5) == 0) {
		strlist_release(&t->reply.headers);
		t->header_bytes = 0;
	}
	if (n > MAX_HEADER_BYTES - t->header_bytes) {
		fail(t, HTTP_RECEIVE, "the answer's headers are too long");
		return CURL_WRITEFUNC_ERROR;
	}
	t->header_bytes += n;
	http_header_add(&t->reply, p, n);
	return n;
}

/* Setting up and ending a transfer */

struct http *
http_new(const char *user_agent)
{
	struct http *h = xcalloc(1, sizeof(*h));

	secret_learn_environment();
	curl_load();
	if (curl.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		xalloc_die();
	if ((h->multi = curl.multi_init()) == NULL)
		xalloc_die();
	h->user_agent = xstrdup(user_agent);
	return h;
}

struct http_request *
http_request_new(const char *url)
{
	struct http_request *r = xcalloc(1, sizeof(*r));

	r->url = xstrdup(url);
	strbuf_init(&r->body, STRBUF_MAX);
	return r;
}

void
http_request_free(struct http_request *r)
{
	if (r == NULL)
		return;
	free(r->url);
	strlist_release(&r->headers);
	strbuf_release(&r->body);
	free(r);
}

static void
set_headers(struct transfer *t, const char *url)
{
	const struct strlist *l = &t->request->headers;
	struct curl_slist *more;

	curl.slist_free_all(t->headers);
	/* No round trip for a permission to send a long body. */
	t->headers = curl.slist_append(NULL, "Expect:");
	if (t->headers == NULL)
		xalloc_die();
	/* What may hold a key goes nowhere but where it was meant to go. */
	for (size_t i = 0; http_same_origin(t->request->url, url) && i < l->n;
	     i++) {
		if ((more = curl.slist_append(t->headers, l->v[i])) == NULL)
			xalloc_die();
		t->headers = more;
	}
	curl.easy_setopt(t->easy, CURLOPT_HTTPHEADER, t->headers);
}

static void
set_url(struct transfer *t, const char *url)
{
	bool loopback = http_url_is_loopback(url);

	free(t->reply.url);
	t->reply.url = xstrdup(url);
	curl.easy_setopt(t->easy, CURLOPT_URL, url);
	curl.easy_setopt(
	    t->easy, CURLOPT_PROTOCOLS_STR, loopback ? "http,https" : "https");
	/* NULL: the environment's proxy; "": none. */
	curl.easy_setopt(t->easy, CURLOPT_PROXY, loopback ? "" : NULL);
	set_headers(t, url);
}

/* The path that a variable of the environment has; NULL: none. */
static const char *
path_in(const char *variable)
{
	const char *path = getenv(variable);

	return path != NULL && *path != '\0' ? path : NULL;
}

/* A network with a certificate authority of its own says so as it does to
 * curl(1); the library itself leaves this to its callers. */
static void
set_trust(CURL *easy)
{
	const char *file = path_in("CURL_CA_BUNDLE"), *dir = NULL;

	if (file == NULL) {
		file = path_in("SSL_CERT_FILE");
		dir = path_in("SSL_CERT_DIR");
	}
	if (file != NULL)
		curl.easy_setopt(easy, CURLOPT_CAINFO, file);
	if (dir != NULL) {
		curl.easy_setopt(easy, CURLOPT_CAPATH, dir);
		curl.easy_setopt(easy, CURLOPT_PROXY_CAPATH, dir);
	}
}

static void
set_body(CURL *easy, const struct strbuf *body)
{
	if (body->len == 0)
		return;
	curl.easy_setopt(
	    easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)body->len);
	curl.easy_setopt(easy, CURLOPT_POSTFIELDS, body->s);
}

static void
set_options(struct http *h, struct transfer *t)
{
	const struct http_request *r = t->request;
	CURL *e = t->easy;

	curl.easy_setopt(e, CURLOPT_PRIVATE, t);
	curl.easy_setopt(e, CURLOPT_ERRORBUFFER, t->error);
	curl.easy_setopt(e, CURLOPT_USERAGENT, h->user_agent);
	curl.easy_setopt(e, CURLOPT_ACCEPT_ENCODING, "");
	curl.easy_setopt(e, CURLOPT_WRITEFUNCTION, on_body);
	curl.easy_setopt(e, CURLOPT_WRITEDATA, t);
	curl.easy_setopt(e, CURLOPT_HEADERFUNCTION, on_header);
	curl.easy_setopt(e, CURLOPT_HEADERDATA, t);
	curl.easy_setopt(e, CURLOPT_TIMEOUT_MS,
	    r->timeout_ms > 0 ? r->timeout_ms : DEFAULT_TIMEOUT_MS);
	curl.easy_setopt(e, CURLOPT_CONNECTTIMEOUT_MS,
	    r->connect_timeout_ms > 0 ? r->connect_timeout_ms
				      : DEFAULT_CONNECT_MS);
	set_trust(e);
	set_body(e, &r->body);
	set_url(t, r->url);
}

static void
transfer_launch(struct http *h, struct transfer *t)
{
	if (curl.multi_add_handle(h->multi, t->easy) != CURLM_OK)
		xalloc_die();
	t->next = h->flying;
	h->flying = t;
}

void
http_start(struct http *h, struct http_request *r)
{
	struct transfer *t = xcalloc(1, sizeof(*t));
	const char *why;

	t->request = r;
	t->max_body = r->max_body > 0 ? r->max_body : DEFAULT_MAX_BODY;
	strbuf_init(&t->reply.body, t->max_body);
	h->in_flight++;
	if (!http_url_allowed(r->url, &why)) {
		fail(t, HTTP_POLICY, why);
		t->next = h->refused;
		h->refused = t;
		return;
	}
	if ((t->easy = curl.easy_init()) == NULL)
		xalloc_die();
	set_options(h, t);
	transfer_launch(h, t);
}

static void
unlink_flying(struct http *h, const struct transfer *t)
{
	struct transfer **p = &h->flying;

	while (*p != NULL && *p != t)
		p = &(*p)->next;
	if (*p != NULL)
		*p = t->next;
	curl.multi_remove_handle(h->multi, t->easy);
}

/* Frees all but the request and the reply. */
static void
transfer_free(struct transfer *t)
{
	if (t->easy != NULL)
		curl.easy_cleanup(t->easy);
	curl.slist_free_all(t->headers);
	free(t);
}

static enum http_failure
failure_of(CURLcode code)
{
	switch (code) {
	case CURLE_COULDNT_RESOLVE_PROXY:
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_CONNECT:
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_PROXY:
		return HTTP_CONNECT;
	case CURLE_OPERATION_TIMEDOUT:
		return HTTP_TIMEOUT;
	case CURLE_URL_MALFORMAT:
		return HTTP_POLICY;
	default:
		return HTTP_RECEIVE;
	}
}

/*
 * Sends the transfer on its way again if its answer is a redirect that may be
 * followed.  False: the answer is final.
 */
static bool
follow(struct http *h, struct transfer *t)
{
	const struct http_request *r = t->request;
	char *to = NULL;

	if (!r->follow || r->body.len > 0)
		return false;
	curl.easy_getinfo(t->easy, CURLINFO_REDIRECT_URL, &to);
	if (to == NULL)
		return false;
	if (t->redirects++ == MAX_REDIRECTS) {
		fail(t, HTTP_POLICY, "too many redirects");
		return false;
	}
	if (!http_redirect_allowed(t->reply.url, to)) {
		snprintf(t->reply.why, sizeof(t->reply.why),
		    "redirect to another site or away from https: %s", to);
		t->reply.failure = HTTP_POLICY;
		return false;
	}
	strbuf_reset(&t->reply.body);
	strlist_release(&t->reply.headers);
	t->received = t->header_bytes = 0;
	to = xstrdup(to); /* curl's copy ends with the next setopt */
	set_url(t, to);
	free(to);
	transfer_launch(h, t);
	return true;
}

static void
note_result(struct transfer *t, CURLcode code)
{
	const char *why =
	    t->error[0] != '\0' ? t->error : curl.easy_strerror(code);
	double seconds = 0;

	curl.easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &t->reply.status);
	curl.easy_getinfo(t->easy, CURLINFO_TOTAL_TIME, &seconds);
	t->reply.seconds += seconds;
	/* The callbacks said better what is wrong than "write error". */
	if (code != CURLE_OK && t->reply.failure == HTTP_OK)
		fail(t, failure_of(code), why);
}

/* A transfer that is over, or NULL. */
static struct transfer *
take_finished(struct http *h)
{
	struct transfer *t = h->refused;
	CURLMsg *m;
	int left;

	if (t != NULL) {
		h->refused = t->next;
		return t;
	}
	while ((m = curl.multi_info_read(h->multi, &left)) != NULL) {
		CURLcode code = m->data.result;

		if (m->msg != CURLMSG_DONE)
			continue;
		curl.easy_getinfo(
		    m->easy_handle, CURLINFO_PRIVATE, (char **)&t);
		unlink_flying(h, t);
		note_result(t, code);
		if (code == CURLE_OK && follow(h, t))
			continue;
		return t;
	}
	return NULL;
}

static struct http_request *
give_back(struct http *h, struct transfer *t, struct http_reply *reply)
{
	struct http_request *r = t->request;

	*reply = t->reply;
	secret_hide(reply->body.s, reply->body.len);
	secret_hide(reply->why, strlen(reply->why));
	if (reply->url == NULL)
		reply->url = xstrdup(r->url);
	transfer_free(t);
	h->in_flight--;
	return r;
}

struct http_request *
http_next(struct http *h, int timeout_ms, struct http_reply *reply)
{
	double end = monotonic_seconds() + timeout_ms / 1000.0;
	double left = WAIT_SLICE_MS;
	struct transfer *t;
	int running;

	while (h->in_flight > 0 && !run_stopping()) {
		if (curl.multi_perform(h->multi, &running) != CURLM_OK)
			xalloc_die();
		if ((t = take_finished(h)) != NULL)
			return give_back(h, t, reply);
		if (timeout_ms >= 0)
			left = (end - monotonic_seconds()) * 1000;
		if (left <= 0)
			break;
		curl.multi_poll(h->multi, NULL, 0,
		    left < WAIT_SLICE_MS ? (int)left + 1 : WAIT_SLICE_MS, NULL);
	}
	return NULL;
}

void
http_free(struct http *h)
{
	struct http_reply reply;
	struct transfer *t;

	if (h == NULL)
		return;
	while ((t = h->flying != NULL ? h->flying : h->refused) != NULL) {
		if (t == h->flying)
			unlink_flying(h, t);
		else
			h->refused = t->next;
		http_request_free(give_back(h, t, &reply));
		http_reply_release(&reply);
	}
	curl.multi_cleanup(h->multi);
	free(h->user_agent);
	free(h);
	curl.global_cleanup();
}

void
http_reply_release(struct http_reply *reply)
{
	strlist_release(&reply->headers);
	strbuf_release(&reply->body);
	free(reply->url);
	memset(reply, 0, sizeof(*reply));
	strbuf_init(&reply->body, 0);
}

const char *
http_header(const struct http_reply *reply, const char *name)
{
	size_t n = strlen(name);

	for (size_t i = 0; i < reply->headers.n; i++) {
		const char *line = reply->headers.v[i];

		if (strncmp(line, name, n) == 0 && line[n] == ':')
			return line + n + 2;
	}
	return NULL;
}

const char *
http_library(void)
{
	static char text[64];

	curl_load();
	snprintf(text, sizeof(text), "libcurl %s",
	    curl.version_info(CURLVERSION_NOW)->version);
	return text;
}
