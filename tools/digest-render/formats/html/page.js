/* SPDX-License-Identifier: ISC */
/*
 * Clicks, and how a page starts.  startSearch(tools) and onControl(event) are
 * find.js's, and those of the index are index.js's.
 */

function act(item, what, button) {
	if (what === "bibtex")
		copyBibtex(item, button);
	else
		setMark(item, what, !marks.get(item.id)?.[what]);
}

function onClick(event) {
	const button = event.target.closest("[data-do]");
	const filter = document.querySelector(".filter[open]");
	const item = byElement.get(event.target.closest("article"));
	if (button && item)
		act(item, button.dataset.do, button);
	else
		onControl(event);
	if (filter && !filter.contains(event.target))
		filter.open = false;
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

function ready() {
	showMarks();
	typesetAll(document);
	root.dataset.ready = "";
}

function start() {
	marks = readMarks();
	listen();
	/* Where it is seen, for those who go from one control to the next. */
	document.querySelector("footer").before($("run"));
	const tools = document.querySelector(".tools");
	if (tools)
		startSearch(tools);
	else
		ready();
}

root.classList.add("on");
showTheme();
document.addEventListener("DOMContentLoaded", start);
