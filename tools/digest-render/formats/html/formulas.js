/* SPDX-License-Identifier: ISC */
/* Formulas, where the page came with KaTeX.  What has neither a command nor an
 * index nor a brace between its dollars is an amount of money. */
const formula = /\$(?!\s)([^$]*?[\\^_{](?:[^$]*[^$\s])?)\$/;

function typeset(element) {
	const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
	const nodes = [];
	while (walker.nextNode())
		if (formula.test(walker.currentNode.data))
			nodes.push(walker.currentNode);
	for (const node of nodes) {
		const parts = node.data.split(formula);
		node.replaceWith(...parts.map((part, i) => {
			if (i % 2 === 0)
				return part;
			const span = make("span", {});
			try {
				window.katex.render(part, span, { trust: false,
				    maxSize: 20, maxExpand: 200,
				    strict: "ignore" });
			} catch {
				span.textContent = `$${part}$`;
			}
			return span;
		}));
	}
}

function typesetAll(from) {
	if (!window.katex)
		return;
	for (const element of all(".title, .gist, .abstract, .comment, " +
	    ".contents a", from))
		typeset(element);
}
