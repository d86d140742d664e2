/* SPDX-License-Identifier: ISC */
#include "common/base/library.h"

#include <errno.h>
#include <string.h>
#ifndef LINK_LIBRARIES
#include <dlfcn.h>
#endif

#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/base/xalloc.h"

#ifdef LINK_LIBRARIES

void
library_load(const char *soname, const char *needed, void *pointers,
    const struct library_function *f, size_t n)
{
	(void)soname;
	(void)needed;
	for (size_t i = 0; i < n; i++)
		memcpy((char *)pointers + f[i].offset, &f[i].linked,
		    sizeof(f[i].linked));
}

#else

void
library_load(const char *soname, const char *needed, void *pointers,
    const struct library_function *f, size_t n)
{
	/* As where it is linked: it says itself what is bound at once. */
	void *so, *p;

	errno = 0;
	so = dlopen(soname, RTLD_LAZY | RTLD_LOCAL);
	if (so == NULL && errno == ENOMEM)
		xalloc_die();
	if (so == NULL)
		die(EXIT_SOME_FAILED, "%s: %s", needed, dlerror());
	for (size_t i = 0; i < n; i++) {
		if ((p = dlsym(so, f[i].name)) == NULL)
			die(EXIT_SOME_FAILED, "%s: %s", soname, dlerror());
		memcpy((char *)pointers + f[i].offset, &p, sizeof(p));
	}
}

#endif
