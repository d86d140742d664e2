/* SPDX-License-Identifier: ISC */
/* Going through the papers with the keyboard, and the list of its keys. */

let current = null;

/* In the order they stand in now. */
const allInOrder = () => all("main [data-id]")
	.map((element) => byElement.get(element)).filter(Boolean);
const isShown = (item) => !item.element.closest("[hidden]");

function select(item) {
	current?.element.classList.remove("at");
	current = item;
	current.element.classList.add("at");
}

const reveal = (item) => item.element.scrollIntoView(
    { block: "nearest", behavior: "instant" });

/* From a paper that is no longer shown, too. */
function step(by) {
	const list = allInOrder();
	let at = list.indexOf(current);
	if (at < 0 && by < 0)
		at = list.length;
	do
		at += by;
	while (list[at] && !isShown(list[at]));
	if (!list[at])
		return;
	select(list[at]);
	current.element.querySelector("summary, a")
	    .focus({ preventScroll: true });
	reveal(current);
	if (beside.matches && detailsOf(current))
		detailsOf(current).open = true;
}

/* To mark a paper is to be done with it; to take the mark back is not. */
function decide(kind) {
	if (!current)
		return;
	const on = !marks.get(current.id)?.[kind];
	setMark(current, kind, on);
	if (on)
		step(1);
	if (isFiltered())
		show();
}

function undo() {
	const item = undoMark();
	if (!item)
		return;
	if (isFiltered())
		showNow();
	select(item);
	reveal(item);
}

function openPaper(url) {
	if (url)
		window.open(url, "_blank", "noopener");
}

const pdfOf = (item) => item && all(".acts a, .links a", item.element)
	.find((link) => link.textContent === "pdf")?.href;

function toggleCurrent() {
	const details = detailsOf(current);
	if (details)
		details.open = !details.open;
}

function copyCurrent() {
	if (!current)
		return;
	dress(current);
	act(current, "bibtex",
	    current.element.querySelector("[data-do=bibtex]"));
}

const keys = {
	j: ["the next paper", () => step(1)],
	k: ["the one before", () => step(-1)],
	Enter: ["open it here, or close it", toggleCurrent],
	s: ["star it and go on", () => decide("star")],
	x: ["drop it and go on", () => decide("drop")],
	r: ["mark it as read and go on", () => decide("read")],
	u: ["undo the last mark", undo],
	o: ["open its page", () => openPaper(current?.url)],
	p: ["open its PDF", () => openPaper(pdfOf(current))],
	b: ["copy its BibTeX", copyCurrent],
	"/": ["search", () => $("find")?.focus()],
	Escape: ["show everything again", () => $("find") && clear()],
	t: ["dark or light", toggleTheme],
	"?": ["these keys", showKeys],
};

let overlay = null;

function showKeys() {
	overlay ??= make("dialog", { "aria-labelledby": "keys" },
	    make("h2", { id: "keys" }, "Keys"),
	    make("dl", {}, ...Object.entries(keys).flatMap(([key, [what]]) =>
		[make("dt", {}, make("kbd", {}, key)), make("dd", {}, what)])),
	    make("form", { method: "dialog" },
		make("button", { autofocus: "" }, "Close")));
	document.body.append(overlay);
	if (!overlay.open)
		overlay.showModal();
}

function onKey(event) {
	if (event.ctrlKey || event.altKey || event.metaKey ||
	    event.isComposing || overlay?.open)
		return;
	const field = event.target.closest?.("input[type=search], select");
	const control = event.target.closest?.("a, button, summary, input");
	if (field && event.key === "Escape")
		field.blur();
	else if (field || !Object.hasOwn(keys, event.key) ||
	    control && event.key === "Enter")
		return;
	event.preventDefault();
	keys[event.key][1]();
}
