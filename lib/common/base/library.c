/* SPDX-License-Identifier: ISC */
#include "common/base/library.h"

#include <dlfcn.h>
#include <errno.h>
#include <string.h>

#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/base/xalloc.h"

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
