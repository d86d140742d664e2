/* SPDX-License-Identifier: ISC */
/*
 * HTTP over libcurl's multi interface, and the only user of it.
 *
 * The policy that no caller may forget lives here: HTTPS only, but for
 * loopback; redirects only to the same site over HTTPS and only if asked for;
 * bodies (after gzip, brotli) bounded; header values never logged; known keys,
 * which are those in the environment, too, struck out of what comes back;
 * nothing printed from within a callback.
 */
#ifndef HTTP_H
#define HTTP_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/slice.h"
#include "common/base/strbuf.h"
#include "common/base/strlist.h"

struct http; /* a set of transfers in flight */

enum http_failure {
	HTTP_OK, /* an answer came; look at its status */
	HTTP_CONNECT, /* name, connection, TLS */
	HTTP_RECEIVE, /* reset, cut or malformed answer */
	HTTP_TIMEOUT,
	HTTP_TOO_LARGE, /* the body passed max_body */
	HTTP_POLICY, /* not HTTPS, redirect to elsewhere */
	HTTP_SINK /* the request's sink refused a chunk */
};

struct http_request {
	char *url; /* owned */
	struct strlist headers; /* "Name: value"; may hold secrets */
	struct strbuf body; /* empty: GET, else POST */
	long timeout_ms, connect_timeout_ms; /* 0: 600 s, 10 s */
	size_t max_body; /* 0: 8 MiB */
	bool follow; /* redirects within the site */
	/* If set, a 200's body goes here in pieces instead of into the reply;
	 * false ends the transfer as HTTP_SINK.  Must not print.  Not for
	 * requests with a key: pieces are given as they come. */
	bool (*sink)(void *arg, const char *p, size_t n);
	void *sink_arg;
	void *user; /* the caller's */
};

struct http_reply {
	enum http_failure failure;
	long status; /* 0: none came */
	char why[256]; /* the failure in words; no secrets */
	struct strlist headers; /* "name: value", names in lower case */
	struct strbuf body;
	char *url; /* after redirects */
	double seconds;
};

struct http *http_new(const char *user_agent);
/* Ends what is in flight. */
void http_free(struct http *h);
/* A request with its fields empty. */
struct http_request *http_request_new(const char *url);
void http_request_free(struct http_request *r);
/* Takes over r until http_next gives it back. */
void http_start(struct http *h, struct http_request *r);
/*
 * Waits up to timeout_ms (-1: as long as it takes) for a transfer to end.  Gives its
 * request back (free it with http_request_free, or start it again) and fills
 * reply, to be released by the caller.  NULL: time is up, nothing in
 * flight, or a signal came.
 */
struct http_request *
http_next(struct http *h, int timeout_ms, struct http_reply *reply);
void http_reply_release(struct http_reply *reply);
/* Takes over a line as it came, "Name: value\r\n"; one that is none, or holds
 * a NUL, is left out. */
void http_header_add(struct http_reply *reply, const char *p, size_t n);
/* The value of a header (name in lower case), or NULL. */
const char *http_header(const struct http_reply *reply, const char *name);
/* Name and version of libcurl. */
const char *http_library(void);

/*
 * http_policy.c: where a request may go: the decisions behind http.h's
 * promises, apart from the transfers so that a table can test them.  They are
 * made by the parser that makes the transfers, so that nobody reads a URL
 * otherwise; scripts have them by paperround-helper.
 */

/* True if url is https, or http to a loopback address, and names no user; else
 * *why says what is wrong. */
bool http_url_allowed(const char *url, const char **why);
/* The same of a mail server: smtps, or smtp, which must change to TLS unless
 * the host is a loopback address. */
bool mail_url_allowed(const char *url, const char **why);
/* The host is localhost, or what libcurl reads as 127.0.0.0/8 or ::1. */
bool http_url_is_loopback(const char *url);
/* The host, with the port if site ends in one, is site or a name below it. */
bool http_url_is_at(const char *url, const char *site);
/* The same scheme, host and port: where headers with a key may go. */
bool http_same_origin(const char *a, const char *b);
/*
 * True for https on the same site (the last two labels of the host name are
 * the same).  From loopback to loopback, where tests have no TLS, only the
 * same origin will do.
 */
bool http_redirect_allowed(const char *from, const char *to);

#endif
