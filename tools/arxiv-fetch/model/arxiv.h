/* SPDX-License-Identifier: ISC */
/*
 * The names of archives and categories, and the addresses at which arXiv
 * answers.
 */
#ifndef ARXIV_H
#define ARXIV_H

#include <stdbool.h>

#include "common/base/slice.h"
#include "common/base/strbuf.h"
#include "common/base/strlist.h"
#include "common/record/arxiv_id.h"

/* True for what looks like cs, cs.LG, hep-th, cond-mat.stat-mech; MSC and ACM
 * classes, which old answers mix in, do not. */
bool category_is_name(struct slice name);
/* The spelling arXiv uses: "CS.lg" is cs.LG, "COND-MAT.soft" cond-mat.soft. */
char *category_canonical(const char *name);
/* The one name of a category that has two: eess.SY for cs.SY too. */
const char *category_alias(const char *name);
/* True if paper is the category wanted or belongs to the archive wanted. */
bool category_covers(const char *wanted, const char *paper);
/*
 * The narrowest OAI set that holds all the categories: cs:cs:LG for cs.LG
 * alone, cs:cs for several of cs, "" where only everything will do.
 */
void category_set(struct strbuf *out, const struct strlist *categories);

/* Room for the address of a paper's page and its NUL. */
#define ARXIV_URL_SIZE (ARXIV_ID_SIZE + sizeof("https://arxiv.org/abs/"))
/* Writes it and returns url; page: abs, pdf. */
char *arxiv_paper_url(
    char url[ARXIV_URL_SIZE], const char *page, const char id[ARXIV_ID_SIZE]);

/*
 * Other addresses, to be freed.  base is a server to ask instead of arXiv's, or
 * NULL.
 */
char *
arxiv_feed_url(const char *base, const char *format, const char *category);
char *arxiv_listing_url(const char *base, const char *category);
/* A list of records; what is NULL does not limit it. */
char *arxiv_oai_url(
    const char *base, const char *set, const char *from, const char *until);
/* Its next page.  A token is itself encoded once, and is encoded again like
 * any value. */
char *arxiv_oai_next_url(const char *base, const char *token);
/* Size results from start on, the oldest or the newest papers first. */
char *arxiv_search_url(
    const char *base, const char *query, bool newest, long start, long size);
/* Ids separated by commas, of which no more than size. */
char *arxiv_ids_url(const char *base, const char *ids, long size);

/* The path at base, or, if that is NULL, at site. */
char *url_at(const char *base, const char *site, const char *path);
/* Appends "?name=value" or, after the first, "&name=value", the value
 * percent-encoded; nothing if value is NULL. */
void url_add(struct strbuf *url, const char *name, const char *value);

#endif
