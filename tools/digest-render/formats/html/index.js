/* SPDX-License-Identifier: ISC */
/* The index: what a search of the archive finds, a page of results at a time. */

const RESULTS = 50;
const FIELDS = { q: "find", t: "topic", c: "category", s: "score", o: "order" };
const TICKS = ["starred", "unread"];

const byElement = new Map();
const shownItems = () => [...byElement.values()];
let worker, total, asked = 0, shown = 0;

const isFiltered = () =>
	["find", "topic", "category", "score"].some((id) => $(id).value) ||
	TICKS.some((id) => $(id).checked);

/* What is asked for is in the address, so that other pages can lead to it. */
function readAddress() {
	const asked = new URLSearchParams(location.hash.slice(1));
	for (const [name, id] of Object.entries(FIELDS))
		$(id).value = asked.get(name) ?? "";
	for (const id of TICKS)
		$(id).checked = asked.has(id);
}

function writeAddress() {
	const asked = new URLSearchParams();
	for (const [name, id] of Object.entries(FIELDS))
		if ($(id).value)
			asked.set(name, $(id).value);
	for (const id of TICKS)
		if ($(id).checked)
			asked.set(id, "");
	const hash = String(asked).replaceAll("=&", "&").replace(/=$/, "");
	try {
		history.replaceState(null, "", "#" + hash);
	} catch {
		/* A browser may refuse, where one types too fast. */
	}
}

/* Results. */

function dayAddress(item) {
	if (!/^\d{4}-\d\d-\d\d$/.test(item.date))
		return null;
	const [year, month] = item.date.split("-");
	return `${year}/${month}/${item.date}.html#p-` +
	    encodeURIComponent(item.id).replaceAll("%2F", "/");
}

function resultRow(item) {
	const score = (value) => value === null ? "–" : String(value);
	const day = dayAddress(item);
	const names = item.authors.length > 8 ?
	    [...item.authors.slice(0, 8), "…"] : item.authors;
	const row = make("li", { "data-id": item.id },
	    make("b", {}, `${score(item.relevance)}·${score(item.novelty)}`),
	    make("a", { class: "title", href: item.url, rel: "noopener" },
		item.title),
	    make("p", { class: "authors" }, names.join(", ")));
	if (item.comment)
		row.append(make("p", { class: "comment" }, item.comment));
	const foot = make("p", { class: "foot" });
	if (day)
		foot.append(make("a", { href: day }, item.date));
	foot.append(...item.topics.map((topic) =>
	    make("span", { class: "topic" }, topic)));
	foot.append(markButton("read", "Read"), markButton("star", "Star"));
	row.append(foot);
	item.element = row;
	byElement.set(row, item);
	showMark(item);
	typesetAll(row);
	return row;
}

/* Nothing found: what can be done about it. */
function showNothing(found) {
	const query = $("find").value.trim();
	const others = ["topic", "category", "score", ...TICKS]
	    .some((id) => $(id).value && $(id).type !== "checkbox" ||
		$(id).checked);
	const what = query ? `“${query}”` : "what is asked for";
	const nothing = $("nothing");
	nothing.hidden = found > 0 || !isFiltered();
	if (nothing.hidden)
		return;
	nothing.replaceChildren(make("b", {}, `Nothing matches ${what}` +
	    (query && others ? " with these filters" : "") +
	    ` among ${words(total, "paper")}.`), " ",
	    make("button", { type: "button", "data-do": "clear" }, "Clear"));
	if (query)
		nothing.append(" or ", make("a", { rel: "noopener",
		    href: "https://arxiv.org/search/?searchtype=all&query=" +
			encodeURIComponent(query) }, "search all of arXiv"));
}

