/* SPDX-License-Identifier: ISC */
/* A page of papers: clicks, and how it starts. */

function act(item, what, button) {
	if (what === "bibtex")
		copyBibtex(item, button);
	else
		setMark(item, what, !marks.get(item.id)?.[what]);
}

function onClick(event) {
	const button = event.target.closest("[data-do]");
	const bubble = event.target.closest(".plot a");
	const chip = event.target.closest(".chips button");
	const filter = document.querySelector(".filter[open]");
	if (button)
		act(byElement.get(button.closest("[data-id]")),
		    button.dataset.do, button);
	else if (bubble) {
		event.preventDefault();
		pickCell(bubble.dataset.cell);
	} else if (chip)
		pickTopic(chip.dataset.topic);
	if (filter && !filter.contains(event.target))
		filter.open = false;
	const item = byElement.get(event.target.closest("article"));
	if (item)
		select(item);
}

function onStorage() {
	showTheme();
	marks = readMarks();
	showMarks();
}

function listen() {
	document.addEventListener("click", onClick);
	document.addEventListener("toggle", onToggle, true);
	document.addEventListener("keydown", onKey);
	$("theme").addEventListener("click", toggleTheme);
	$("help").addEventListener("click", showKeys);
	listenForFiles();
	addEventListener("storage", onStorage);
	addEventListener("beforeprint", beforePrint);
	addEventListener("afterprint", afterPrint);
}

/* Papers can be searched. */
function startSearch(tools) {
	items = all("main [data-id]").map(itemOf);
	for (const item of items)
		byElement.set(item.element, item);
	if ("large" in root.dataset)
		items.forEach(stow);
	fillChoices();
	showFresh();
	tools.addEventListener("input", show);
	tools.addEventListener("submit", (event) => event.preventDefault());
	$("clear").addEventListener("click", clear);
	addEventListener("hashchange", () => {
		if (!openAddressed() && (location.hash.includes("=") ||
		    isFiltered())) {
			readState();
			show();
		}
	});
	if (location.hash.includes("="))
		readState();
	showNow();
	openAddressed();
	root.classList.toggle("split", Boolean(document.querySelector("article")));
	if (beside.matches && !document.querySelector("article > details[open]"))
		all("article:not([hidden]) > details").slice(0, 1)
		    .forEach((details) => { details.open = true; });
}

function start() {
	marks = readMarks();
	listen();
	/* Where it is seen, for those who go from one control to the next. */
	document.querySelector("footer").before($("run"));
	const tools = document.querySelector(".tools");
	if (tools)
		startSearch(tools);
	showMarks();
	typesetAll(document);
	root.dataset.ready = "";
}

root.classList.add("on");
showTheme();
document.addEventListener("DOMContentLoaded", start);
