/* SPDX-License-Identifier: ISC */
/* Any bytes as a file of a batch's results; the first byte picks the dialect.
 * Every line is a result or is complained of. */
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "common/base/compat.h"
#include "common/base/msg.h"
#include "common/base/xalloc.h"
#include "llm/llm.h"

#include "../fuzz.h"

static void
check_id(const uint8_t *data, size_t n)
{
	char *id = xmemdup0((const char *)data, n);
	char key[BATCH_KEY_SIZE];
	size_t papers = batch_id_papers(id);

	for (size_t k = 0; k < papers; k++) {
		batch_id_key(id, k, key);
		FUZZ_ASSERT(strlen(key) == BATCH_KEY_SIZE - 1);
	}
	free(id);
}

static moment_t
some_time(void *arg)
{
	(void)arg;
	return 0;
}

static void
check_file(char *path, bool anthropic)
{
	static char moe[] = "moe";
	static char *ids[] = {moe};
	static const struct strlist topics = {ids, 1};
	const struct provider provider = {
	    .dialect = anthropic ? &dialect_anthropic : &dialect_openai};
	const struct strlist files = {&path, 1};
	struct prompt prompt = {.topics = &topics};
	struct engine e = {.prompt = &prompt,
	    .provider = &provider,
	    .transport = {.wall = some_time}};
	const char *why;

	FUZZ_ASSERT(axes_read(&prompt.axes, slice_of("## Axis: rigor"), &why));
	e.cost.limit = -1;
	batch_read(&e, &files);
	FUZZ_ASSERT(e.stats.sent == e.stats.ok + e.stats.failed);
	FUZZ_ASSERT(cost_total(&e.cost) >= 0);
	batch_free(e.results);
	axes_release(&prompt.axes);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	int fd = memfd_create("fuzz", MFD_CLOEXEC);
	char path[40];

	if (n == 0)
		return close(fd);
	msg_init("fuzz");
	msg_set_quiet(true);
	check_id(data, n);
	if (fd == -1 || write(fd, data + 1, n - 1) != (ssize_t)(n - 1))
		abort();
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	check_file(path, (data[0] & 1) != 0);
	return close(fd);
}
