/* SPDX-License-Identifier: ISC */
/* BibTeX. */

function bibEscape(text) {
	/* Formulas are TeX already. */
	return text.split(/(\$[^$]+\$)/).map((part, i) => i % 2 ? part :
	    part.replace(/[\\{}&%$#_~^]/g, (c) =>
		({ "\\": "\\textbackslash{}", "~": "\\textasciitilde{}",
		"^": "\\textasciicircum{}" })[c] ?? "\\" + c)).join("");
}

/* As digest-render -f bibtex has it: the id is the key and tells the year. */
function bibtexOf(item) {
	const arxiv = /^(\d{4}\.\d{4,5}|[a-z-]+(\.[A-Z]{2})?\/\d{7})$/
	    .test(item.id);
	const yymm = /(?:^|\/)(\d\d)\d\d/.exec(item.id)?.[1] ?? "";
	const group = new RegExp("," + String.raw`|\b(and|collaborations?|` +
	    "consortium|team|group|project|community|initiative|network)" +
	    String.raw`\b`, "i");
	const name = (author) => group.test(author) ?
	    `{${bibEscape(author)}}` : bibEscape(author);
	const fields = [
		["title", bibEscape(item.title)],
		["author", item.authors.map(name).join(" and ")],
		["year", arxiv && (yymm[0] === "9" ? "19" : "20") + yymm ||
		    item.date.slice(0, 4)],
		["eprint", arxiv ? item.id : ""],
		["archiveprefix", arxiv ? "arXiv" : ""],
		["primaryclass", arxiv ? bibEscape(item.categories[0] ?? "") : ""],
		["url", item.url],
	];
	return `@misc{${item.id.replace(/[^A-Za-z0-9.-]/g, "-")}` +
	    fields.filter(([, value]) => value).map(([key, value]) =>
		`,\n  ${key.padEnd(13)} = {${value}}`).join("") + "\n}\n";
}

function copyBySelection(text) {
	const area = make("textarea", { class: "hidden" });
	area.value = text;
	document.body.append(area);
	area.select();
	const done = document.execCommand("copy");
	area.remove();
	return done;
}

async function copyBibtex(item, button) {
	const text = bibtexOf(item);
	let done = true;
	try {
		await navigator.clipboard.writeText(text);
	} catch {
		done = copyBySelection(text);
	}
	button.textContent = done ? "Copied" : "Not copied";
	setTimeout(() => { button.textContent = "BibTeX"; }, 1500);
}
