/* SPDX-License-Identifier: ISC */
#include "helper.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/msg.h"
#include "common/base/xalloc.h"

/* Some file systems know no fsync of folders or files; there is nothing to be
 * had from them. */
static bool
sync_path(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool ok;

	if (fd == -1)
		return false;
	ok = fsync(fd) == 0 || errno == EINVAL || errno == EROFS;
	(void)close(fd);
	return ok;
}

static bool
sync_folder(const char *path)
{
	DIR *dir = opendir(path);
	struct dirent *e;
	bool ok = true;
	char *inside;

	if (dir == NULL)
		return false;
	while (ok && (e = readdir(dir)) != NULL) {
		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		inside = xasprintf("%s/%s", path, e->d_name);
		ok = sync_path(inside);
		free(inside);
	}
	(void)closedir(dir);
	return ok && sync_path(path);
}

/* The folder that path is in. */
static char *
folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (slash == NULL)
		return xstrdup(".");
	return xmemdup0(path, slash == path ? 1 : (size_t)(slash - path));
}

bool
finish(const char *from, const char *to)
{
	char *folder = folder_of(to);
	struct stat st;
	bool ok;

	ok = stat(from, &st) == 0 &&
	    (S_ISDIR(st.st_mode) ? sync_folder(from) : sync_path(from)) &&
	    rename(from, to) == 0 && sync_path(folder);
	if (!ok)
		msg_error("%s: %s", to, strerror(errno));
	free(folder);
	return ok;
}
