/* SPDX-License-Identifier: ISC */
#include "common/base/random.h"

#include <time.h>
#include <unistd.h>

#include "common/base/compat.h"
#include "common/base/hash.h"

uint64_t
random_bits(void)
{
	static uint64_t state;
	struct timespec now;
	uint64_t bits;

	if (getentropy(&bits, sizeof(bits)) == 0)
		return bits;
	clock_gettime(CLOCK_REALTIME, &now);
	state ^= (uint64_t)now.tv_nsec ^ (uint64_t)getpid() << 32;
	return hash_next(&state);
}
