# shellcheck shell=sh
# The examples of the manual, as files that a test can run.
#
#   manual_examples PAGE DIR    each .Dl line and each literal display of the
#                               page, wherever it stands, becomes DIR/PAGE.NN

manual_examples() {
	mkdir -p "$2"
	awk -v base="$2/${1##*/}" '
	function unescape(s) {
		gsub(/\\\(aq/, "\047", s)
		gsub(/\\\(dq/, "\"", s)
		gsub(/\\\(\047i/, "í", s)
		gsub(/\\\(:u/, "ü", s)
		gsub(/\\&/, "", s)
		gsub(/\\e/, "\\", s)
		return s
	}
	function begin() { file = sprintf("%s.%02d", base, ++n) }
	/^\.Dl / { begin(); print unescape(substr($0, 5)) >file; next }
	/^\.(Bd|D1)/ { begin(); printf "" >file; inside = 1; next }
	/^\.Ed/ { inside = 0; next }
	inside { print unescape($0) >file }' "$1"
}
