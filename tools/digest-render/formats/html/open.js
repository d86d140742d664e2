/* SPDX-License-Identifier: ISC */
/*
 * A paper that opens gets what only a script can give: buttons, and links to
 * papers like it.  Where the window has room it opens beside the list, one at a
 * time.
 */

const beside = matchMedia("(min-width: 100rem)");

const detailsOf = (item) =>
	item?.element.querySelector(":scope > details");

/* The papers of this page with the same topic, category or author. */
const stateLink = (key, value) => make("a",
    { href: "#" + new URLSearchParams({ [key]: value }) }, value);

function linkAuthors(item) {
	const line = item.element.querySelector(".authors");
	const link = (name) => stateLink("q", `"${name}"`);
	for (const node of [...line?.childNodes ?? []])
		if (node.nodeType === Node.TEXT_NODE)
			node.replaceWith(...node.data.split(/(,\s*)/)
			    .map((part) => {
				const name = part.trim();
				if (!name || name.startsWith(","))
					return part;
				const a = link(name);
				a.textContent = name;
				return a;
			    }));
		else if (node.matches("mark, .one")) {
			const a = link(node.textContent);
			a.textContent = node.textContent;
			node.replaceChildren(a);
		}
}

/* Of hundreds of papers, what nobody has opened is no part of the document: to
 * sort them is to move all that is. */
function stow(item) {
	item.body = item.element.querySelector(".body");
	item.body?.remove();
}

function dress(item) {
	if (item.body)
		detailsOf(item).append(item.body);
	const body = item.element.querySelector(".body");
	if (!body || item.dressed)
		return;
	item.dressed = true;
	body.prepend(make("p", { class: "whole", "aria-hidden": "true" },
	    item.title));
	linkAuthors(item);
	for (const chip of all(".topic, .category", body))
		chip.replaceChildren(stateLink(chip.matches(".topic") ? "t" : "c",
		    chip.textContent));
	body.querySelector(".links").append(markButton("read", "Read"),
	    markButton("drop", "Drop"),
	    make("button", { type: "button", "data-do": "bibtex" }, "BibTeX"));
	const note = marks.get(item.id)?.note;
	if (note)
		body.append(make("p", { class: "note" }, `Your note: ${note}`));
	typesetAll(body);
	showMark(item);
}

function onToggle(event) {
	const details = event.target;
	const item = byElement.get(details.parentNode);
	item?.element.classList.toggle("open", details.open);
	if (!item || !details.open)
		return;
	dress(item);
	if (beside.matches)
		for (const other of all("article > details[open]"))
			if (other !== details)
				other.open = false;
}

/* On paper there is no opening: the abstracts are those of starred papers. */
let unprinted = [];

function beforePrint() {
	unprinted = items.filter(detailsOf)
	    .map((item) => [item, detailsOf(item).open]);
	for (const [item] of unprinted) {
		const starred = Boolean(marks.get(item.id)?.star);
		if (starred)
			dress(item);
		detailsOf(item).open = starred;
	}
}

function afterPrint() {
	for (const [item, open] of unprinted)
		detailsOf(item).open = open;
}

/* "#p-2510.13999": the paper is opened and stands at the top. */
function openAddressed() {
	const element = /^#p-./.test(location.hash) ?
	    $(decodeURIComponent(location.hash.slice(1))) : null;
	const item = byElement.get(element);
	if (!item)
		return false;
	if (element.hidden)
		clear();
	element.hidden = false;
	element.closest(".group").hidden = false;
	detailsOf(item).open = true;
	select(item);
	element.scrollIntoView({ block: "start", behavior: "instant" });
	return true;
}

/* -------------------------------------------- new since the last visit */

/* The newest day that was seen before this visit, and its papers; the browser
 * keeps it as long as the tab is there, so that a reload does not end the
 * visit. */
function lastVisit() {
	const seen = keep.get("visit");
	try {
		const then = sessionStorage.getItem("paperround.visit") ??
		    seen ?? "";
		sessionStorage.setItem("paperround.visit", then);
		return JSON.parse(then);
	} catch {
		return null;
	}
}

function keepVisit() {
	const day = items.reduce((last, item) =>
	    item.date > last ? item.date : last, "");
	let seen = {};
	try {
		seen = JSON.parse(keep.get("visit")) ?? {};
	} catch {
		/* as if there was none */
	}
	const ids = items.filter((item) => item.date === day)
	    .map((item) => item.id);
	if (day === seen.day)
		seen.ids = [...new Set([...seen.ids, ...ids])];
	else if (day > (seen.day ?? ""))
		seen = { day, ids };
	keep.set("visit", JSON.stringify(seen));
}

function showFresh() {
	const last = lastVisit();
	for (const item of items)
		item.fresh = Boolean(last?.day) && (item.date > last.day ||
		    item.date === last.day && !last.ids.includes(item.id));
	const n = items.filter((item) => item.fresh).length;
	const some = n > 0 && n < items.length;
	$("fresh").closest("label").hidden = !some;
	if (some)
		for (const item of items)
			item.element.classList.toggle("fresh", item.fresh);
	if (n > 0)
		document.querySelector(".sum").append(
		    ` · ${n} new since your last visit`);
	keepVisit();
}
