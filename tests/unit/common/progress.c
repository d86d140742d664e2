/* SPDX-License-Identifier: ISC */
#include "common/base/msg.h"
#include "../tap.h"

static const char *
duration(double s)
{
	static struct strbuf b = STRBUF_INIT(64);

	strbuf_reset(&b);
	progress_duration(&b, s);
	return b.s;
}

int
main(void)
{
	struct slice s = SLICE_LIT("caf\xc3\xa9 noir");

	is_str(duration(0), "0 s", "nothing");
	is_str(duration(119.4), "119 s", "seconds");
	is_str(duration(119.6), "2 min", "minutes");
	is_str(duration(89 * 60 + 29), "89 min", "rounded");
	is_str(duration(7500), "2 h 5 min", "hours");
	is_int(progress_cut(s, 4).n, 5, "characters, not bytes");
	is_int(progress_cut(s, 3).n, 3, "cut before one");
	is_int(progress_cut(s, 100).n, s.n, "all of it");
	is_int(progress_cut(s, 0).n, 0, "none of it");
	return done_testing();
}
