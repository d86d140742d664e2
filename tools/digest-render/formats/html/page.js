/* SPDX-License-Identifier: ISC */
/* What a page can do with its papers: search, filters, order, keys, marks. */

/* Papers.  An item is {id, title, authors, comment, topics, categories,
 * relevance, novelty, url, date, text}, and on pages that show their papers
 * also {element, order}. */

const whole = (score) => score === null || !(score >= 0.5) ? 0 :
	Math.min(10, Math.floor(score + 0.5));

/* "A, B, C": names are text, but for those that hold a comma themselves. */
function namesOf(element) {
	const names = [];
	for (const node of element?.childNodes ?? []) {
		if (node.nodeType === Node.TEXT_NODE)
			names.push(...node.data.split(",")
			    .map((name) => name.trim()).filter(Boolean));
		else if (node.matches("mark, .one"))
			names.push(node.textContent);
	}
	return names;
}

function textOf(element, selector) {
	const found = element.querySelector(selector);
	if (!found)
		return "";
	return [...found.childNodes].slice(
	    found.firstElementChild?.tagName === "SPAN" ? 1 : 0)
	    .map((node) => node.textContent).join("").trim();
}

function itemOf(element, order) {
	const title = element.querySelector(".title");
	const link = element.querySelector(".id a, a.title");
	const number = (name) => name in element.dataset ?
	    Number(element.dataset[name]) : null;
	return {
		element, order,
		id: element.dataset.id,
		title: title.textContent,
		url: link.href,
		authors: namesOf(element.querySelector(".authors")),
		abstract: textOf(element, ".abstract"),
		comment: textOf(element, ".comment"),
		topics: all(".topic", element).map((li) => li.textContent),
		categories: all(".category", element)
		    .map((li) => li.textContent),
		date: element.querySelector(".day")?.textContent ??
		    document.querySelector("h1 .date")?.textContent ?? "",
		relevance: number("r"),
		novelty: number("n"),
	};
}

function searchText(item) {
	item.text ??= fold([item.id, item.title, item.authors.join(", "),
	    item.abstract ?? "", item.comment, item.topics.join(", "),
	    item.categories.join(" "), item.date].join("\n"));
	return item.text;
}

let items = [];
const byElement = new Map();

const shownItems = () => items;

const picked = new Set();

function wanted() {
	const value = (id) => $(id)?.value ?? "";
	const [axis, least] = value("score").split(" ");
	return {
		terms: parseQuery(value("find")),
		topic: value("topic"),
		category: value("category"),
		axis, least: Number(least),
		starred: $("starred").checked,
		unread: $("unread").checked,
	};
}

function matches(item, want) {
	const mark = marks.get(item.id);
	if (want.starred && !mark?.star || want.unread && mark?.read)
		return false;
	if (want.topic && !item.topics.includes(want.topic))
		return false;
	if (want.category && !item.categories.includes(want.category))
		return false;
	/* A score that is missing passes, as it does everywhere. */
	if (want.axis && item[want.axis] !== null &&
	    item[want.axis] < want.least)
		return false;
	if (picked.size > 0 && !picked.has(
	    `${whole(item.relevance)},${whole(item.novelty)}`))
		return false;
	return want.terms.every((term) =>
	    searchText(item).includes(term.text) !== term.not);
}

const descending = (key) => (a, b) =>
	(b[key] ?? Infinity) - (a[key] ?? Infinity) || a.order - b.order;
const orders = {
	"": (a, b) => a.order - b.order,
	relevance: descending("relevance"),
	novelty: descending("novelty"),
	id: (a, b) => a.id < b.id ? 1 : a.id > b.id ? -1 : 0,
	title: (a, b) => a.title.localeCompare(b.title, "en"),
};

function isFiltered() {
	return picked.size > 0 ||
	    ["find", "topic", "category", "score"].some((id) => $(id).value) ||
	    ["starred", "unread"].some((id) => $(id).checked);
}

/* A page that shows its papers hides what is not asked for. */

let lastOrder = "";
let sorted = null;

