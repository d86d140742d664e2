/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "common/base/compat.h"
#include "common/base/secret.h"
#include "common/base/utf8.h"
#include "common/base/xalloc.h"

#include "../fuzz.h"

static const char key[] = "nsk-AbC-0123456789bfu/";

/* Text in which any eight characters of the key stand as they are. */
static bool
is_given_away(const char *s, size_t n)
{
	for (size_t i = 0; i + 8 < sizeof(key); i++)
		if (memmem(s, n, key + i, 8) != NULL)
			return true;
	return false;
}

/* What is not struck out is as it was, UTF-8 stays valid, and no piece of the
 * key is left. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char *text = xmemdup0((const char *)data, n);

	secret_learn(key);
	secret_hide(text, n);
	for (size_t i = 0; i < n; i++)
		FUZZ_ASSERT(text[i] == '*' || text[i] == (char)data[i]);
	FUZZ_ASSERT(!is_given_away(text, n));
	if (utf8_valid((const char *)data, n))
		FUZZ_ASSERT(utf8_valid(text, n));
	secret_forget();
	FUZZ_ASSERT(text[n] == '\0');
	free(text);
	return 0;
}
