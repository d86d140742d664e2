/* SPDX-License-Identifier: ISC */
/*
 * Runs a fuzz target over the files named, one TAP line each; the empty input
 * and every cut of each file up to 256 bytes come for free.
 */
#include <stdio.h>
#include <stdlib.h>

#include "fuzz.h"

static unsigned char buf[1 << 20];

int
main(int argc, char *argv[])
{
	size_t n, cut;
	FILE *fp;
	int i;

	LLVMFuzzerTestOneInput(buf, 0);
	for (i = 1; i < argc; i++) {
		if ((fp = fopen(argv[i], "rb")) == NULL) {
			perror(argv[i]);
			return 1;
		}
		n = fread(buf, 1, sizeof(buf), fp);
		fclose(fp);
		for (cut = 0; cut <= n && cut <= 256; cut++)
			LLVMFuzzerTestOneInput(buf, cut);
		LLVMFuzzerTestOneInput(buf, n);
		printf("ok %d - %s\n", i, argv[i]);
	}
	printf("1..%d\n", argc - 1);
	return 0;
}
