/* SPDX-License-Identifier: ISC */
/*
 * Which papers of a page are shown, in which order: what is asked for stands in
 * the controls and in the address.  An item is {element, order, id, title,
 * authors, abstract, comment, topics, categories, relevance, novelty, url,
 * date, text}.
 */

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
	const number = (name) => name in element.dataset ?
	    Number(element.dataset[name]) : null;
	const texts = (selector) => all(selector, element)
	    .map((found) => found.textContent);
	return {
		element, order,
		id: element.dataset.id,
		title: element.querySelector(".title").textContent,
		url: element.querySelector(".id a, a.title").href,
		authors: namesOf(element.querySelector(".authors")),
		abstract: textOf(element, ".abstract"),
		comment: textOf(element, ".comment"),
		topics: texts(".topic"),
		categories: texts(".category"),
		date: element.querySelector(".day")?.textContent ??
		    document.querySelector("h1 .date")?.textContent ?? "",
		relevance: number("r"),
		novelty: number("n"),
	};
}

function searchText(item) {
	item.text ??= fold([item.id, item.title, item.authors.join(", "),
	    item.abstract, item.comment, item.topics.join(", "),
	    item.categories.join(" "), item.date].join("\n"));
	return item.text;
}

/* Before the first word is typed, a few at a time. */
function foldLater(list) {
	list.slice(0, 50).forEach(searchText);
	if (list.length > 50)
		setTimeout(foldLater, 10, list.slice(50));
}

let items = [];
const byElement = new Map();
const shownItems = () => items;

/* ---------------------------------------------------- what is asked for */

/* What the address calls the controls. */
const fields = { q: "find", t: "topic", c: "category", s: "score",
    o: "order" };
const boxes = ["starred", "unread", "fresh"];
/* Cells of the plot: "9,8". */
const picked = new Set();

function wanted() {
	const [axis, least] = $("score").value.split(" ");
	return {
		terms: parseQuery($("find").value),
		topic: $("topic").value,
		category: $("category").value,
		axis, least: Number(least),
		starred: $("starred").checked,
		unread: $("unread").checked,
		fresh: $("fresh").checked,
	};
}

