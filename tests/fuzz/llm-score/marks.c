/* SPDX-License-Identifier: ISC */
/*
 * Any lines as marks, beside a paper that they may speak of: what comes of
 * them is papers, each with a title and at most once by its mark.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/msg.h"
#include "local/local.h"

#include "../fuzz.h"

#define PAPER \
	"{\"id\":\"1\",\"title\":\"A title\",\"categories\":[\"cs.LG\"]}\n"

/* A file that is gone when it is closed. */
static int
file_of(const char *s, size_t n)
{
	char name[] = "/tmp/marks.XXXXXX";
	int fd = mkstemp(name);

	FUZZ_ASSERT(fd >= 0 && unlink(name) == 0);
	/* With one paper to learn from, nothing is misuse. */
	FUZZ_ASSERT(write(fd, PAPER, strlen(PAPER)) == (ssize_t)strlen(PAPER));
	FUZZ_ASSERT(write(fd, s, n) == (ssize_t)n);
	return fd;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const char *const marks[] = {"star", "drop"};
	int fd = file_of((const char *)data, n);
	char path[32], *names[] = {path};
	struct strlist file = {.v = names, .n = 1};
	struct likes l;

	snprintf(path, sizeof(path), "/dev/fd/%d", fd);
	msg_init("fuzz");
	msg_set_quiet(true);
	for (size_t m = 0; m < 2; m++) {
		likes_read(&l, &file, marks[m], &file);
		FUZZ_ASSERT(l.n > 0);
		for (size_t i = 0; i < l.n; i++)
			FUZZ_ASSERT(l.v[i].id != NULL && l.v[i].title != NULL);
		likes_release(&l);
	}
	return close(fd);
}
