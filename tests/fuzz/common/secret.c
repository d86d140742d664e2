/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "common/base/compat.h"
#include "common/base/secret.h"
#include "common/base/strbuf.h"
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

/* The key in one of the ways to escape it by numbers. */
static void
add_escaped(struct strbuf *b, unsigned form)
{
	for (const char *p = key; *p != '\0'; p++) {
		unsigned c = (unsigned char)*p;

		switch (form % 8) {
		case 0:
			strbuf_addf(b, "%%%02x", c);
			break;
		case 1:
			strbuf_addf(b, "\\%o", c);
			break;
		case 2:
			strbuf_addf(b, "\\x%02x", c);
			break;
		case 3:
			strbuf_addf(b, "\\u{%x}", c);
			break;
		case 4:
			strbuf_addf(b, "&#%u", c);
			break;
		case 5:
			strbuf_addf(b, "&#x%04x;", c);
			break;
		case 6:
			strbuf_addf(b, "=%02X", c);
			break;
		default:
			strbuf_addf(b, "%%u%04x", c);
			break;
		}
	}
}

/* Whatever stands around it, all of the key goes; of its first and last escape a
 * sign may stay, where the others' digits told it. */
static void
check_escaped(const uint8_t *data, size_t n)
{
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);
	size_t from, to;

	strbuf_add(&b, (const char *)data, n);
	strbuf_addch(&b, ' ');
	from = b.len;
	add_escaped(&b, n > 0 ? data[0] : 0);
	to = b.len;
	strbuf_addch(&b, ' ');
	strbuf_add(&b, (const char *)data, n);
	secret_hide(b.s, b.len);
	/* Between the parts of a long text less than eight may stay. */
	for (size_t i = from + 3; i + 1 < to && b.len < 16384; i++)
		FUZZ_ASSERT(b.s[i] == '*');
	strbuf_release(&b);
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
	check_escaped(data, n);
	secret_forget();
	FUZZ_ASSERT(text[n] == '\0');
	free(text);
	return 0;
}
