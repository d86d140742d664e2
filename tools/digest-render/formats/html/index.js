/* SPDX-License-Identifier: ISC */
/* The index: what a search of the archive finds, a page of results at a time. */

/* So few that they are there before the next key. */
const RESULTS = 25;
const FIELDS = { q: "find", t: "topic", c: "category", s: "score", o: "order" };
const TICKS = ["starred", "unread"];

/* Those that are shown: see find.js. */
let items = [];
const byElement = new Map();
const shownItems = () => items;
let worker, total, asked = 0, wantedNow = "";

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

const textOf = (selector, text) => text ?
	[make("span", { class: selector }, text)] : [];

/* "Lasby +5" */
function byline(authors) {
	const [first = ""] = authors;
	const family = first.split(",")[0].split(" ").at(-1);
	return family + (authors.length > 1 ? ` +${authors.length - 1}` : "");
}

function summaryOf(item) {
	const score = (value) => value === null ? "–" : String(value);
	return make("summary", {},
	    make("span", { class: "score" },
		make("b", {}, score(item.relevance)), `·${score(item.novelty)}`),
	    make("h3", {}, make("span", { class: "title" }, item.title)),
	    ...textOf("gist", item.comment), ...textOf("by",
		byline(item.authors)), ...textOf("area", item.topics[0]),
	    ...textOf("day", item.date));
}

/* open.js makes links of the names, and adds buttons. */
function bodyOf(item) {
	const link = (href, name) => href ?
	    [make("a", { href, rel: "noopener" }, name)] : [];
	const names = item.authors.flatMap((name, i) => [i > 0 ? ", " : "",
	    name.includes(",") ? make("span", { class: "one" }, name) : name]);
	const tags = (list, kind) => list.map((name) =>
	    make("li", { class: kind }, name));
	return make("div", { class: "body" },
	    make("p", { class: "id" }, ...link(item.url, item.id)),
	    make("p", { class: "authors" }, make("span", {}, "Authors:"), " ",
		...names),
	    ...item.comment ? [make("p", { class: "comment" }, item.comment)] :
		[],
	    make("ul", { class: "tags" }, ...tags(item.topics, "topic"),
		...tags(item.categories, "category")),
	    make("div", { class: "links" },
		...link(dayAddress(item), "abstract, in its day"),
		...link(item.url, "abs"), ...link(pdfAddress(item), "pdf")));
}

function pdfAddress(item) {
	const [home, id] = item.url.split("/abs/");
	return home === "https://arxiv.org" ? `${home}/pdf/${id}` : null;
}

/* As papers.c has them. */
function makeRow(item) {
	const acts = make("p", { class: "acts" });
	if (pdfAddress(item))
		acts.append(make("a", { href: pdfAddress(item),
		    rel: "noopener" }, "pdf"));
	acts.append(make("button", { type: "button", "data-do": "star",
	    "aria-pressed": "false", "aria-label": "Star" }));
	item.element = make("article", { class: "row", "data-id": item.id },
	    make("details", {}, summaryOf(item), bodyOf(item)), acts);
	byElement.set(item.element, item);
	showMark(item);
	typesetAll(item.element);
	return item.element;
}

/* Nothing found: what can be done about it. */
function showNothing(found) {
	const query = $("find").value.trim();
	const others = ["topic", "category", "score", ...TICKS]
	    .some((id) => $(id).value && $(id).type !== "checkbox" ||
		$(id).checked);
	const nothing = $("nothing");
	nothing.hidden = found > 0 || !isFiltered();
	if (nothing.hidden)
		return;
	nothing.replaceChildren(query ? `Nothing matches '${query}'` :
	    "No paper is like that", query && others ?
	    " with these filters" : "", ` among ${words(total, "paper")} – `,
	    make("button", { type: "button", class: "link" }, "clear"));
	if (query)
		nothing.append(", or ", make("a", { rel: "noopener",
		    href: "https://arxiv.org/search/?searchtype=all&query=" +
			encodeURIComponent(query) }, "search all of arXiv"));
}

function showAnswer({ asked: answered, found, from, papers }) {
	/* To something that is not asked for any more. */
	if (answered !== asked)
		return;
	if (from === 0) {
		items = [];
		byElement.clear();
		$("results").replaceChildren();
	}
	$("results").append(...papers.map(makeRow));
	items.push(...papers);
	$("more").hidden = items.length >= found;
	$("more").textContent =
	    `More (${words(found - items.length, "paper")})`;
	showNothing(found);
	say(isFiltered() ? `${found.toLocaleString("en")} of ` +
	    words(total, "paper") : words(total, "paper"));
	$("results").removeAttribute("aria-busy");
}

const idsMarked = (...kinds) => [...marks].filter(([, mark]) =>
    kinds.some((kind) => mark[kind])).map(([id]) => id);

function wanted() {
	const [axis, least] = $("score").value.split(" ");
	return { terms: parseQuery($("find").value), topic: $("topic").value,
	    category: $("category").value, axis, least: Number(least),
	    order: $("order").value,
	    only: $("starred").checked ? idsMarked("star") : null,
	    not: $("unread").checked ? idsMarked("read", "drop") : null };
}

function showNow() {
	const search = wanted();
	/* A mark changes nothing that is shown, unless marks are asked for. */
	if (JSON.stringify(search) === wantedNow)
		return;
	wantedNow = JSON.stringify(search);
	asked++;
	$("clear").hidden = !isFiltered();
	root.toggleAttribute("data-filtered", isFiltered());
	writeAddress();
	$("results").setAttribute("aria-busy", "true");
	if (isFiltered())
		worker.postMessage({ asked, search, from: 0, to: RESULTS });
	else
		showAnswer({ asked, found: 0, from: 0, papers: [] });
}

const show = showNow;

function showMore() {
	worker.postMessage({ asked, from: items.length,
	    to: items.length + RESULTS });
}

function clear() {
	for (const id of ["find", "topic", "category", "score"])
		$(id).value = "";
	for (const id of TICKS)
		$(id).checked = false;
	show();
}

/* The choices that the papers leave. */

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
	ready();
}

/* Start. */

function onControl(event) {
	if (event.target.closest("#clear, #nothing button"))
		clear();
	else if (event.target.closest("#more"))
		showMore();
}

function startSearch(tools) {
	tools.addEventListener("input", show);
	tools.addEventListener("submit", (event) => event.preventDefault());
	addEventListener("hashchange", () => {
		readAddress();
		show();
	});
	worker = startSearcher((answer) => answer.opened ?
	    opened(answer.opened) : showAnswer(answer));
	const open = {};
	for (const id of ["days", "words", "records"]) {
		open[id] = $(id).textContent;
		$(id).remove();
	}
	worker.postMessage({ open });
}
