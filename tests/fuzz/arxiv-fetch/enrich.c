/* SPDX-License-Identifier: ISC */
/*
 * Any JSON as what a service says of authors: the first byte picks the service,
 * a line "%%" parts its first answer from the second.  Whatever comes, a paper
 * gets one array or nothing.
 */
#include "enrich/enrich.h"

#include <string.h>

#include "../fuzz.h"
#include "common/base/compat.h"
#include "common/json/json_read.h"

#define PAPERS 4

static struct slice answers;

static enum download_result
stand_in(struct enrich_batch *b, const char *source,
    const struct download_request *r, cJSON **answer)
{
	static const char mark[] = "\n%%\n";
	struct slice one = answers;
	const char *end;

	(void)b;
	(void)source;
	(void)r;
	end = answers.n > 0 ? memmem(one.p, one.n, mark, strlen(mark)) : NULL;
	if (end != NULL) {
		one.n = (size_t)(end - one.p);
		answers.p = end + strlen(mark);
		answers.n -= one.n + strlen(mark);
	} else {
		answers.n = 0;
	}
	*answer = json_tree_parse(one);
	return *answer != NULL ? DOWNLOAD_OK : DOWNLOAD_BAD;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const char *const ids[PAPERS] = {
	    "2613.00001", "", "math/0613001", "2613.00001"};
	struct downloader d = {.base_url = "http://127.0.0.1"};
	struct enriched papers[PAPERS] = {0};
	struct enrich_batch b = {&d, stand_in, papers, PAPERS, ""};
	const char *error;
	size_t at;

	if (n == 0)
		return 0;
	answers = (struct slice) {(const char *)data + 1, n - 1};
	for (size_t i = 0; i < PAPERS; i++) {
		strcpy(papers[i].id, ids[i]);
		for (size_t k = 0; k < ENRICH_NKEYS; k++)
			strbuf_init(&papers[i].value[k], STRBUF_MAX);
	}
	if ((data[0] & 1) != 0)
		(void)s2_enricher.ask(&b);
	else
		(void)openalex_enricher.ask(&b);
	for (size_t i = 0; i < PAPERS; i++) {
		for (size_t k = 0; k < ENRICH_NKEYS; k++) {
			struct slice v = strbuf_slice(&papers[i].value[k]);

			FUZZ_ASSERT(v.n == 0 ||
			    (*v.p == '[' && json_valid(v, &error, &at)));
			FUZZ_ASSERT(v.n == 0 || *ids[i] != '\0');
			strbuf_release(&papers[i].value[k]);
		}
	}
	return 0;
}
