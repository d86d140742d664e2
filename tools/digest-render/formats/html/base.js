/* SPDX-License-Identifier: ISC */
/*
 * What every page does: small tools, what the browser keeps, dark and light,
 * the words of a search.  A page's script makes no request, and puts text into
 * the document as text only.
 */

const root = document.documentElement;
const $ = (id) => document.getElementById(id);
const all = (selector, from = document) =>
	Array.from(from.querySelectorAll(selector));

/* A browser may refuse to keep anything; then marks last as long as the page. */
const memory = {};
const keep = {
	get(name) {
		try {
			return localStorage.getItem("paperround." + name);
		} catch {
			return memory[name] ?? null;
		}
	},
	set(name, value) {
		memory[name] = value;
		try {
			localStorage.setItem("paperround." + name, value);
		} catch {
			say("This browser keeps no marks.");
		}
	},
};

function say(text) {
	const output = $("count");
	if (output)
		output.textContent = text;
}

function make(tag, attributes, ...children) {
	const element = document.createElement(tag);
	for (const [name, value] of Object.entries(attributes))
		element.setAttribute(name, value);
	element.append(...children);
	return element;
}

/* Dark and light. */

function showTheme() {
	const theme = keep.get("theme");
	if (theme === "dark" || theme === "light")
		root.dataset.theme = theme;
}

function toggleTheme() {
	const dark = root.dataset.theme ? root.dataset.theme === "dark" :
	    matchMedia("(prefers-color-scheme: dark)").matches;
	keep.set("theme", dark ? "light" : "dark");
	showTheme();
}

const words = (n, one) => `${n.toLocaleString("en")} ${one}` +
	(n === 1 ? "" : "s");

const fold = (text) =>
	text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/* Choices that papers leave; one alone is none. */

function fill(select, values) {
	select.append(...values.map(([value, name]) =>
	    make("option", { value }, name)));
	select.closest("label").hidden = values.length < 2;
}

/* What is asked for: words and "phrases", all of which must be there, but
 * those after a minus must not. */

function parseQuery(query) {
	const terms = [];
	for (const [, not, phrase, word] of
	    query.matchAll(/(-?)(?:"([^"]*)"?|([^\s"]+))/g)) {
		const text = fold(phrase ?? word).trim();
		if (text && text !== "-")
			terms.push({ not: not === "-", text });
	}
	return terms;
}
