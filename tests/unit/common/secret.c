/* SPDX-License-Identifier: ISC */
/* Keys struck out of text, and nothing else. */
#include "../tap.h"

#include <stdlib.h>

#include "common/base/compat.h"
#include "common/base/secret.h"
#include "common/base/xalloc.h"

static void
hidden(const char *what, const char *text, const char *want)
{
	char *copy = xstrdup(text);

	secret_hide(copy, strlen(copy));
	is_str(copy, want, "%s", what);
	free(copy);
}

static void
test_spellings(void)
{
	hidden("as it is", "the key sk-AbC-0123456789 is wrong",
	    "the key ***************** is wrong");
	hidden("in another case", "SK-ABC-0123456789", "*****************");
	hidden("eight characters", "bC-01234.", "********.");
	hidden("seven", "bC-0123.", "bC-0123.");
	hidden("backwards", "9876543210-CbA-ks", "*****************");
	hidden("spaced", "s k - A b C - 0 1 2 3 4 5 6 7 8 9",
	    "*********************************");
	hidden("without dashes", "skAbC0123456789", "***************");
	hidden("zero width",
	    "sk-A\xe2\x80\x8b"
	    "bC-0123456789",
	    "********************");
	hidden("wide", "\xef\xbd\x93k-AbC-0123456789", "*******************");
	hidden("as in a URL", "%73k%2dAbC%2D0123456789",
	    "***********************");
	hidden("twice over", "%2573k-AbC-0123456789", "*********************");
	hidden("as in JSON", "\"\\u0073k-AbC-0123456789\"",
	    "\"**********************\"");
	hidden("as in HTML", "&#115;k-AbC-&#x30;123456789",
	    "***************************");
	hidden("in HTML, not closed", "&#115k-AbC-0123456789",
	    "*********************");
	hidden("  with zeros before it",
	    "&#000000115;k-AbC-&#x00000030;123456789",
	    "***************************************");
	hidden("  a number beyond all", "&#4294967411;k-AbC-012",
	    "&#4294967411;*********");
	hidden("octal", "\\163\\153\\055\\101\\142\\103\\055\\060\\061",
	    "************************************");
	hidden("  as short as may be", "\\163\\153\\55\\101\\142C\\55\\60",
	    "**************************");
	hidden("  in JSON", "\"\\\\163\\\\153\\\\055AbC-0\"",
	    "\"********************\"");
	hidden("code points", "\\u{73}\\x{6b}\\U0000002dAbC-0",
	    "***************************");
	hidden("quoted-printable", "=73=6B=2DAbC-0", "**************");
	hidden("  lines broken in base64", "c2stQWJDL=\nTAxMjM0N=\r\nTY3ODk=",
	    "**********\n**********\n******=");
	hidden("  which may be none", "key=bC%2D01234", "key=**********");
	hidden("as in old URLs", "%u0073k%u002DAbC-0", "******************");
	hidden("spaced by escapes", "s\\bk\\f-\\vA\\abC-0", "****************");
	hidden("hex", "at 736b2d4162432d30313233343536373839.",
	    "at **********************************.");
	hidden("bytes", "0x73,0x6b,0x2d,0x41,0x62,0x43,0x2d,0x30",
	    "0x*************************************");
	hidden("base64",
	    "Basic c2stQWJDLTAxMjM0NTY3ODk=", "Basic ***********************=");
	hidden("base64 of more",
	    "bWU6c2stQWJDLTAxMjM0NTY3ODk=", "bWU6***********************=");
	hidden("JSON stays so", "{\"a\":\"sk-AbC-\",\"b\":\"0123456789\"}",
	    "{\"a\":\"sk-AbC-\",\"b\":\"**********\"}");
	hidden("what escapes it goes", "\"\\/AbC-01234\"", "\"\\/*********\"");
	hidden("  and that of which it is a part", "\"\\u200C-0123456789\"",
	    "\"*****************\"");
	hidden("nothing of it", "A risk-aware task, 0123.",
	    "A risk-aware task, 0123.");
}

/* Wherever it stands; where a part of the text ends, less than eight characters
 * may stay. */
static void
test_long(void)
{
	enum {
		SIZE = 20000
	};
	char *text = xcalloc(1, SIZE + 1);
	int bad = 0;

	for (size_t at = 13990; at < 16500; at += 17) {
		size_t left = 0;

		memset(text, '.', SIZE);
		memcpy(text + at, "sk-AbC-0123456789", 17);
		secret_hide(text, SIZE);
		for (size_t i = 0; i < 17; i++)
			left += text[at + i] != '*';
		bad += left >= 8 || memmem(text, SIZE, "*.*", 3) != NULL;
	}
	is_int(bad, 0, "everywhere in a long text");
	free(text);
}

int
main(void)
{
	hidden("nothing is known", "sk-AbC-0123456789", "sk-AbC-0123456789");
	secret_learn("short");
	hidden("a short one is none", "short and shorter", "short and shorter");
	secret_learn("sk-AbC-0123456789");
	test_spellings();
	test_long();
	setenv("SOME_API_KEY", "fromtheenvironment", 1);
	setenv("SOME_KEYS", "ordinarytext", 1);
	secret_learn_environment();
	hidden("from the environment", "fromthe ordinarytext",
	    "fromthe ordinarytext");
	hidden("  all of it", "environmental", "***********al");
	secret_forget();
	hidden("forgotten", "sk-AbC-0123456789", "sk-AbC-0123456789");
	return done_testing();
}
