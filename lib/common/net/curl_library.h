/* SPDX-License-Identifier: ISC */
/*
 * libcurl, for the files beside this one.  It is loaded by who is about to ask
 * a server or to look at an address: with the thirty libraries that it links
 * it takes 5 ms, which saved files and the local judges do without.
 */
#ifndef CURL_LIBRARY_H
#define CURL_LIBRARY_H

#include <curl/curl.h>

#define CURL_FUNCTIONS(X)      \
	X(easy_cleanup)        \
	X(easy_getinfo)        \
	X(easy_init)           \
	X(easy_setopt)         \
	X(easy_strerror)       \
	X(free)                \
	X(global_cleanup)      \
	X(global_init)         \
	X(multi_add_handle)    \
	X(multi_cleanup)       \
	X(multi_info_read)     \
	X(multi_init)          \
	X(multi_perform)       \
	X(multi_poll)          \
	X(multi_remove_handle) \
	X(slist_append)        \
	X(slist_free_all)      \
	X(url)                 \
	X(url_cleanup)         \
	X(url_get)             \
	X(url_set)             \
	X(version_info)

#define CURL_POINTER(f) __typeof__(curl_##f) *f;
struct curl_library {
	CURL_FUNCTIONS(CURL_POINTER)
};

/* curl.easy_init() is curl_easy_init(), once curl_load() was called. */
extern struct curl_library curl;
/* Exits with 1, and a word on what to do, if it is not there. */
void curl_load(void);

#endif