/* Another order than the page's own has one list instead of groups. */
function reorder() {
	const order = $("order").value;
	if (order === lastOrder)
		return;
	lastOrder = order;
	const inside = items.filter((item) => !item.element.closest("ul"));
	for (const item of inside)
		item.home ??= item.element.parentNode;
	if (order) {
		inside.sort(orders[order]);
		sorted ??= make("section", { class: "group" });
		sorted.append(...inside.map((item) => item.element));
		document.querySelector(".group")?.before(sorted);
	} else {
		for (const item of inside)
			item.home.append(item.element);
		sorted.remove();
	}
}

function showFiltered() {
	const want = wanted();
	const visible = new Set();
	for (const item of items) {
		const hit = matches(item, want);
		item.element.hidden = !hit;
		if (hit)
			visible.add(item.id);
	}
	for (const group of all(".group, .lines-of"))
		group.hidden = !group.querySelector("[data-id]:not([hidden])");
	for (const entry of all(".contents li"))
		entry.hidden = !visible.has(entry.dataset.for ?? entryId(entry));
	for (const list of all(".contents ol")) {
		const heading = list.previousElementSibling;
		if (heading.matches("h3"))
			heading.hidden = !list.querySelector("li:not([hidden])");
	}
	say(isFiltered() ? `${visible.size} of ${words(total(), "paper")}` :
	    words(total(), "paper"));
}

function entryId(entry) {
	const target = $(decodeURIComponent(
	    entry.querySelector("a").hash.slice(1)));
	return entry.dataset.for = target?.dataset.id ?? "";
}

const total = () => new Set(items.map((item) => item.id)).size;

let pending = 0;

function show() {
	cancelAnimationFrame(pending);
	pending = requestAnimationFrame(showNow);
}

function showNow() {
	$("clear").hidden = !isFiltered();
	reorder();
	showFiltered();
	markTopics();
	markPlot();
}

function clear() {
	for (const id of ["find", "topic", "category", "score"])
		$(id).value = "";
	$("starred").checked = $("unread").checked = false;
	picked.clear();
	show();
}

/* The choices that the papers leave. */

function fill(select, values) {
	select.append(...values.map(([value, name]) =>
	    make("option", { value }, name)));
	select.closest("label").hidden = values.length < 2;
}

function countOf(key) {
	const counts = new Map();
	for (const item of items)
		for (const value of item[key])
			counts.set(value, (counts.get(value) ?? 0) + 1);
	return [...counts].sort((a, b) => b[1] - a[1] ||
	    (a[0] < b[0] ? -1 : 1)).slice(0, 100)
	    .map(([value, n]) => [value, `${value} (${n})`]);
}

function thresholds() {
	const values = [];
	for (const [key, name] of
	    [["relevance", "Relevance"], ["novelty", "Novelty"]]) {
		const scores = new Set(items.map((item) => item[key])
		    .filter((score) => score !== null).map(Math.floor));
		const sorted = [...scores].sort((a, b) => b - a);
		/* The lowest keeps everything. */
		for (const score of sorted.slice(0, -1))
			values.push([`${key} ${score}`, `${name} ≥ ${score}`]);
	}
	return values;
}

function fillChoices() {
	fill($("topic"), countOf("topics"));
	fill($("category"), countOf("categories"));
	fill($("score"), thresholds());
}

/* The list of topics and the plot are controls too. */

function makeTopicButtons() {
	for (const entry of all(".topics li"))
		entry.firstElementChild.replaceWith(make("button", {
			type: "button", "aria-pressed": "false",
		}, entry.dataset.topic));
}

function markTopics() {
	for (const entry of all(".topics li"))
		entry.firstElementChild.setAttribute("aria-pressed",
		    String(entry.dataset.topic === $("topic").value));
}

function markPlot() {
	const plot = document.querySelector(".plot");
	plot?.classList.toggle("picking", picked.size > 0);
	for (const bubble of all(".plot a"))
		if (picked.has(bubble.dataset.cell))
			bubble.setAttribute("aria-current", "true");
		else
			bubble.removeAttribute("aria-current");
}

function pickCell(bubble) {
	const cell = bubble.dataset.cell;
	if (!picked.delete(cell))
		picked.add(cell);
	show();
}

