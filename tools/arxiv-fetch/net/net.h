/* SPDX-License-Identifier: ISC */
/*
 * Answers, how they are had and kept: what the files of this folder need of
 * each other, and all others of them, each under its name, from the bottom
 * upwards.
 */
#ifndef NET_H
#define NET_H

#include <stdbool.h>

#include "common/base/date.h"
#include "common/base/slice.h"
#include "common/io/output.h"
#include "common/net/http.h"
#include "common/net/throttle.h"
#include "formats/feed.h"

/*
 * cache.c: answers on disk.  Every answer goes through a file: it is used only
 * when it is whole, whatever its size, and one that turned out good is kept for
 * the rest of the day.  A file is a head of fixed size, then the body; its name
 * is the hash of its key.
 */

struct cache {
	char *dir; /* NULL: nothing is kept */
	bool pruned;
	int spare; /* an answer's file in TMPDIR, for when nothing is kept .. */
	int no_spare; /* .. or the errno why there is none */
};

/* What the head tells.  Empty strings: unknown. */
struct cache_head {
	char etag[256];
	char last_modified[64];
	moment_t fetched;
};

/* An answer's file.  fd -1: none. */
struct spool {
	int fd;
	char *temp; /* its name while it is not kept; NULL: none */
};

/* Opens what cannot be opened later, when a tool has confined itself. */
void cache_prepare(struct cache *c);
/* After that.  dir NULL: no cache.  The directory is made when it is needed. */
void cache_init(struct cache *c, const char *dir);
void cache_release(struct cache *c);

/* A kept answer, read from its body on, or false. */
bool cache_find(
    struct cache *c, const char *key, struct cache_head *head, struct spool *s);
/* A file to write a body to, at its end, one at a time.  Exits if there is none
 * to be had. */
void cache_spool(struct cache *c, struct spool *s);
bool spool_write(struct spool *s, const char *p, size_t n);
/* Empties it for another try. */
void spool_clear(struct spool *s);
/* To the body's beginning, for reading. */
void spool_rewind(struct spool *s);
void spool_release(struct spool *s);

/* Puts s in the cache under key; s stays readable.  A failure is said, and is
 * no more than that. */
void cache_keep(struct cache *c, const char *key, const struct cache_head *head,
    struct spool *s);
/* What is kept under key, if anything, is not to be used again. */
void cache_forget(struct cache *c, const char *key);
/* Revalidated: a kept answer's head is written anew. */
void cache_touch(struct spool *s, const struct cache_head *head);

/*
 * download.c: one answer from a site, politely: from the cache if it is of
 * today, else in turn with the user's other processes, tried again when that
 * may help, and accepted only when the caller has looked at it and found it
 * good.
 */

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

/*
 * memory_file.c: the batches of a category on disk: a file for each host and
 * category, which is replaced as a whole under a lock, so that any number of
 * processes may add to it.  What cannot be used is set aside, and what cannot
 * be written is told; then nothing is remembered, and nothing else happens.
 */

struct memory_file {
	char *path; /* NULL: nothing is remembered */
};

/* dir NULL: no memory; base is a server that is asked instead of arXiv's, or
 * NULL. */
void memory_file_init(struct memory_file *f, const char *dir, const char *base,
    const char *category);
void memory_file_release(struct memory_file *f);
/* m is empty if there is nothing to be had. */
void memory_file_load(struct memory_file *f, struct batch_memory *m);
/* The batches join what the file has by now. */
void
memory_file_put(struct memory_file *f, const struct batch *batches, size_t n);

/*
 * feed_page.c: what is asked for and what is read, together: a feed by its URL,
 * answers of the query interface, listing pages.  A feed is read twice: once to
 * see whether it is to be believed, and then for its entries.
 */

struct feed_page {
	const char *url, *source, *accept; /* as in struct download_request */
	bool no_cache;
	bool uncounted; /* the entries are not the run's papers */
	/* What to do with an answer, of which info tells; why has WHY_SIZE
	 * bytes.  Also called for errors, where its result does not count. */
	enum page_verdict (*judge)(
	    void *arg, const struct feed_info *info, bool last, char *why);
	/* Gets each entry, counted. */
	void (*entry)(void *arg, struct entry *e);
	void *arg; /* of both */
};

