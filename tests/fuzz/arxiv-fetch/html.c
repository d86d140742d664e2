/* SPDX-License-Identifier: ISC */
/*
 * Any bytes as arXiv's page of a paper: whatever is found in it is JSON, and
 * no image is on another site.
 */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "common/base/utf8.h"
#include "common/json/json_read.h"
#include "formats/feed.h"

#include "../fuzz.h"

#define URL "https://arxiv.org/html/2613.01001"

static int
file_of(const uint8_t *data, size_t n)
{
	char name[] = "/tmp/page.XXXXXX";
	int fd = mkstemp(name);

	FUZZ_ASSERT(fd >= 0 && unlink(name) == 0);
	FUZZ_ASSERT(write(fd, data, n) == (ssize_t)n);
	FUZZ_ASSERT(lseek(fd, 0, SEEK_SET) == 0);
	return fd;
}

static void
check_references(struct slice list)
{
	struct json_members m = JSON_MEMBERS_INIT;
	struct json_value v;
	const char *error;
	size_t at, pos = 0;

	FUZZ_ASSERT(json_valid(list, &error, &at) && *list.p == '[');
	while (json_array_next(list, &pos, &v))
		FUZZ_ASSERT(v.type == JSON_OBJECT && json_object(&m, v.raw));
	json_members_release(&m);
}

static void
check_figure(struct slice figure)
{
	static const char begin[] = "{\"url\":\"https://arxiv.org/";
	const char *error;
	size_t at;

	FUZZ_ASSERT(json_valid(figure, &error, &at));
	FUZZ_ASSERT(figure.n > sizeof(begin) &&
	    memcmp(figure.p, begin, sizeof(begin) - 1) == 0);
}

static void
check_list(const struct strlist *l)
{
	for (size_t i = 0; i < l->n; i++)
		FUZZ_ASSERT(utf8_valid(l->v[i], strlen(l->v[i])));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct paper_page page;
	int fd = file_of(data, n);
	char why[400];

	paper_page_init(&page);
	FUZZ_ASSERT(paper_page_read(&page, fd, URL, why, sizeof(why)) ==
	    (*why == '\0'));
	check_references(strbuf_slice(&page.references));
	if (page.figure.len > 0)
		check_figure(strbuf_slice(&page.figure));
	check_list(&page.affiliations);
	check_list(&page.code);
	paper_page_release(&page);
	return close(fd);
}
