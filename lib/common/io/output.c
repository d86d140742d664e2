/* SPDX-License-Identifier: ISC */
#include "common/io/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/base/xalloc.h"
#include "common/io/path.h"

/* Records gather here so that a write holds many of them, each whole. */
#define GATHER ((size_t)64 << 10)

/* Temporary files to remove if the run ends before output_finish. */
static struct output *unfinished[8];

bool
output_all(int fd, const char *p, size_t n)
{
	ssize_t w;

	while (n > 0) {
		if ((w = write(fd, p, n)) == -1) {
			if (errno == EINTR)
				continue;
			return false;
		}
		p += w;
		n -= (size_t)w;
	}
	return true;
}

/*
 * The end of a temporary file, which is another process's to make: all that it
 * can be told is which of the two ends, and whether FILE is called FILE.part.
 */
enum end {
	DROPPED,
	PLACED,
	PLACED_ASIDE
};

/* 0, or an errno. */
static int
make_end(const struct output *o, enum end end)
{
	char *part = xasprintf("%s.part", o->path);
	int error = 0;

	if (end != DROPPED &&
	    rename(o->temp, end == PLACED ? o->path : part) == -1)
		error = errno;
	if (end == DROPPED || error != 0)
		unlink(o->temp);
	free(part);
	return error;
}

/* One word, one answer; no word means that the run was killed. */
static void
serve_end(int fd, void *arg)
{
	unsigned char end;
	int error;

	if (read(fd, &end, 1) != 1)
		end = DROPPED;
	error = make_end(arg, end);
	if (write(fd, &error, sizeof(error)) == -1)
		_exit(1);
}

/* False and errno. */
static bool
ask_end(struct output *o, enum end end)
{
	unsigned char word = (unsigned char)end;
	int error = EPIPE; /* if it is gone */

	if (write(o->placer.fd, &word, 1) == 1)
		while (read(o->placer.fd, &error, sizeof(error)) == -1 &&
		    errno == EINTR)
			;
	outside_end(&o->placer);
	errno = error;
	return error == 0;
}

void
output_abandon_all(void)
{
	for (size_t i = 0; i < sizeof(unfinished) / sizeof(unfinished[0]); i++)
		if (unfinished[i] != NULL && unfinished[i]->placer.pid != 0)
			(void)ask_end(unfinished[i], DROPPED);
}

static void
remember(struct output *o)
{
	static bool registered;

	if (!registered && atexit(output_abandon_all) != 0)
		xalloc_die();
	registered = true;
	for (size_t i = 0; i < sizeof(unfinished) / sizeof(unfinished[0]); i++)
		if (unfinished[i] == NULL) {
			unfinished[i] = o;
			return;
		}
	die(EXIT_SOME_FAILED, "too many output files");
}

static void
forget(struct output *o)
{
	for (size_t i = 0; i < sizeof(unfinished) / sizeof(unfinished[0]); i++)
		if (unfinished[i] == o)
			unfinished[i] = NULL;
}

/*
 * A new file beside path, with the mode path has or the umask's default, so that
 * replacing a file does not change who may read it.  -1 and errno on failure.
 */
static int
open_beside(const char *path, mode_t mode, char **temp)
{
	const int flags = O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC;
	struct stat st;
	int fd, tries = 100;

	*temp = NULL;
	/* Confined, a rename to a folder fails for want of a right instead. */
	if (lstat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
		errno = EISDIR;
		return -1;
	}
	if (stat(path, &st) == 0)
		mode = st.st_mode & 07777;
	else if (errno != ENOENT)
		return -1;
	/* mkostemp() would need a chmod afterwards, which confined processes
	 * may not. */
	do {
		free(*temp);
		*temp =
		    xasprintf("%s.%06x", path, (unsigned)(random_bits() >> 40));
		fd = open(*temp, flags, mode);
	} while (fd == -1 && errno == EEXIST && --tries > 0);
	if (fd == -1) {
		free(*temp);
		*temp = NULL;
	}
	return fd;
}

static void
entrust(struct output *o)
{
	int error;

	if (!outside_start(&o->placer, serve_end, o)) {
		error = errno;
		unlink(o->temp);
		die(EXIT_SOME_FAILED, "%s: no process to put it in place: %s",
		    o->path, strerror(error));
	}
	remember(o);
}

