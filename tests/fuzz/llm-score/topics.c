/* SPDX-License-Identifier: ISC */
#include <ctype.h>
#include <string.h>

#include "llm/rating.h"
#include "score.h"

#include "../fuzz.h"

/* A topics file or criteria, as people write them: ids and names of axes are
 * of the letters that answers may use. */
static void
check_lines(struct slice text)
{
	struct slice line, id;
	const char *end;

	while (text.n > 0) {
		end = memchr(text.p, '\n', text.n);
		line = (struct slice) {
		    text.p, end != NULL ? (size_t)(end - text.p) : text.n};
		text.p += line.n + (end != NULL);
		text.n -= line.n + (end != NULL);
		id = topics_line_id(line);
		for (size_t i = 0; i < id.n; i++)
			FUZZ_ASSERT(isalnum((unsigned char)id.p[i]) ||
			    id.p[i] == '-' || id.p[i] == '_');
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct slice text = {(const char *)data, n};
	struct axes axes;
	const char *why;

	check_lines(text);
	if (axes_read(&axes, text, &why)) {
		FUZZ_ASSERT(axes.n >= 2 && axes.n <= AXES_MAX);
		axes_release(&axes);
	}
	return 0;
}
