/* SPDX-License-Identifier: ISC */
/* Ids, names and links out of any text. */
#include <string.h>
#include <strings.h>

#include "../fuzz.h"
#include "common/record/arxiv_id.h"
#include "formats/feed_internal.h"

static void
canonical_id_is_its_own(struct slice text)
{
	char id[ARXIV_ID_SIZE], again[ARXIV_ID_SIZE];
	long version;

	if (!arxiv_id_parse(text, id, &version))
		return;
	FUZZ_ASSERT(arxiv_id_parse(slice_of(id), again, &version));
	FUZZ_ASSERT(version == 0 && strcmp(id, again) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct slice text = {(const char *)data, n};
	struct strlist names = STRLIST_INIT, links = STRLIST_INIT;
	struct entry e;

	canonical_id_is_its_own(text);
	authors_split(&names, text, n % 2 == 0);
	for (size_t i = 0; i < names.n; i++)
		FUZZ_ASSERT(*names.v[i] != '\0');
	code_links_find(&links, text);
	for (size_t i = 0; i < links.n; i++)
		FUZZ_ASSERT(strncasecmp(links.v[i], "http", 4) == 0);
	entry_init(&e);
	old_title_apply(&e, text);
	description_apply(&e, text);
	entry_release(&e);
	strlist_release(&names);
	strlist_release(&links);
	return 0;
}