function matches(item, want) {
	const mark = marks.get(item.id);
	if (want.starred && !mark?.star || want.fresh && !item.fresh ||
	    want.unread && (mark?.read || mark?.drop))
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

function isFiltered() {
	return picked.size > 0 || boxes.some((id) => $(id).checked) ||
	    ["find", "topic", "category", "score"].some((id) => $(id).value);
}

/* ------------------------------------------------- state in the address */

function writeState() {
	const state = new URLSearchParams();
	for (const [key, id] of Object.entries(fields))
		if ($(id).value)
			state.set(key, $(id).value);
	for (const id of boxes)
		if ($(id).checked)
			state.set(id, "");
	for (const cell of picked)
		state.append("at", cell);
	/* The address of a paper stays until something is asked for. */
	if (state.size > 0 || location.hash.includes("="))
		history.replaceState(null, "", state.size > 0 ? `#${state}` :
		    location.pathname + location.search);
}

function readState() {
	const state = new URLSearchParams(location.hash.slice(1));
	for (const [key, id] of Object.entries(fields)) {
		$(id).value = state.get(key) ?? "";
		if ($(id).selectedIndex < 0)
			$(id).value = "";
	}
	for (const id of boxes)
		$(id).checked = state.has(id);
	picked.clear();
	for (const cell of state.getAll("at"))
		picked.add(cell);
}

/* ------------------------------------------------------- what is shown */

const descending = (key) => (a, b) =>
	(b[key] ?? Infinity) - (a[key] ?? Infinity) || a.order - b.order;
const orders = {
	relevance: descending("relevance"),
	novelty: descending("novelty"),
	id: (a, b) => a.id < b.id ? 1 : a.id > b.id ? -1 : 0,
	title: (a, b) => collator.compare(a.title, b.title),
};
const collator = new Intl.Collator("en");

/* Another order than the page's own has one list instead of groups. */
const sorted = make("section", { class: "group" });
/* The order that the papers stand in; null while they are moved. */
let standing = "";

function inOrder(order) {
	if (!order)
		return items;
	return items.filter((item) => item.element.matches("article"))
	    .sort(orders[order]);
}

function place(item, order) {
	item.home ??= item.element.parentNode;
	(order ? sorted : item.home).append(item.element);
}

/* A list is seen where there is something in it, and only the one or the
 * others. */
function showGroups(order) {
	for (const group of all(".group"))
		group.hidden = (group === sorted) !== Boolean(order) ||
		    !group.querySelector("[data-id]:not([hidden])");
}

/* Of hundreds of papers those are shown at once that a window may hold, and the
 * others while one looks at these. */
const AT_ONCE = 60;
let later = 0;

function arrange(list, hits, order, move) {
	const most = "large" in root.dataset ? AT_ONCE : Infinity;
	let n = 0, i = 0;
	for (; i < list.length && n < most; i++) {
		const { element } = list[i], hit = hits.has(list[i]);
		if (move)
			place(list[i], order);
		if (element.hidden === hit)
			element.hidden = !hit;
		n += hit;
	}
	if (i < list.length) {
		later = setTimeout(arrange, 0, list.slice(i), hits, order, move);
	} else {
		standing = order;
		if (!order)
			sorted.remove();
	}
	showGroups(order);
}

function rearrange(hits) {
	const order = $("order").value;
	const move = order !== standing;
	clearTimeout(later);
	if (move) {
		standing = null;
		if (order)
			document.querySelector(".group").before(sorted);
	}
	arrange(inOrder(order), hits, order, move);
}

/* Of a site, whose pages stand two folders deep. */
function searchEverywhere(query) {
	if (!query || !/\/\d{4}\/\d\d\/[^/]+\.html$/.test(location.pathname))
		return [];
	return [", or ", make("a", { href: "../../index.html#" +
	    new URLSearchParams({ q: query }) }, "search all days")];
}

function showNothing(n) {
	$("nothing")?.remove();
	if (n > 0)
		return;
	const query = $("find").value.trim();
	const button = make("button", { type: "button", class: "link" }, "clear");
	button.addEventListener("click", clear);
	document.querySelector(".group").before(make("p",
	    { id: "nothing", class: "verdict" }, query ?
	    `Nothing matches '${query}' – ` : "No paper is like that – ",
	    button, ...searchEverywhere(query)));
}

/* The words that were found, without a change of the document; as many as one
 * looks at. */
const RANGES = 500;

function findIn(node, texts, found) {
	const data = node.data.toLowerCase();
	/* Then places in it are not those of the text. */
	if (data.length !== node.length)
		return;
	for (const text of texts)
		for (let at = data.indexOf(text); at >= 0 && found.size < RANGES;
		    at = data.indexOf(text, at + text.length)) {
			const range = new Range();
			range.setStart(node, at);
			range.setEnd(node, at + text.length);
			found.add(range);
		}
}

function highlight(terms, visible) {
	if (!window.Highlight)
		return;
	const found = new Highlight();
	const texts = terms.filter((term) => !term.not && term.text.length > 1)
	    .map((term) => term.text);
	for (const { element } of texts.length > 0 ? visible : []) {
		if (found.size >= RANGES)
			break;
		const walker = document.createTreeWalker(element,
		    NodeFilter.SHOW_TEXT);
		while (walker.nextNode())
			if (walker.currentNode.parentElement.closest(
			    ".title, .gist, .abstract, .comment"))
				findIn(walker.currentNode, texts, found);
	}
	CSS.highlights.set("found", found);
}

/* Where the reader was before the first word was typed. */
let before = null;

function keepPlace(filtered, was) {
	const tools = document.querySelector(".tools");
	if (filtered) {
		before ??= was;
		/* The first that was found stands below the bar. */
		if (tools.getBoundingClientRect().top <= 0)
			scrollTo({ top: tools.parentNode.offsetTop,
			    behavior: "instant" });
	} else if (before !== null) {
		scrollTo({ top: before, behavior: "instant" });
		before = null;
	}
}

let written = 0;
let lastAsked = "";

function showNow() {
	const want = wanted();
	const filtered = isFiltered();
	const visible = items.filter((item) => matches(item, want));
	/* A shorter page may not reach as far down. */
	const was = scrollY;
	rearrange(new Set(visible));
	const total = new Set(items.map((item) => item.id)).size;
	const n = new Set(visible.map((item) => item.id)).size;
	say(filtered ? `${n} of ${words(total, "paper")}` :
	    words(total, "paper"));
	root.toggleAttribute("data-filtered", filtered);
	$("clear").hidden = !filtered;
	showNothing(n);
	showControls();
	const asked = JSON.stringify([want, ...picked]);
	if (asked !== lastAsked)
		keepPlace(filtered, was);
	lastAsked = asked;
	clearTimeout(written);
	written = setTimeout(() => {
		writeState();
		highlight(want.terms, visible);
	}, 200);
}

let pending = 0;

function show() {
	cancelAnimationFrame(pending);
	pending = requestAnimationFrame(showNow);
}

function clear() {
	for (const id of ["find", "topic", "category", "score"])
		$(id).value = "";
	for (const id of boxes)
		$(id).checked = false;
	picked.clear();
	show();
}

/* ------------------------------------------- controls that papers leave */

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
		/* The lowest keeps everything. */
		for (const score of [...scores].sort((a, b) => b - a)
		    .slice(0, -1))
			values.push([`${key} ${score}`, `${name} ≥ ${score}`]);
	}
	return values;
}

function fillChoices() {
	fill($("topic"), countOf("topics"));
	fill($("category"), countOf("categories"));
	fill($("score"), thresholds());
}

/* Chips and the plot show what is chosen, however it was. */
function showControls() {
	for (const chip of all(".chips button"))
		chip.setAttribute("aria-pressed",
		    String(chip.dataset.topic === $("topic").value));
	document.querySelector(".plot")?.classList
	    .toggle("picking", picked.size > 0);
	for (const bubble of all(".plot a"))
		if (picked.has(bubble.dataset.cell))
			bubble.setAttribute("aria-current", "true");
		else
			bubble.removeAttribute("aria-current");
}

function pickCell(cell) {
	if (!picked.delete(cell))
		picked.add(cell);
	show();
}

function pickTopic(topic) {
	$("topic").value = $("topic").value === topic ? "" : topic;
	show();
}

function onControl(event) {
	const bubble = event.target.closest(".plot a");
	const chip = event.target.closest(".chips button");
	if (bubble) {
		event.preventDefault();
		pickCell(bubble.dataset.cell);
	} else if (chip)
		pickTopic(chip.dataset.topic);
}

/* What a page of papers starts with. */
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
	ready();
}
