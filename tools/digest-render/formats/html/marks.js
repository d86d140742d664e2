/* SPDX-License-Identifier: ISC */
/*
 * Marks, as marks.jsonl has them: of star, drop and none the last one holds,
 * read and a note stand on their own.  The browser keeps {id: {star: time} or
 * {drop: time} or {none: time}, and {read: time, note: text, noted: time}}; the
 * file is what paperround and llm-score read.
 */

const verdicts = ["star", "drop", "none"];
const now = () => new Date().toISOString().replace(/\.\d+/, "");

function readMarks() {
	try {
		const marks = JSON.parse(keep.get("marks"));
		return new Map(Object.entries(marks ?? {}));
	} catch {
		return new Map();
	}
}

let marks = new Map();

function keepMarks() {
	keep.set("marks", JSON.stringify(Object.fromEntries(marks)));
	showMarks();
}

const verdictOf = (mark) => verdicts.find((kind) => mark?.[kind]) ?? "none";

/* At another time than before, so that of two files the later one holds. */
function withVerdict(mark, kind) {
	const { star, drop, none, ...rest } = mark;
	return { ...rest, [kind]: now() };
}

/* What was there before each mark, for undo. */
const past = [];

function setMark(item, kind, on) {
	marks = readMarks();
	const before = marks.get(item.id) ?? {};
	const mark = kind === "read" ? { ...before, read: on ? now() : undefined } :
	    withVerdict(before, on ? kind : "none");
	past.push([item, before]);
	marks.set(item.id, mark);
	keepMarks();
}

/* Returns whose mark was taken back. */
function undoMark() {
	const [item, before] = past.pop() ?? [];
	if (!item)
		return null;
	marks = readMarks();
	const changed = verdictOf(before) !== verdictOf(marks.get(item.id));
	marks.set(item.id, changed ? withVerdict(before, verdictOf(before)) :
	    before);
	keepMarks();
	return item;
}

function showMark(item) {
	const mark = marks.get(item.id) ?? {};
	item.element.classList.toggle("read", Boolean(mark.read));
	item.element.classList.toggle("starred", Boolean(mark.star));
	item.element.classList.toggle("dropped", Boolean(mark.drop));
	for (const button of all("button[aria-pressed]", item.element))
		button.setAttribute("aria-pressed",
		    String(Boolean(mark[button.dataset.do])));
}

function showMarks() {
	for (const item of shownItems())
		showMark(item);
	const n = markLines().length;
	const button = $("export");
	if (button) {
		button.textContent = `Export ${words(n, "mark")}`;
		button.disabled = n === 0;
	}
	/* For what else goes by them. */
	document.dispatchEvent(new Event("marks"));
}

function markButton(kind, name) {
	return make("button", { type: "button", "data-do": kind,
	    "aria-pressed": "false" }, name);
}

/* The file. */

function markLines() {
	const lines = [];
	for (const [id, mark] of marks) {
		for (const kind of [...verdicts, "read"])
			if (mark[kind])
				lines.push({ id, mark: kind, time: mark[kind] });
		if (mark.note)
			lines.push({ id, note: mark.note, time: mark.noted });
	}
	return lines.sort((a, b) => a.time < b.time ? -1 : 1);
}

function exportMarks() {
	const blob = new Blob(markLines().map((line) =>
	    JSON.stringify(line) + "\n"), { type: "application/jsonl" });
	const link = make("a", { href: URL.createObjectURL(blob),
	    download: "marks.jsonl" });
	link.click();
	setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/* One line of a file, unless what is here is newer.  False if it is none. */
function takeLine(line) {
	const { id, mark: kind, note, time } = line ?? {};
	const known = [...verdicts, "read"].includes(kind);
	if (typeof id !== "string" || Number.isNaN(Date.parse(time)) ||
	    !known && typeof note !== "string")
		return false;
	const mark = marks.get(id) ?? {};
	const newer = (than) => !than || Date.parse(time) > Date.parse(than);
	if (kind === "read" && newer(mark.read))
		mark.read = time;
	else if (known && kind !== "read" && newer(mark[verdictOf(mark)])) {
		for (const other of verdicts)
			delete mark[other];
		mark[kind] = time;
	}
	if (typeof note === "string" && newer(mark.noted))
		Object.assign(mark, { note, noted: time });
	marks.set(id, mark);
	return true;
}

async function importMarks(file) {
	let taken = 0, bad = 0;
	marks = readMarks();
	for (const text of (await file.text()).split("\n")) {
		if (!text.trim())
			continue;
		let line = null;
		try {
			line = JSON.parse(text);
		} catch {
			/* counted below */
		}
		if (takeLine(line))
			taken++;
		else
			bad++;
	}
	keepMarks();
	$("said").textContent = `Read ${words(taken, "mark")}.` +
	    (bad > 0 ? ` ${words(bad, "line")} could not be read.` : "");
}

function listenForFiles() {
	$("export").addEventListener("click", exportMarks);
	$("import").addEventListener("change", async ({ target }) => {
		await importMarks(target.files[0]);
		/* The same file, read again, is a change too. */
		target.value = "";
	});
}
