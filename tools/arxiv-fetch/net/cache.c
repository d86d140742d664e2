/* SPDX-License-Identifier: ISC */
#include "net/net.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <openssl/sha.h>

#include "common/base/compat.h"
#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/base/xalloc.h"
#include "common/io/path.h"

#define HEAD_SIZE 1024
#define MAGIC	  "arxiv-fetch page 1\n"
#define SUFFIX	  ".page"
#define KEEP_DAYS 8

void
cache_init(struct cache *c, const char *dir)
{
	c->dir = dir != NULL ? xstrdup(dir) : NULL;
	c->pruned = false;
}

static void
keep_nothing(struct cache *c)
{
	free(c->dir);
	c->dir = NULL;
}

void
cache_release(struct cache *c)
{
	keep_nothing(c);
	if (c->spare > STDERR_FILENO)
		close(c->spare);
	c->spare = -1;
}

static char *
path_of(const struct cache *c, const char *key)
{
	unsigned char hash[SHA256_DIGEST_LENGTH];
	char hex[33];

	SHA256((const unsigned char *)key, strlen(key), hash);
	for (size_t i = 0; i < 16; i++)
		snprintf(hex + 2 * i, 3, "%02x", hash[i]);
	return xasprintf("%s/%s" SUFFIX, c->dir, hex);
}

/* The head: lines, then blanks up to HEAD_SIZE. */

static void
write_head(int fd, const struct cache_head *head)
{
	char text[HEAD_SIZE + 1];
	int n;

	n = snprintf(text, sizeof(text), MAGIC "fetched %lld\n%s\n%s\n",
	    (long long)head->fetched, head->etag, head->last_modified);
	memset(text + n, ' ', HEAD_SIZE - (size_t)n);
	text[HEAD_SIZE - 1] = '\n';
	if (pwrite(fd, text, HEAD_SIZE, 0) != HEAD_SIZE)
		msg_warn("cache: %s", strerror(errno));
}

static void
take_line(char **rest, char *to, size_t size)
{
	char *line = strsep(rest, "\n");

	snprintf(to, size, "%s", line != NULL ? line : "");
}

static bool
read_head(int fd, struct cache_head *head)
{
	char text[HEAD_SIZE + 1], *rest = text + sizeof(MAGIC) - 1;
	char fetched[40];

	if (pread(fd, text, HEAD_SIZE, 0) != HEAD_SIZE ||
	    memcmp(text, MAGIC, sizeof(MAGIC) - 1) != 0)
		return false;
	text[HEAD_SIZE] = '\0';
	take_line(&rest, fetched, sizeof(fetched));
	take_line(&rest, head->etag, sizeof(head->etag));
	take_line(&rest, head->last_modified, sizeof(head->last_modified));
	if (strncmp(fetched, "fetched ", 8) != 0)
		return false;
	head->fetched = strtoll(fetched + 8, NULL, 10);
	return true;
}

bool
cache_find(
    struct cache *c, const char *key, struct cache_head *head, struct spool *s)
{
	char *path;

	*s = (struct spool) {.fd = -1};
	if (c->dir == NULL)
		return false;
	path = path_of(c, key);
	s->fd = open(path, O_RDWR | O_CLOEXEC);
	free(path);
	if (s->fd != -1 && read_head(s->fd, head)) {
		spool_rewind(s);
		return true;
	}
	spool_release(s);
	return false;
}

static int
open_temp(const char *dir, char **temp)
{
	int fd;

	*temp = xasprintf("%s/tmp.XXXXXX", dir);
	if ((fd = file_temporary(*temp)) == -1) {
		free(*temp);
		*temp = NULL;
	}
	return fd;
}

static const char *
temp_dir(void)
{
	const char *dir = getenv("TMPDIR");

	return dir != NULL && *dir != '\0' ? dir : "/tmp";
}

