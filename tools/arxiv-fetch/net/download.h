/* SPDX-License-Identifier: ISC */
/*
 * One answer from a site, politely: from the cache if it is of today, else in
 * turn with the user's other processes, tried again when that may help, and
 * accepted only when the caller has looked at it and found it good.
 */
#ifndef DOWNLOAD_H
#define DOWNLOAD_H

#include <stdbool.h>

#include "common/io/output.h"
#include "common/net/http.h"
#include "common/net/throttle.h"
#include "net/cache.h"

enum download_result {
	DOWNLOAD_OK,
	DOWNLOAD_FAILED, /* another time, perhaps */
	DOWNLOAD_BAD, /* asking again would not help */
	DOWNLOAD_REFUSED, /* 401, and 403 where it is for good */
	DOWNLOAD_STOPPED /* a signal came */
};

enum page_verdict {
	PAGE_GOOD, /* use it and keep it */
	PAGE_PASSING, /* use it now, but do not keep it */
	PAGE_AGAIN, /* ask again; why says what is wrong */
	PAGE_BAD /* why says what is wrong */
};

struct download_request {
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
	 * left.  why has WHY_SIZE bytes.
	 */
	enum page_verdict (*check)(
	    void *arg, struct spool *page, bool last, char *why);
	void *check_arg;
};

#define WHY_SIZE 400

struct downloader {
	const char *base_url; /* asked instead of any site, or NULL */
	const struct output *out; /* if it fails, nothing more is asked */
	struct http *http;
	struct pace *pace;
	struct cache cache;
	double pace_seconds; /* the unit of every wait */
	long retries;
	long timeout_ms;
	/* A 403 is a block for some hours: the site is left alone for one. */
	bool blocks_for_hours;
	char doing[120]; /* what the requests are for, for people */
	long status; /* of the last answer; 0: there was none */
	/* The last request failed at all its tries: until one succeeds each
	 * has one try, and long pauses are not waited for. */
	bool down;
};

/* What is being done, for a person who watches. */
void download_doing(struct downloader *d, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* A signal came, or what comes could not be written: nothing is asked for any
 * more. */
bool download_is_over(const struct downloader *d);

/*
 * On DOWNLOAD_OK page holds the answer, rewound, to be released by the caller.
 * Otherwise why says what happened.
 */
enum download_result download_page(struct downloader *d,
    const struct download_request *r, struct spool *page, char why[WHY_SIZE]);

/* What was kept of the request turned out not to be worth it. */
void download_forget(struct downloader *d, const struct download_request *r);

#endif
