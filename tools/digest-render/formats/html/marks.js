/* SPDX-License-Identifier: ISC */
/* Marks: {id: {star: time, read: time, paper: record}}. */

function readMarks() {
	try {
		const marks = JSON.parse(keep.get("marks"));
		return new Map(Object.entries(marks ?? {}));
	} catch {
		return new Map();
	}
}

let marks = new Map();

function setMark(item, kind, on) {
	marks = readMarks();
	const mark = { ...marks.get(item.id) };
	if (on)
		mark[kind] = new Date().toISOString();
	else
		delete mark[kind];
	/* A star is worth more with what it was given to. */
	if (mark.star)
		mark.paper ??= recordOf(item);
	else
		delete mark.paper;
	if (mark.star || mark.read)
		marks.set(item.id, mark);
	else
		marks.delete(item.id);
	keep.set("marks", JSON.stringify(Object.fromEntries(marks)));
	showMarks();
}

function showMark(item) {
	const mark = marks.get(item.id) ?? {};
	item.element.classList.toggle("read", Boolean(mark.read));
	item.element.classList.toggle("starred", Boolean(mark.star));
	for (const button of all("button[aria-pressed]", item.element))
		button.setAttribute("aria-pressed",
		    String(Boolean(mark[button.dataset.do])));
}

function showMarks() {
	for (const item of shownItems())
		showMark(item);
	const stars = [...marks.values()].filter((mark) => mark.star).length;
	const button = $("export");
	if (button) {
		button.textContent = `Export ${stars} ` +
		    (stars === 1 ? "star" : "stars");
		button.disabled = stars === 0;
	}
}

/* The records of starred papers, oldest star first: what llm-score --train
 * reads as papers one likes. */
function exportStars() {
	const lines = [...marks.values()].filter((mark) => mark.star)
	    .sort((a, b) => a.star < b.star ? -1 : 1)
	    .map((mark) => JSON.stringify({ ...mark.paper,
		starred: mark.star }) + "\n");
	const blob = new Blob(lines, { type: "application/jsonl" });
	const link = make("a", { href: URL.createObjectURL(blob),
	    download: "stars.jsonl" });
	link.click();
	setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

function recordOf(item) {
	const record = { id: item.id, title: item.title,
	    authors: item.authors };
	if (item.abstract)
		record.abstract = item.abstract;
	if (item.categories.length > 0)
		record.categories = item.categories;
	if (/^\d{4}-\d\d-\d\d$/.test(item.date))
		record.announced = item.date;
	record.url = item.url;
	return record;
}
