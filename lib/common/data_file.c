/* SPDX-License-Identifier: ISC */
#include "data_file.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "xalloc.h"

/* dir + middle + name if it can be read, else NULL. */
static char *
readable(const char *dir, const char *middle, const char *name)
{
	char *path = xasprintf("%s%s/%s", dir, middle, name);

	if (access(path, R_OK) == 0)
		return path;
	free(path);
	return NULL;
}

static char *
beside_program(const char *name)
{
	static const char *const middles[] = {
	    "/../share/paperround", "/../share"};
	char exe[PATH_MAX], *found = NULL, *slash;
	ssize_t n = readlink("/proc/self/exe", exe, sizeof(exe) - 1);

	if (n <= 0)
		return NULL;
	exe[n] = '\0';
	if ((slash = strrchr(exe, '/')) == NULL)
		return NULL;
	*slash = '\0';
	for (size_t i = 0; i < sizeof(middles) / sizeof(*middles); i++)
		if (found == NULL)
			found = readable(exe, middles[i], name);
	return found;
}

char *
data_file(const char *name)
{
	const char *dir = getenv("PAPERROUND_DATADIR");
	char *found;

	if (dir != NULL && *dir != '\0')
		return readable(dir, "", name);
	if ((found = beside_program(name)) != NULL)
		return found;
	return readable(DATADIR, "", name);
}