/*
 * A rename would replace a device or a pipe by a plain file, and a link instead
 * of what it leads to.  A link that the system does not follow, as a stranger's
 * in /tmp, is none for us either.
 */
static int
open_place(struct output *o, const char *path)
{
	struct stat st;
	bool there = stat(path, &st) == 0;

	if (!there && errno != ENOENT)
		return -1;
	if (there && !S_ISREG(st.st_mode)) {
		o->path = xstrdup(path);
		return open(path, O_WRONLY | O_CLOEXEC);
	}
	o->path = path_followed(path);
	return open_beside(o->path, 0666, &o->temp);
}

void
output_open(struct output *o, const char *path, bool line_buffered)
{
	*o = (struct output) {
	    .fd = STDOUT_FILENO, .line_buffered = line_buffered};
	strbuf_init(&o->buf, STRBUF_MAX);
	if (path == NULL || strcmp(path, "-") == 0) {
		o->is_tty = isatty(o->fd);
		return;
	}
	o->fd = open_place(o, path);
	if (o->fd == -1)
		die(EXIT_SOME_FAILED, "%s: %s", path, strerror(errno));
	if (o->temp != NULL)
		entrust(o);
}

static void
write_failed(struct output *o)
{
	if (o->failed)
		return;
	o->failed = true;
	if (errno == EPIPE && o->path == NULL && run_reader_gone != NULL)
		run_reader_gone();
	else
		msg_error("write error: %s: %s",
		    o->path != NULL ? o->path : "<stdout>", strerror(errno));
}

bool
output_flush(struct output *o)
{
	if (!o->failed && !output_all(o->fd, o->buf.s, o->buf.len))
		write_failed(o);
	strbuf_reset(&o->buf);
	return !o->failed;
}

bool
output_sync(struct output *o)
{
	/* EINVAL: a pipe or a terminal. */
	if (output_flush(o) && fsync(o->fd) == -1 && errno != EINVAL)
		write_failed(o);
	return !o->failed;
}

/* More is about to be added: written first if it would gather too much. */
static void
before_adding(struct output *o, size_t n)
{
	if (o->buf.len > 0 && o->buf.len + n > GATHER)
		output_flush(o);
}

void
output_record(struct output *o, struct slice record)
{
	before_adding(o, record.n + 1);
	strbuf_addslice(&o->buf, record);
	strbuf_addch(&o->buf, '\n');
	run_counts.out++;
	if (o->line_buffered)
		output_flush(o);
}

void
output_write(struct output *o, const void *p, size_t n)
{
	before_adding(o, n);
	if (n < GATHER)
		strbuf_add(&o->buf, p, n);
	else if (!o->failed && !output_all(o->fd, p, n))
		write_failed(o);
}

bool
output_finish(struct output *o, bool keep)
{
	enum end end;

	output_flush(o);
	if (o->temp != NULL && keep && !o->failed && fsync(o->fd) == -1)
		write_failed(o);
	if (close(o->fd) == -1 && errno != EBADF)
		write_failed(o);
	if (o->temp != NULL) {
		end = !keep || o->failed ? DROPPED
		    : o->aside		 ? PLACED_ASIDE
					 : PLACED;
		if (!ask_end(o, end) && end != DROPPED)
			write_failed(o);
		forget(o);
		free(o->temp);
		o->temp = NULL;
	}
	free(o->path);
	o->path = NULL;
	strbuf_release(&o->buf);
	return !o->failed;
}

bool
output_replace_file(const char *path, struct slice content, mode_t mode)
{
	char *temp;
	int fd, saved;
	bool ok;

	if ((fd = open_beside(path, mode, &temp)) == -1)
		return false;
	ok = output_all(fd, content.p, content.n) && fsync(fd) == 0;
	saved = errno;
	if (close(fd) == -1 && ok) {
		ok = false;
		saved = errno;
	}
	if (ok && rename(temp, path) == -1) {
		ok = false;
		saved = errno;
	}
	if (!ok)
		unlink(temp);
	free(temp);
	errno = saved;
	return ok;
}
