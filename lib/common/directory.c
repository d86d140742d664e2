/* SPDX-License-Identifier: ISC */
#include "directory.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "xalloc.h"

bool
directory_make(const char *dir)
{
	char *copy = xstrdup(dir), *p = copy;
	struct stat st;
	bool ok = true;

	/* Above dir there may be one that is there but cannot be written. */
	while (ok && p != NULL) {
		if ((p = strchr(p + 1, '/')) != NULL)
			*p = '\0';
		ok = mkdir(copy, 0700) == 0 || errno == EEXIST ||
		    (stat(copy, &st) == 0 && S_ISDIR(st.st_mode));
		if (p != NULL)
			*p = '/';
	}
	if (ok && (stat(dir, &st) != 0 || !S_ISDIR(st.st_mode))) {
		errno = ENOTDIR;
		ok = false;
	}
	free(copy);
	return ok;
}

char *
directory_of(const char *file)
{
	const char *slash = strrchr(file, '/');

	if (slash == NULL)
		return xstrdup(".");
	return slash == file ? xstrdup("/")
			     : xmemdup0(file, (size_t)(slash - file));
}
