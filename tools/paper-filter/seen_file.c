/* SPDX-License-Identifier: ISC */
#include "filter.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/base/strmap.h"
#include "common/io/line_reader.h"
#include "common/io/output.h"
#include "common/io/path.h"
#include "common/record/arxiv_id.h"

#define CHUNK 65536

static int
lock(int fd, int how)
{
	int r;

	do
		r = flock(fd, how);
	while (r == -1 && errno == EINTR);
	return r;
}

/* What a line of the file is made of: an id has it as %XX. */
static bool
is_special(char c, bool first)
{
	return (unsigned char)c <= ' ' || c == '\177' || c == '%' ||
	    (first && c == '#');
}

static void
add_escaped(struct strbuf *b, struct slice id)
{
	for (size_t i = 0; i < id.n; i++)
		if (is_special(id.p[i], i == 0))
			strbuf_addf(b, "%%%02X", (unsigned char)id.p[i]);
		else
			strbuf_addch(b, id.p[i]);
}

/* The value of a hexadecimal digit, else -1. */
static int
digit(char c)
{
	const char *digits = "0123456789abcdef", *at;

	at = strchr(digits, tolower((unsigned char)c));
	return c == '\0' || at == NULL ? -1 : (int)(at - digits);
}

static void
add_unescaped(struct strbuf *b, struct slice text)
{
	for (size_t i = 0; i < text.n; i++) {
		const char *c = text.p + i;
		int high, low;

		if (*c == '%' && text.n - i > 2 && (high = digit(c[1])) >= 0 &&
		    (low = digit(c[2])) >= 0) {
			strbuf_addch(b, (char)(high << 4 | low));
			i += 2;
		} else {
			strbuf_addch(b, *c);
		}
	}
}

/* An id of arXiv's counts as records spell it, whoever wrote the line; one
 * with a % as it stands too, since people write lines. */
static void
add_id(struct strmap *set, struct slice text)
{
	struct strbuf plain = STRBUF_INIT(STRBUF_MAX);
	char id[ARXIV_ID_SIZE];
	long version;

	strmap_add(set,
	    arxiv_id_parse(text, id, &version) ? slice_of(id) : text, NULL);
	if (memchr(text.p, '%', text.n) == NULL)
		return;
	add_unescaped(&plain, text);
	strmap_add(set, strbuf_slice(&plain), NULL);
	strbuf_release(&plain);
}

static void
load_line(struct strmap *set, struct slice line, day_t since)
{
	struct slice id, rest = line;
	day_t day;

	if (rest.n > 0 && rest.p[rest.n - 1] == '\r')
		rest.n--;
	if (!slice_cut(&rest, ' ', &id) || id.n == 0 || id.p[0] == '#')
		return;
	if (since == INT64_MIN || !day_begins(rest, &day) || day >= since)
		add_id(set, id);
}

void
seen_file_load(struct strmap *set, const char *path, day_t since)
{
	char *const files[] = {(char *)path, NULL};
	unsigned long failures = msg_failures();
	struct line_reader in;
	struct slice line;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd == -1 && errno == ENOENT) {
		msg_warn(
		    "%s: does not exist yet, so nothing counts as seen", path);
		return;
	}
	/* The lock keeps a line that is being appended from being read half. */
	if (fd == -1 || lock(fd, LOCK_SH) == -1)
		die(EXIT_SOME_FAILED, "%s: cannot be read: %s", path,
		    strerror(errno));
	line_reader_open(&in, files);
	while (line_reader_next(&in, &line))
		load_line(set, line, since);
	line_reader_close(&in);
	close(fd);
	/* Half of it would let papers through a second time. */
	if (msg_failures() != failures)
		die(EXIT_SOME_FAILED, "%s: cannot be read to the end", path);
}

int
seen_file_open(const char *path)
{
	int fd = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0666);

	if (fd == -1)
		die(EXIT_SOME_FAILED, "--mark-seen: %s: %s", path,
		    strerror(errno));
	return fd;
}

void
seen_file_note(struct strbuf *notes, struct slice id)
{
	add_escaped(notes, id);
	strbuf_addch(notes, '\n');
}

/* Each noted id with its day. */
static bool
write_notes(int fd, const struct strbuf *notes, day_t day)
{
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);
	struct slice rest = strbuf_slice(notes), id;
	char date[DATE_LEN];
	bool ok = true;

	day_format(day, date);
	while (ok && slice_cut(&rest, '\n', &id)) {
		strbuf_addslice(&b, id);
		strbuf_addf(&b, " %s\n", date);
		if (b.len >= CHUNK || rest.n == 0) {
			ok = output_all(fd, b.s, b.len);
			strbuf_reset(&b);
		}
	}
	strbuf_release(&b);
	return ok;
}

/* A line cut by a crash must not swallow the first id that follows it. */
static bool
end_last_line(int fd, off_t size)
{
	char last = '\n';

	if (size > 0 && pread(fd, &last, 1, size - 1) != 1)
		return false;
	return last == '\n' || output_all(fd, "\n", 1);
}

/* Not replaced or removed since it was opened, which leaves it without a name:
 * by now nothing can be opened again, or looked for. */
static bool
still_there(const char *path, const struct stat *st)
{
	if (st->st_nlink > 0)
		return true;
	msg_error("%s: was replaced by another file during this run, whose "
		  "ids are not in it",
	    path);
	return false;
}

bool
seen_file_append(
    int fd, const char *path, const struct strbuf *notes, day_t day)
{
	struct stat st = {0};
	bool locked = lock(fd, LOCK_EX) == 0 && file_status(fd, &st);
	bool ok = locked && end_last_line(fd, st.st_size) &&
	    write_notes(fd, notes, day) &&
	    (fsync(fd) == 0 || errno == EINVAL || errno == EROFS);

	if (!ok) {
		msg_error("%s: the ids could not be added: %s", path,
		    strerror(errno));
		/* What did arrive is taken back, where that is possible. */
		if (locked && S_ISREG(st.st_mode) &&
		    ftruncate(fd, st.st_size) == -1)
			msg_error("%s: %s", path, strerror(errno));
	}
	if (close(fd) == -1 && ok) {
		msg_error("%s: %s", path, strerror(errno));
		ok = false;
	}
	return ok && still_there(path, &st);
}
