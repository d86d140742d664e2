/* SPDX-License-Identifier: ISC */
#include "common/io/line_reader.h"
#include "common/io/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/msg.h"
#include "common/cli/run.h"

#include "../tap.h"

static char dir[] = "/tmp/paperround-stream.XXXXXX";

static void
put(const char *path, const char *p, size_t n)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);

	if (fd == -1 || write(fd, p, n) != (ssize_t)n)
		abort();
	close(fd);
}

static void
test_lines(void)
{
	char *files[] = {
	    (char[]) {"a"}, (char[]) {"none"}, (char[]) {"b"}, NULL};
	struct line_reader in;
	struct slice line;

	put("a", "one\n\ntwo", 8);
	put("b", "three\n", 6);
	line_reader_open(&in, files);
	ok(line_reader_next(&in, &line) && slice_eq(line, "one"), "first line");
	ok(line_reader_next(&in, &line) && line.n == 0, "an empty line");
	ok(line_reader_next(&in, &line) && slice_eq(line, "two") && in.cut,
	    "a last line without newline");
	ok(line_reader_next(&in, &line) && slice_eq(line, "three") &&
		in.line == 1,
	    "the next file, past one that is missing");
	is_int((long long)msg_failures(), 1, "  which was reported");
	ok(!line_reader_next(&in, &line), "the end");
	line_reader_close(&in);
}

static void
test_long_lines(void)
{
	char *files[] = {(char[]) {"long"}, NULL};
	size_t sizes[] = {SOURCE_LINE_MAX - 1, SOURCE_LINE_MAX,
	    SOURCE_LINE_MAX + 1, 3 * SOURCE_LINE_MAX};
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);
	struct line_reader in;
	struct slice line;
	size_t i, j;

	for (i = 0; i < 4; i++) {
		strbuf_reset(&b);
		for (j = 0; j < sizes[i]; j++)
			strbuf_addch(&b, 'x');
		strbuf_addstr(&b, "\nnext\n");
		put("long", b.s, b.len);
		line_reader_open(&in, files);
		ok(line_reader_next(&in, &line) &&
			line.n == (i < 2 ? sizes[i] : 4) &&
			in.skipped == (i >= 2),
		    "a line of %zu bytes is %s", sizes[i],
		    i < 2 ? "read" : "skipped");
		ok(i >= 2 ||
			(line_reader_next(&in, &line) &&
			    slice_eq(line, "next")),
		    "  and the next is there");
		ok(!line_reader_next(&in, &line), "  and then the end");
		line_reader_close(&in);
	}
	strbuf_release(&b);
}

static void
test_slurp(void)
{
	size_t n;
	char *s;

	put("f", "12345", 5);
	s = line_reader_slurp("f", 5, &n);
	ok(s != NULL && n == 5 && strcmp(s, "12345") == 0, "slurps all of it");
	free(s);
	s = line_reader_slurp("f", 4, &n);
	ok(s == NULL && errno == EFBIG, "not more than allowed");
	s = line_reader_slurp("none", 4, &n);
	ok(s == NULL && errno == ENOENT, "not what is missing");
	ok(line_reader_slurp(dir, 4, &n) == NULL && errno == EISDIR,
	    "no directory");
}

/* What output wrote, as a string; freed by the caller. */
static char *
content(const char *path)
{
	return line_reader_slurp(path, 1 << 20, NULL);
}

static void
test_output(void)
{
	struct output o;
	struct stat st;
	char *s;

	put("f", "old", 3);
	chmod("f", 0600);
	output_open(&o, "f", false);
	output_record(&o, SLICE_LIT("one"));
	output_record(&o, SLICE_LIT("two"));
	output_flush(&o);
	s = content("f");
	is_str(s, "old", "nothing is replaced before the end");
	free(s);
	ok(output_finish(&o, true), "finishes");
	s = content("f");
	is_str(s, "one\ntwo\n", "then all of it is there");
	free(s);
	ok(stat("f", &st) == 0 && (st.st_mode & 0777) == 0600,
	    "  with the mode it had");

	output_open(&o, "f", false);
	output_record(&o, SLICE_LIT("three"));
	ok(output_finish(&o, false), "gives up");
	s = content("f");
	is_str(s, "one\ntwo\n", "  and the old content stays");
	free(s);

	ok(output_replace_file("g", SLICE_LIT("x"), 0600), "replaces a file");
	s = content("g");
	is_str(s, "x", "  whole");
	free(s);
	ok(!output_replace_file("none/g", SLICE_LIT("x"), 0600) &&
		errno == ENOENT,
	    "  or says why not");
}

static int
remove_all(void)
{
	static const char *const names[] = {"a", "b", "f", "g", "long"};
	int failed = 0;
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		failed += unlink(names[i]) != 0;
	return failed + (chdir("/") != 0) + (rmdir(dir) != 0);
}

int
main(void)
{
	msg_init("stream");
	if (mkdtemp(dir) == NULL || chdir(dir) == -1)
		return 1;
	if (freopen("/dev/null", "w", stderr) == NULL)
		return 1;
	test_lines();
	test_long_lines();
	test_slurp();
	test_output();
	is_int(remove_all(), 0, "cleaned up");
	return done_testing();
}
