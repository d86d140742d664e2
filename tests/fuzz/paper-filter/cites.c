/* SPDX-License-Identifier: ISC */
/*
 * Any lines as a library, and what papers that refer to all of it cite: the
 * lines that are records are both.  What is found is JSON, and as much of it
 * as there are entries at most.
 */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "common/base/msg.h"
#include "filter.h"

#include "../fuzz.h"

#define ENTRY "{\"id\":\"1706.03762\",\"title\":\"Two words\",\"year\":1}\n"

/* A file that is gone when it is closed. */
static int
file_of(const char *s, size_t n)
{
	char name[] = "/tmp/library.XXXXXX";
	int fd = mkstemp(name);

	FUZZ_ASSERT(fd >= 0 && unlink(name) == 0);
	/* A library without any entry is misuse. */
	FUZZ_ASSERT(write(fd, ENTRY, strlen(ENTRY)) == (ssize_t)strlen(ENTRY));
	FUZZ_ASSERT(write(fd, s, n) == (ssize_t)n);
	return fd;
}

static void
check(struct cites *c, struct paper *p, size_t lines)
{
	struct json_members m = JSON_MEMBERS_INIT;
	struct strlist found = STRLIST_INIT;

	FUZZ_ASSERT(cites_find(c, p, &found) == (found.n > 0));
	FUZZ_ASSERT(found.n <= lines);
	for (size_t i = 0; i < found.n; i++)
		FUZZ_ASSERT(json_object(&m, slice_of(found.v[i])));
	json_members_release(&m);
	strlist_release(&found);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct slice rest = {(const char *)data, n}, line;
	int fd = file_of((const char *)data, n);
	char path[32], *names[] = {path};
	struct strlist file = {.v = names, .n = 1};
	struct cites *c;
	struct paper p;

	snprintf(path, sizeof(path), "/dev/fd/%d", fd);
	msg_init("fuzz");
	msg_set_quiet(true);
	c = cites_new(&file);
	paper_init(&p);
	while (slice_cut(&rest, '\n', &line))
		if (paper_parse(&p, line))
			check(c, &p, n + 1);
	paper_release(&p);
	cites_free(c);
	return close(fd);
}