function showAnswer({ asked: answered, found, from, papers }) {
	/* To something that is not asked for any more. */
	if (answered !== asked)
		return;
	const rows = papers.map(resultRow);
	if (from === 0) {
		byElement.clear();
		for (const item of papers)
			byElement.set(item.element, item);
		$("results").replaceChildren(...rows);
	} else {
		$("results").append(...rows);
	}
	shown = from + papers.length;
	$("more").hidden = shown >= found;
	$("more").textContent = `More (${words(found - shown, "paper")})`;
	showNothing(found);
	say(isFiltered() ? `${found.toLocaleString("en")} of ` +
	    words(total, "paper") : words(total, "paper"));
	$("results").removeAttribute("aria-busy");
}

const idsMarked = (kind) => new Set([...marks].filter(([, mark]) => mark[kind])
    .map(([id]) => id));

function wanted() {
	const [axis, least] = $("score").value.split(" ");
	return { terms: parseQuery($("find").value), topic: $("topic").value,
	    category: $("category").value, axis, least: Number(least),
	    order: $("order").value,
	    only: $("starred").checked ? idsMarked("star") : null,
	    not: $("unread").checked ? idsMarked("read") : null };
}

function show() {
	$("clear").hidden = !isFiltered();
	writeAddress();
	$("results").setAttribute("aria-busy", "true");
	if (isFiltered())
		worker.postMessage({ asked: ++asked, search: wanted(), from: 0,
		    to: RESULTS });
	else
		showAnswer({ asked: ++asked, found: 0, from: 0, papers: [] });
}

function showMore() {
	worker.postMessage({ asked, from: shown, to: shown + RESULTS });
}

function clear() {
	for (const id of ["find", "topic", "category", "score"])
		$(id).value = "";
	for (const id of TICKS)
		$(id).checked = false;
	show();
}

/* The choices that the papers leave. */

function fill(select, values) {
	select.append(...values.map(([value, name]) =>
	    make("option", { value }, name)));
	select.closest("label").hidden = values.length < 2;
}

function opened(about) {
	const counted = (list) => list.map(([name, n]) =>
	    [name, `${name} (${n.toLocaleString("en")})`]);
	/* The lowest keeps everything. */
	const least = (axis, name) => about[axis].slice(0, -1)
	    .map((score) => [`${axis} ${score}`, `${name} ≥ ${score}`]);
	total = about.total;
	fill($("topic"), counted(about.topics));
	fill($("category"), counted(about.categories));
	fill($("score"), [...least("relevance", "Relevance"),
	    ...least("novelty", "Novelty")]);
	readAddress();
	show();
	root.dataset.ready = "";
}

/* Clicks and keys. */

function onClick(event) {
	const button = event.target.closest("[data-do]");
	const item = byElement.get(button?.closest("[data-id]"));
	if (item)
		setMark(item, button.dataset.do,
		    !marks.get(item.id)?.[button.dataset.do]);
	else if (button)
		clear();
}

const keys = {
	t: toggleTheme,
	"/": () => $("find").focus(),
	Escape: clear,
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

function start() {
	marks = readMarks();
	document.addEventListener("click", onClick);
	document.addEventListener("keydown", onKey);
	$("theme").addEventListener("click", toggleTheme);
	listenForFiles();
	$("help").hidden = true;
	addEventListener("storage", () => {
		showTheme();
		marks = readMarks();
		showMarks();
	});
	addEventListener("hashchange", () => {
		readAddress();
		show();
	});
	const tools = document.querySelector(".tools");
	tools.addEventListener("input", show);
	tools.addEventListener("submit", (event) => event.preventDefault());
	$("clear").addEventListener("click", clear);
	$("more").addEventListener("click", showMore);
	showMarks();
	worker = startSearcher((answer) => answer.opened ?
	    opened(answer.opened) : showAnswer(answer));
	const open = {};
	for (const id of ["days", "words", "records"]) {
		open[id] = $(id).textContent;
		$(id).remove();
	}
	worker.postMessage({ open });
}

root.classList.add("on");
showTheme();
document.addEventListener("DOMContentLoaded", start);