/* Asks and hands out the entries.  *info, to be released in any case, is of
 * the answer if it is DOWNLOAD_OK; else why says what happened. */
enum download_result feed_page_get(struct downloader *d,
    const struct feed_page *p, struct feed_info *info, char why[WHY_SIZE]);

/* start + size may not pass this, or the query interface fails. */
#define QUERY_LIMIT 10000

/* Ids in one request; the URL stays below 4 KB. */
#define QUERY_IDS   100

/* The address of so many papers, or fewer; to be freed. */
char *query_ids_url(const char *base, const struct strlist *ids);

/* One request to the query interface. */
struct query_page {
	char *url; /* owned */
	long start, size;
	void (*entry)(void *arg, struct entry *e);
	void *arg;
	bool may_be_short; /* a list of ids, some of which may not exist */

	bool asked_again;
	long total; /* of the answer */
	long entries; /* it has */
	char why[WHY_SIZE];
};

/* The same, and knows when this interface's answers are not believed. */
enum download_result query_page_get(struct downloader *d, struct query_page *q);
/* What came was good in itself, but does not follow what came before. */
void query_page_forget(struct downloader *d, const struct query_page *q);

/* The listing page of a category.  due: the day that it
 * should be of; an older page is not kept.  l is to be
 * released in any case, and of use if the result is DOWNLOAD_OK. */
enum download_result listing_page_get(struct downloader *d,
    const char *category, day_t due, struct listing *l, char why[WHY_SIZE]);

/*
 * oai_list.c: OAI-PMH: a ListRecords request and all its pages, and the
 * announcements of past days that follow from them.  Tokens that expire, pages
 * that overlap and answers that lead back to themselves are dealt with here.
 */

struct oai_list {
	struct downloader *d;
	char *set; /* "" for all; owned */
	day_t from, until; /* datestamps, inclusive; NO_DAY: open */
	bool no_cache;
	bool uncounted; /* the records are not the run's papers */
	/* Each record once (within the last RECENT_IDS of them). */
	void (*record)(void *arg, struct entry *e);
	void *arg;

	char *token; /* of the next page; NULL: the first */
	bool done;
	struct recent_ids seen, asked; /* records, tokens */
	uint64_t fresh; /* records since the list was begun */
	bool begun; /* .. again */
	day_t last; /* the latest datestamp so far */
	day_t responded; /* the day of the first answer; NO_DAY */
	char *url; /* of the page in hand */
	uint64_t pages, records;
	bool expired; /* the page in hand says so */
	char why[WHY_SIZE];
};

void oai_list_init(struct oai_list *l, struct downloader *d, const char *set,
    day_t from, day_t until);
void oai_list_release(struct oai_list *l);
/* A record as it is, by which it is known again. */
uint64_t oai_record_hash(const struct entry *e);
/* Gets one page and hands out its records; done tells if it was the last.
 * Not DOWNLOAD_OK: why says what happened. */
enum download_result oai_list_next(struct oai_list *l);

/*
 * What was announced on past days.  A record tells when each version was
 * received, and so (schedule.c) when it was announced.  It does not tell when
 * the paper was listed in one more category; such announcements cannot be
 * found out later.
 */
struct oai_dates {
	struct downloader *d;
	const struct strlist *categories; /* the reader's: what is home */
	const char *category;
	day_t first, last; /* announcements of these days */
	/* Each paper found, with its announcement and its day. */
	void (*found)(void *arg, struct entry *e);
	void *arg;

	char *url; /* of the first request; owned */
	uint64_t entries; /* found */
	char why[WHY_SIZE];

	/* Papers whose one version is older, but whose record changed within
	 * the days: held back and announced late, or only touched.  Ids are
	 * given out at announcement, so the id tells. */
	struct paper_table held;
	struct id_range {
		day_t day;
		char min[ARXIV_ID_SIZE], max[ARXIV_ID_SIZE];
	} * ranges;
	size_t nranges, cap;
};

/* Asks and hands out; entries are counted even if it fails midway. */
enum download_result oai_dates_get(struct oai_dates *a);
void oai_dates_release(struct oai_dates *a);

#endif
