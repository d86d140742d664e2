/* SPDX-License-Identifier: ISC */
/* What reads answers, as others see it. */
#ifndef FEED_H
#define FEED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <zlib.h>

#include "common/base/date.h"
#include "common/base/slice.h"
#include "common/base/strbuf.h"
#include "common/base/strlist.h"
#include "common/io/line_reader.h"
#include "model/model.h"

/*
 * input.c: a saved answer, read in order and once: a file, stdin or a spooled
 * page, compressed by gzip or not.  A signal that asks the tool to stop ends it
 * as a failure.
 */

struct input {
	gzFile gz;
	const char *name; /* for messages; borrowed */
	char *buf;
	size_t start, end; /* what buf holds unread */
	unsigned long line; /* of the last input_line, from 1 */
	bool eof, failed;
	bool stop; /* set by the caller: enough was read */
	char why[128]; /* of failed */
};

/* The next of the operands ("-" is stdin).  False if there was none left, or,
 * with failed and why set, if it cannot be opened. */
bool input_open_next(struct input *in, struct operands *files);
/* Reads fd from where it stands; fd stays the caller's. */
bool input_open_fd(struct input *in, int fd, const char *name);
void input_close(struct input *in);

/* The next bytes, unconsumed; empty at the end or on failure. */
struct slice input_peek(struct input *in);
/* Up to n bytes; 0 at the end, -1 with why set on failure: a read error or a
 * compressed file that is cut or damaged. */
long input_read(struct input *in, char *p, size_t n);
/*
 * The next line without its newline, in b; false at the end or on failure.
 * A line longer than b's maximum comes out empty with b->overflow set.
 */
bool input_line(struct input *in, struct strbuf *b);
/* All of fd from where it stands, in b; false if it cannot be read or does
 * not fit. */
bool input_all(int fd, struct strbuf *b);

/*
 * kinds.c: reading a saved answer of any of arXiv's interfaces.  What kind it is
 * shows in its first bytes or its root element; entries come out one by one,
 * so memory does not grow with the answer.
 */

/* Whose answer it is, where that must be known. */
enum feed_kind {
	KIND_OTHER,
	KIND_DAILY, /* a feed */
	KIND_QUERY,
	KIND_OAI,
	KIND_JSON
};

/* What an answer says besides its entries. */
struct feed_info {
	enum feed_kind kind;
	uint64_t entries; /* whole entries, bad ones included */
	uint64_t bad; /* entries that were no papers, each reported */
	uint64_t by_type[ANNOUNCE_NONE + 1]; /* good ones, by announcement */
	char *title;
	/* Not NULL: the answer as a whole is an error, and why: not well
	 * formed, a DOCTYPE, an error feed, an error of the interface. */
	char *error;
	unsigned long error_line; /* 0: the answer as a whole */
	bool malformed; /* .. because it is no answer at all: try again */
	day_t announced; /* the announcement's date; NO_DAY: unknown */
	day_t newest; /* the latest date of an entry */

	/* Query interface; -1 unknown. */
	long total_results;
	/* OAI. */
	char *error_code; /* "noRecordsMatch" */
	char *token; /* NULL: no more pages */
	char *response_date;
	uint64_t deleted;
};

struct feed_sink {
	/* Gets each good entry; it is reset after the call. */
	void (*entry)(void *arg, struct entry *e);
	void *arg;
	/* No messages about bad entries, nothing counted. */
	bool silent;
};

/* Before anything is read. */
void feed_formats_init(void);
void feed_info_init(struct feed_info *info);
void feed_info_release(struct feed_info *info);

/*
 * Reads all of in.  False if info->error is set; entries that came before
 * the error have been given out.
 */
bool feed_read(
    struct input *in, const struct feed_sink *sink, struct feed_info *info);

/*
 * The listing page of a category, https://arxiv.org/list/cs.LG/new: HTML for
 * people, and an independent list of what was announced.
 */
struct listing {
	day_t day; /* NO_DAY: the page names none */
	bool no_updates; /* "No updates today" */
	long fresh, cross, replaced; /* 0 where the page has no such list */
	bool any; /* at least one of the lists is there */
	/* The papers that it shows, without versions; fewer than the numbers
	 * where the page is cut. */
	struct batch papers;
	enum announce section; /* of the list that is being read */
};

/* False if the page is no listing; l is to be released in any case. */
bool listing_read(struct listing *l, struct slice html);
void listing_release(struct listing *l);
/* One heading or sentence of it; true if it says something of use. */
bool listing_heading(struct listing *l, const char *text);

/*
 * paper_page.c: a paper as arXiv has it in HTML, which LaTeXML made of its TeX:
 * what it refers to, where its authors work, links to code, the first figure.
 */

/* More references, or so many bytes of them, are left out, which is told: a
 * record has room for no more than a few megabytes. */
#define PAPER_PAGE_REFERENCES 10000
#define PAPER_PAGE_BYTES      ((size_t)2 << 20)

struct paper_page {
	/* JSON as in paper(5); empty where there is none. */
	struct strbuf references, figure;
	struct strlist affiliations, code;
	size_t nreferences, left_out;
};

void paper_page_init(struct paper_page *p);
void paper_page_release(struct paper_page *p);

/*
 * Reads what url answered from fd on, in pieces: memory does not grow with
 * the page.  False if it is no paper, or not whole; why, of size bytes, says
 * which.
 */
bool paper_page_read(
    struct paper_page *p, int fd, const char *url, char *why, size_t size);

#endif