function pickTopic(entry) {
	const topic = $("topic");
	topic.value = topic.value === entry.dataset.topic ? "" :
	    entry.dataset.topic;
	show();
}

/* What one can do with a paper is there once it is open. */
function onToggle(event) {
	const links = event.target.open &&
	    event.target.querySelector(":scope > .body > .links");
	if (!links || links.querySelector("button"))
		return;
	links.append(make("button", { "data-do": "bibtex" }, "BibTeX"),
	    make("button", { "data-do": "read", "aria-pressed": "false" },
		"Read"));
	showMark(byElement.get(links.closest("[data-id]")));
}

/* Clicks and keys. */

function act(item, what, button) {
	if (what === "bibtex")
		copyBibtex(item, button);
	else
		setMark(item, what, !marks.get(item.id)?.[what]);
}

function onClick(event) {
	const button = event.target.closest("[data-do]");
	const bubble = event.target.closest(".plot a");
	const entry = event.target.closest(".topics button")?.parentNode;
	if (button)
		act(byElement.get(button.closest("[data-id]")),
		    button.dataset.do, button);
	else if (bubble) {
		event.preventDefault();
		pickCell(bubble);
	} else if (entry)
		pickTopic(entry);
}

let current = null;

const visibleItems = () => all("main [data-id]:not([hidden])")
	.filter((element) => !element.closest("[hidden]"))
	.map((element) => byElement.get(element));

function step(by) {
	const list = visibleItems();
	if (list.length === 0)
		return;
	let at = list.indexOf(current);
	if (at < 0)
		at = by > 0 ? -1 : list.length;
	const next = list[Math.max(0, Math.min(list.length - 1, at + by))];
	current?.element.classList.remove("at");
	current = next;
	current.element.classList.add("at");
	current.element.scrollIntoView({ block: "start" });
	current.element.querySelector("summary, a").focus({ preventScroll: true });
}

function openPaper(url) {
	if (url)
		window.open(url, "_blank", "noopener");
}

const keys = {
	j: () => step(1),
	k: () => step(-1),
	o: () => openPaper(current?.url),
	p: () => openPaper([...current?.element.querySelectorAll(".acts a") ??
	    []].find((link) => link.textContent === "pdf")?.href),
	s: () => current && act(current, "star"),
	r: () => current && act(current, "read"),
	b: () => current && all("[data-do=bibtex]", current.element)
	    .forEach((button) => act(current, "bibtex", button)),
	Enter: () => all("details", current?.element).forEach((details) => {
		details.open = !details.open;
	}),
	t: toggleTheme,
	"/": () => $("find")?.focus(),
	Escape: () => $("find") && clear(),
};

function onKey(event) {
	if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing)
		return;
	const field = event.target.closest?.("input[type=search], select");
	if (field && event.key === "Escape")
		field.blur();
	else if (field || !Object.hasOwn(keys, event.key))
		return;
	event.preventDefault();
	keys[event.key]();
}

/* Start. */

function ready() {
	fillChoices();
	showMarks();
	showNow();
	typesetAll(document);
	root.dataset.ready = "";
}

function start() {
	marks = readMarks();
	document.addEventListener("click", onClick);
	document.addEventListener("toggle", onToggle, true);
	document.addEventListener("keydown", onKey);
	$("theme").addEventListener("click", toggleTheme);
	$("export")?.addEventListener("click", exportStars);
	addEventListener("storage", () => {
		showTheme();
		marks = readMarks();
		showMarks();
	});
	const tools = document.querySelector(".tools");
	if (!tools) {
		showMarks();
		typesetAll(document);
		root.dataset.ready = "";
		return;
	}
	makeTopicButtons();
	tools.addEventListener("input", show);
	tools.addEventListener("submit", (event) => event.preventDefault());
	$("clear").addEventListener("click", clear);
	items = all("main [data-id]").map(itemOf);
	for (const item of items)
		byElement.set(item.element, item);
	ready();
}

root.classList.add("on");
showTheme();
document.addEventListener("DOMContentLoaded", start);

