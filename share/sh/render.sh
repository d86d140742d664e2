# shellcheck shell=sh disable=SC2154
# SPDX-License-Identifier: ISC
#
# RENDER, the last stage, sourced by paperround and by site.mk: papers on
# standard input, a document on standard output.

# render FORMAT OUTPUT REPORT PAPERS DAY [OPTION ...] makes the document OUTPUT
# of the file PAPERS and the report of a DAY, which may be missing.  Returns 0;
# or 1 if it was made of what could be read of them; or 2 if RENDER failed, and
# there is no OUTPUT then.  "-" is standard output; then the status is RENDER's,
# or 1 if that is none of ours.
render() {
	form=$1 output=$2 report=$3 papers=$4 about=$5
	shift 5
	[ -f "$report" ] || report=/dev/null
	[ -f "$papers" ] || papers=/dev/null
	if [ "$output" = - ]; then
		render_stage "$@" <"$papers"
		rendered=$?
		case $rendered in
		0|2|75|77|141) return $rendered ;;
		esac
		warn "RENDER failed with status $rendered$(render_hint)"
		return 1
	fi
	render_file "$@" && return
	# A line that was torn hides nothing else.
	clean=$output.clean flawed=
	[ -d "$clean" ] || mkdir "$clean" || return 2
	paper-filter -q -o "$clean/papers" "$papers"
	[ $? != 1 ] || papers=$clean/papers flawed=yes
	spoilt=$(spoilt_reports "$report" "$@")
	report=$(without_spoilt "$report")
	for option; do
		set -- "$@" "$(without_spoilt "$option")"
		shift
	done
	[ -z "$spoilt" ] || flawed=yes
	[ -n "$flawed" ] && render_file "$@" &&
		rendered=1 || rendered=2
	[ "$rendered" = 1 ] || rm -f "$output"
	rm -rf "$clean"
	return "$rendered"
}

# spoilt_reports WORD .. prints which of them are reports with lines that are
# none.  jq would take one without its end for the beginning of the next file.
spoilt_reports() {
	awk 'BEGIN {
		for (i = 1; i < ARGC; i++)
			if (ARGV[i] ~ /[.]report([.]jsonl)?$/)
				reports++
			else
				ARGV[i] = ""
		if (reports == 0)
			exit
	}
	{ print FILENAME "\t" $0 }' "$@" | jq -Rnr 'inputs |
	    index("\t") as $tab |
	    # To jq a control character is as good as another.
	    select(.[$tab + 1:] | [fromjson? | objects] == [] or
		test("[\\x00-\\x1f]")) |
	    .[:$tab]' | uniq
}

# without_spoilt WORD prints it, or the name of a copy that has what can be read.
without_spoilt() {
	case "
$spoilt
" in
	*"
$1
"*)	jq -Rc 'fromjson? | objects' <"$1" >"$clean/${1##*/}"
		printf '%s\n' "$clean/${1##*/}" ;;
	*)	printf '%s\n' "$1" ;;
	esac
}

# render_hint ends a message about RENDER that failed.
render_hint() {
	case $RENDER in
	digest-render*\|*) ;;
	# Which says itself what is wrong.
	digest-render*) return ;;
	esac
	names_format ||
		echo "; it names no \$FORMAT, so -f, -o, --report and more were" \
		    "added to its end"
}

# shellcheck disable=SC2016 # as it stands there
names_format() {
	case $RENDER in
	*'$FORMAT'*|*'${FORMAT'*) ;;
	*)	return 1 ;;
	esac
}

render_file() { { render_stage "$@"; } <"$papers" >"$output"; }

# publish FORMAT TARGET ..: the same, but TARGET is replaced as a whole or not
# at all.
publish() {
	wanted_form=$1 target=$2
	shift 2
	render "$wanted_form" "$target.part" "$@"
	published=$?
	[ $published = 2 ] || mv -f "$target.part" "$target" || return 2
	return $published
}

# render_stage [OPTION ...]: one that names no $FORMAT gets all as options.
render_stage() (
	FORMAT=$form REPORT=$report DAY=$about
	export FORMAT REPORT DAY
	if names_format; then
		# An option, and what belongs to it, a line each.
		# shellcheck disable=SC2034 # the command line uses it
		NAV=$(printf '%s\n' "$@")
		IFS='
'
		eval "$RENDER"
		exit
	fi
	[ "$REPORT" = /dev/null ] || set -- --report "$REPORT" "$@"
	[ -z "$DAY" ] || set -- --date "$DAY" "$@"
	case $FORMAT in
	*.jq)	set -- --template "$FORMAT" "$@" ;;
	*)	set -- -f "$FORMAT" "$@" ;;
	esac
	eval "$RENDER"' -o - "$@"'
)

# render_best OUTPUT REPORT PAPERS DAY: those that a digest shows; all of them
# if RENDER writes no records.  If it does, but failed, as on a full disk, there
# is no OUTPUT, as with render.
render_best() {
	render jsonl "$@"
	best=$?
	if [ $best = 2 ]; then
		records=$1 all=$3
		shift
		render jsonl - "$@" >/dev/null 2>&1 && return 2
		cp "$all" "$records"
		return
	fi
	head=
	read -r head <"$1" || :
	case $head in
	''|'{'*) return $best ;;
	*)	cp "$3" "$1" ;;
	esac
}
