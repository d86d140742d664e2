/* SPDX-License-Identifier: ISC */
#include "common/net/curl_library.h"

#include "common/base/library.h"

/* The soname whose interface the headers describe. */
#define LIBCURL "libcurl.so.4"

struct curl_library curl;

void
curl_load(void)
{
	static const struct library_function functions[] = {
#define X(f)                                                     \
	{"curl_" #f, __builtin_offsetof(struct curl_library, f), \
	    LIBRARY_LINKED(curl_##f)},
	    CURL_FUNCTIONS(X)
#undef X
	};

	if (curl.global_init == NULL)
		library_load(LIBCURL,
		    "HTTP and addresses need libcurl (package libcurl4)", &curl,
		    functions, sizeof(functions) / sizeof(functions[0]));
}
