#!/bin/sh
# Every fuzz target over its corpus: what was found once stays found.
. "$(dirname "$0")/lib.sh"

for source in "$SRCDIR"/tests/fuzz/*/*.c; do
	name=$(basename "$source" .c)
	group=$(basename "$(dirname "$source")")
	target=$BUILD/tests/fuzz/$group/$name
	corpus=$SRCDIR/tests/fuzz/corpus/$name
	ok "$name has a corpus" test -d "$corpus"
	ok "$name holds on it" "$target" "$corpus"/*
done
done_testing