/* Without a name: nothing of it will be kept. */
void
cache_prepare(struct cache *c)
{
	char *temp;

	c->spare = open_temp(temp_dir(), &temp);
	c->no_spare = errno;
	if (c->spare != -1)
		unlink(temp);
	free(temp);
}

void
cache_spool(struct cache *c, struct spool *s)
{
	*s = (struct spool) {.fd = -1};
	if (c->dir != NULL && directory_make(c->dir))
		s->fd = open_temp(c->dir, &s->temp);
	if (c->dir != NULL && s->fd == -1) {
		msg_warn("cache: %s: %s; going on without a cache", c->dir,
		    strerror(errno));
		keep_nothing(c);
	}
	if (s->fd == -1 && c->spare == -1)
		die(EXIT_SOME_FAILED, "%s: %s", temp_dir(),
		    strerror(c->no_spare));
	if (s->fd == -1 && (s->fd = fcntl(c->spare, F_DUPFD_CLOEXEC, 0)) == -1)
		die(EXIT_SOME_FAILED, "temporary file: %s", strerror(errno));
	spool_clear(s);
}

bool
spool_write(struct spool *s, const char *p, size_t n)
{
	ssize_t w;

	while (n > 0) {
		if ((w = write(s->fd, p, n)) == -1 && errno == EINTR)
			continue;
		if (w <= 0)
			return false;
		p += w;
		n -= (size_t)w;
	}
	return true;
}

void
spool_clear(struct spool *s)
{
	if (ftruncate(s->fd, HEAD_SIZE) == -1)
		die(EXIT_SOME_FAILED, "temporary file: %s", strerror(errno));
	spool_rewind(s);
}

void
spool_rewind(struct spool *s)
{
	if (lseek(s->fd, HEAD_SIZE, SEEK_SET) == -1)
		die(EXIT_SOME_FAILED, "temporary file: %s", strerror(errno));
}

void
spool_release(struct spool *s)
{
	if (s->fd != -1)
		close(s->fd);
	if (s->temp != NULL)
		unlink(s->temp);
	free(s->temp);
	*s = (struct spool) {.fd = -1};
}

static bool
has_suffix(const char *name)
{
	size_t n = strlen(name), m = sizeof(SUFFIX) - 1;

	return n > m && strcmp(name + n - m, SUFFIX) == 0;
}

/* Old pages are of no use: a feed lives for a day. */
static void
prune(struct cache *c)
{
	time_t oldest = time(NULL) - (time_t)KEEP_DAYS * DAY_SECONDS;
	struct dirent *d;
	struct stat st;
	DIR *dir;

	c->pruned = true;
	if ((dir = opendir(c->dir)) == NULL)
		return;
	while ((d = readdir(dir)) != NULL)
		if ((has_suffix(d->d_name) ||
			strncmp(d->d_name, "tmp.", 4) == 0) &&
		    fstatat(dirfd(dir), d->d_name, &st, AT_SYMLINK_NOFOLLOW) ==
			0 &&
		    st.st_mtime < oldest)
			unlinkat(dirfd(dir), d->d_name, 0);
	closedir(dir);
}

void
cache_keep(struct cache *c, const char *key, const struct cache_head *head,
    struct spool *s)
{
	char *path;

	if (c->dir == NULL || s->temp == NULL)
		return;
	if (!c->pruned)
		prune(c);
	write_head(s->fd, head);
	path = path_of(c, key);
	if (rename(s->temp, path) == -1)
		msg_warn("cache: %s: %s", path, strerror(errno));
	else
		s->temp[0] = '\0';
	if (s->temp[0] == '\0') {
		free(s->temp);
		s->temp = NULL;
	}
	free(path);
}

void
cache_forget(struct cache *c, const char *key)
{
	char *path;

	if (c->dir == NULL)
		return;
	path = path_of(c, key);
	(void)unlink(path);
	free(path);
}

void
cache_touch(struct spool *s, const struct cache_head *head)
{
	write_head(s->fd, head);
}
