# shellcheck shell=sh disable=SC2154
# SPDX-License-Identifier: ISC
#
# The reader's library, sourced by paperround: the file LIBRARY, in any form
# that the script of libraries reads, as records in $STATE/library.jsonl.

# library_records FILE ..: as papers, by the script that is shipped.
library_records() {
	for program in "$SHARE/contrib/library" "$here/contrib/library"; do
		[ ! -x "$program" ] || break
	done
	"$program" "$@"
}

library_is_there() {
	case $LIBRARY in
	zotero:?*) ;;
	*)	[ -f "$LIBRARY" ] && [ -r "$LIBRARY" ] ;;
	esac
}

# library_state prints what the records depend on: a server is asked once a
# day.
library_state() {
	case $LIBRARY in
	zotero:?*) printf '%s\n' "$LIBRARY $TODAY" ;;
	*)	printf '%s\n' "$LIBRARY $(cksum <"$LIBRARY")" ;;
	esac
}

# open_library sets OWN to the file of records, empty where there are none.
# They are made anew when LIBRARY has changed, and only then is it told what is
# wrong with it; one that cannot be read at all leaves those of before, and if
# it was for want of room or a server the next run tries again.
open_library() {
	export OWN=
	[ -n "$LIBRARY" ] || return 0
	if ! library_is_there; then
		warn "LIBRARY: $LIBRARY cannot be read"
	else
		library_state >"$STATE/library.now" || no_room "to $STATE" ||
			return
		cmp -s "$STATE/library.now" "$STATE/library.state" ||
			renew_library
	fi
	[ ! -s "$STATE/library.jsonl" ] || OWN=$STATE/library.jsonl
}

renew_library() {
	library_records "$LIBRARY" >"$STATE/library.part"
	case $? in
	0)	;;
	1)	warn "LIBRARY: $LIBRARY cannot be read in part, see above;" \
		    "what can be read counts" ;;
	*)	warn "LIBRARY: $LIBRARY could not be read this time, see above;" \
		    "what it was before counts"
		return ;;
	esac
	if [ -s "$STATE/library.part" ]; then
		paperround-helper finish "$STATE/library.part" \
		    "$STATE/library.jsonl" || no_room "to $STATE" || return
	else
		warn "LIBRARY: there is nothing in $LIBRARY"
	fi
	mv -f "$STATE/library.now" "$STATE/library.state"
}
