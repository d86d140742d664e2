/* SPDX-License-Identifier: ISC */
/*
 * A paper as arXiv has it in HTML, which LaTeXML made of its TeX: what it
 * refers to, where its authors work, links to code, the first figure.
 */
#ifndef PAPER_PAGE_H
#define PAPER_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/strbuf.h"
#include "common/base/strlist.h"

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
