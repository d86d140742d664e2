/* SPDX-License-Identifier: ISC */
/*
 * Where a request may go: the decisions behind http.h's promises, apart from
 * the transfers so that a table can test them.  They are made by the parser
 * that makes the transfers, so that nobody reads a URL otherwise; scripts have
 * them by paperround-helper.
 */
#ifndef HTTP_POLICY_H
#define HTTP_POLICY_H

#include <stdbool.h>

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
