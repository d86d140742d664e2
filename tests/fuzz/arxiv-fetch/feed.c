/* SPDX-License-Identifier: ISC */
/* Any bytes as a saved answer: every entry that comes out becomes a record
 * that paper(5) allows. */
#include "formats/feed.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../fuzz.h"
#include "common/base/compat.h"
#include "common/base/msg.h"
#include "common/json/json_read.h"

static void
on_entry(void *arg, struct entry *e)
{
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);
	struct json_members m = JSON_MEMBERS_INIT;

	(void)arg;
	record_format(&b, e);
	FUZZ_ASSERT(json_object(&m, strbuf_slice(&b)));
	FUZZ_ASSERT(json_find(&m, "id") != NULL);
	FUZZ_ASSERT(memchr(b.s, '\n', b.len) == NULL);
	FUZZ_ASSERT(entry_problem(e) == NULL);
	for (size_t i = 0; i < e->authors.n; i++)
		FUZZ_ASSERT(*e->authors.v[i] != '\0');
	json_members_release(&m);
	strbuf_release(&b);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	const struct feed_sink sink = {on_entry, NULL, true};
	struct feed_info info;
	struct input in;
	int fd = memfd_create("fuzz", MFD_CLOEXEC);

	msg_init("fuzz");
	msg_set_quiet(true);
	if (fd == -1 || write(fd, data, n) != (ssize_t)n ||
	    lseek(fd, 0, SEEK_SET) == -1)
		abort();
	feed_info_init(&info);
	FUZZ_ASSERT(input_open_fd(&in, fd, "fuzz"));
	feed_read(&in, &sink, &info);
	FUZZ_ASSERT(info.bad + info.deleted <= info.entries);
	input_close(&in);
	feed_info_release(&info);
	close(fd);
	return 0;
}
