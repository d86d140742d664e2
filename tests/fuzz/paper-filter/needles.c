/* SPDX-License-Identifier: ISC */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <string.h>

#include "common/base/compat.h"
#include "common/base/utf8.h"
#include "common/base/xalloc.h"

#include "../fuzz.h"
#include "filter.h"

static bool
note(void *arg, unsigned owner)
{
	(void)owner;
	*(bool *)arg = true;
	return false;
}

static pcre2_code *
compile(const char *regex)
{
	int error;
	size_t at;

	return pcre2_compile((PCRE2_SPTR)regex, PCRE2_ZERO_TERMINATED,
	    PCRE2_UTF | PCRE2_UCP | PCRE2_CASELESS | PCRE2_NEVER_BACKSLASH_C,
	    &error, &at, NULL);
}

static bool
matches(const pcre2_code *code, struct slice text)
{
	pcre2_match_data *data = pcre2_match_data_create(1, NULL);
	pcre2_match_context *limits = pcre2_match_context_create(NULL);
	int r;

	pcre2_set_match_limit(limits, 10000);
	r = pcre2_match(code, (PCRE2_SPTR)text.p, text.n, 0, 0, data, limits);
	pcre2_match_data_free(data);
	pcre2_match_context_free(limits);
	return r >= 0;
}

/* A line with an expression, then a text: where PCRE2 finds the one in the
 * other, the scan has found what the expression needs. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char *s = xmemdup0((const char *)data, n);
	char *end = strchr(s, '\n');
	struct needles needles;
	struct slice text;
	pcre2_code *code;
	bool found = false;

	if (end == NULL || !utf8_valid(s, n)) {
		free(s);
		return 0;
	}
	*end = '\0';
	text = (struct slice) {end + 1, n - (size_t)(end + 1 - s)};
	needles_init(&needles);
	/* The long s and the sign for Kelvin are s and k in another case;
	 * folded texts do not have them. */
	code = memmem(text.p, text.n, "\u017f", 2) != NULL ||
		memmem(text.p, text.n, "\u212a", 3) != NULL
	    ? NULL
	    : compile(s);
	if (code != NULL && needles_add_regex(&needles, s, 0)) {
		needles_ready(&needles);
		needles_scan(&needles, text, note, &found);
		if (!found)
			FUZZ_ASSERT(!matches(code, text));
	}
	pcre2_code_free(code);
	needles_release(&needles);
	free(s);
	return 0;
}
