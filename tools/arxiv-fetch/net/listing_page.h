/* SPDX-License-Identifier: ISC */
/* The listing page of a category, asked for. */
#ifndef LISTING_PAGE_H
#define LISTING_PAGE_H

#include "formats/feed.h"
#include "net/download.h"

/* due: the day that it should be of; an older page is not kept.  l is to be
 * released in any case, and of use if the result is DOWNLOAD_OK. */
enum download_result listing_page_get(struct downloader *d,
    const char *category, day_t due, struct listing *l, char why[WHY_SIZE]);

#endif
