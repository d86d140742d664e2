/* SPDX-License-Identifier: ISC */
/*
 * Formulas, where the page came with KaTeX.  What cannot be set whole stays as
 * it was typed.
 */

/* A single dollar is an amount of money, unless there is a command, an index
 * or a brace before the next one. */
const formula = new RegExp([
	String.raw`\\\((.+?)\\\)`,
	String.raw`\\\[(.+?)\\\]`,
	String.raw`\$\$([^$]+)\$\$`,
	String.raw`\$(?!\s)([^$]*?[\\^_{](?:[^$]*[^$\s])?)\$`,
].join("|"), "g");

/* KaTeX drops what follows a percent sign, and shows of links the command. */
const unfit = /(?<!\\)%|\\(?:href|url|includegraphics|html[A-Z])/;

/* Words in a row, but for those in braces, are what stands between amounts. */
function isProse(tex) {
	const bare = tex.replace(/\\[A-Za-z]+/g, "\\")
	    .replace(/\{[^{}]*\}/g, "");
	return /[A-Za-z]{3,}[,.;:]? [A-Za-z]{3,}/.test(bare);
}

function setFormula(tex, typed) {
	if (unfit.test(tex) || isProse(tex))
		return typed;
	const span = make("span", { class: "formula" });
	try {
		window.katex.render(tex, span, { trust: false, maxSize: 20,
		    maxExpand: 200, strict: "ignore" });
	} catch {
		return typed;
	}
	return span;
}

function typeset(node) {
	const parts = [];
	let end = 0;
	for (const match of node.data.matchAll(formula)) {
		const tex = match.slice(1).find((part) => part !== undefined);
		parts.push(node.data.slice(end, match.index),
		    setFormula(tex, match[0]));
		end = match.index + match[0].length;
	}
	if (end > 0)
		node.replaceWith(...parts, node.data.slice(end));
}

/* KaTeX gives a few drawings their style as an attribute, which the page's
 * policy refuses; the same from a script it does not. */
function letStyles() {
	const set = Element.prototype.setAttribute;
	Element.prototype.setAttribute = function (name, value) {
		if (name === "style")
			this.style.cssText = value;
		else
			set.call(this, name, value);
	};
	return () => { Element.prototype.setAttribute = set; };
}

function typesetAll(from) {
	if (!window.katex)
		return;
	const walker = document.createTreeWalker(from, NodeFilter.SHOW_TEXT);
	const nodes = [];
	while (walker.nextNode()) {
		const { data, parentElement } = walker.currentNode;
		if (/[$\\]/.test(data) && parentElement && !parentElement
		    .closest("head, script, .quoted, .katex, button, option"))
			nodes.push(walker.currentNode);
	}
	const done = letStyles();
	nodes.forEach(typeset);
	done();
}
