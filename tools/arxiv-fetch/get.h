/* SPDX-License-Identifier: ISC */
/*
 * One answer from a site, politely: from the cache if it is of today, else in
 * turn with the user's other processes, tried again when that may help, and
 * accepted only when the caller has looked at it and found it good.
 */
#ifndef GET_H
#define GET_H

#include <stdbool.h>

#include "common/net/http.h"
#include "common/net/pace.h"
#include "cache.h"

enum get_result {
	GET_OK,
	GET_FAILED, /* another time, perhaps */
	GET_BAD, /* asking again would not help */
	GET_REFUSED, /* 401, 403 */
	GET_STOPPED /* a signal came */
};

enum get_verdict {
	PAGE_GOOD, /* use it and keep it */
	PAGE_PASSING, /* use it now, but do not keep it */
	PAGE_AGAIN, /* ask again; why says what is wrong */
	PAGE_BAD /* why says what is wrong */
};

struct get_request {
	const char *url; /* no secrets: it is shown and hashed */
	const char *url_secret; /* added to the URL when it is sent; may be
				 * NULL */
	const char *source; /* whose cool-down it is: "rss" */
	const char *accept;
	const char *header; /* one more, may be secret; or NULL */
	const char *body; /* makes it a POST, of JSON; or NULL */
	bool no_cache;
	/*
	 * Looks at a whole answer of status 200.  last: there are no tries
	 * left.  why has GET_WHY_SIZE bytes.
	 */
	enum get_verdict (*check)(
	    void *arg, struct spool *page, bool last, char *why);
	void *check_arg;
};

#define GET_WHY_SIZE 400

struct getter {
	struct http *http;
	struct pace *pace;
	struct cache cache;
	double pace_seconds; /* the unit of every wait */
	long retries;
	long timeout_ms;
	unsigned long sent, from_cache;
	char doing[120]; /* what the requests are for, for people */
	/* The last request failed at all its tries: until one succeeds each
	 * has one try, and long pauses are not waited for. */
	bool down;
};

/*
 * On GET_OK page holds the answer, rewound, to be released by the caller.
 * Otherwise why says what happened.
 */
enum get_result get_page(struct getter *g, const struct get_request *r,
    struct spool *page, char why[GET_WHY_SIZE]);

/*
 * For an answer that was good when it was looked at and is read once more:
 * GET_OK, or, if error is not NULL, GET_BAD and why.
 */
enum get_result get_reread(const char *error, char why[GET_WHY_SIZE]);

#endif
