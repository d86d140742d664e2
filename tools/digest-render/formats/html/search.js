/* SPDX-License-Identifier: ISC */
/*
 * The archive, searched beside the page that shows it: what follows runs as a
 * worker, so that one can type all the while.
 *
 * A worker needs an address.  The page is one file that asks for nothing, so it
 * gives the worker's text one of its own ("blob:"), which its policy allows for
 * workers alone, and which browsers accept where the page is a file as well;
 * a "data:" worker would be refused there by Firefox.  The worker inherits the
 * policy: it can ask for nothing either.
 */

function searcher() {

/* As pack.c writes: a number's class tells how many bits its place has. */
const END_OF_RECORD = 0, END_OF_FIELD = 1, NEXT_ITEM = 2, WORDS = 3;
const CLASS_BITS = [0, 0, 0, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];
const PREFIXES = "!\"#$%&'()*+,-./:;=>?@";
const [SCORES, ID, TITLE, AUTHORS, COMMENT, TOPICS, CATEGORIES, URL_] =
    [0, 1, 2, 3, 4, 5, 6, 7];

const BEGINS = /^[0-9a-z\u0080-\uffff]/i, ENDS = /[0-9a-z\u0080-\uffff]$/i;

/* The dictionary; and the same as a search compares it, with what would be
 * asked of every word a thousand times. */
let words = [], folded = [], begins, ends;
/* The numbers of all records, where each begins, and its day. */
let numbers, starts, days;

/* "!word(ed": a sign tells how many characters are those of the word before. */
function readWords(text) {
	let before = "";
	words = ["", "", ""];
	for (const [, sign, rest] of text.matchAll(
	    /([^0-9a-z\\\u0080-\uffff])((?:[0-9a-z\u0080-\uffff]|\\.)*)/gi)) {
		before = before.slice(0, PREFIXES.indexOf(sign)) +
		    rest.replace(/\\(.)/g, (_, c) => c === "l" ? "<" : c);
		words.push(before);
	}
	folded = words.map(fold);
	begins = Uint8Array.from(words, (word) => BEGINS.test(word));
	ends = Uint8Array.from(words, (word) => ENDS.test(word));
	/* What stands between fields and between names. */
	folded[END_OF_FIELD] = "\n";
	folded[NEXT_ITEM] = ", ";
}

function readRecords(text, count) {
	let bits = 0, have = 0, at = 0, n = 0, record = 0;
	const digit = () => {
		const c = text.charCodeAt(at++) - 35;
		return c < 25 ? c : c - 1;
	};
	const take = (wanted) => {
		while (have < wanted) {
			bits = (bits << 13 | digit() * 91 + digit()) >>> 0;
			have += 13;
		}
		have -= wanted;
		return bits >>> have & (1 << wanted) - 1;
	};
	const bases = [];
	let base = 0;
	for (const width of CLASS_BITS) {
		bases.push(base);
		base += 1 << width;
	}
	bases.push(base);
	const left = words.length - base;
	const widths = [...CLASS_BITS,
	    left > 1 ? 32 - Math.clz32(left - 1) : 0];
	numbers = new Uint32Array(text.length * 2);
	starts = new Uint32Array(count + 1);
	while (record < count) {
		const kind = take(4);
		numbers[n++] = bases[kind] +
		    (widths[kind] > 0 ? take(widths[kind]) : 0);
		if (numbers[n - 1] === END_OF_RECORD)
			starts[++record] = n;
	}
	numbers = numbers.slice(0, n);
}

/* Where a field begins and ends. */
function fieldOf(record, field) {
	let at = starts[record];
	for (; field > 0 && at < starts[record + 1]; at++)
		field -= numbers[at] === END_OF_FIELD;
	let end = at;
	while (end < starts[record + 1] && numbers[end] > END_OF_FIELD)
		end++;
	return [at, end];
}

/* A blank between two words is understood. */
function textOf(from, end, spelt = words) {
	let text = "";
	for (let i = from; i < end; i++) {
		if (i > from && ends[numbers[i - 1]] && begins[numbers[i]])
			text += " ";
		text += spelt[numbers[i]];
	}
	return text;
}

function itemsOf(record, field) {
	const [from, end] = fieldOf(record, field), items = [];
	for (let at = from, to; at < end; at = to + 1) {
		to = numbers.indexOf(NEXT_ITEM, at);
		if (to < 0 || to > end)
			to = end;
		items.push(textOf(at, to));
	}
	return items;
}

const one = (record, field) => textOf(...fieldOf(record, field));
const scoresOf = (record) => words[numbers[starts[record]]].split(" ")
    .map((score) => score === "-" ? null : Number(score));

function paperOf(record) {
	const id = one(record, ID), [relevance, novelty] = scoresOf(record);
	return { order: record, id, title: one(record, TITLE),
	    authors: itemsOf(record, AUTHORS), comment: one(record, COMMENT),
	    topics: itemsOf(record, TOPICS),
	    categories: itemsOf(record, CATEGORIES), date: days[record],
	    relevance, novelty, url: one(record, URL_) ||
	    "https://arxiv.org/abs/" +
	    encodeURIComponent(id).replaceAll("%2F", "/") };
}

/* All of a paper but its scores, which are one number and the end of it. */
let texts = [];
const textToSearch = (record) => texts[record] ??= days[record] + "\n" +
    textOf(starts[record] + 2, starts[record + 1] - 1, folded);

/* A bit for each word that is asked for: which words of the dictionary hold it.
 * Where a term is more than a word, the text decides in the end. */
function readTerms(terms) {
	const masks = new Uint32Array(words.length), pieces = [];
	const read = terms.map(({ not, text }) => {
		const parts = text.match(/[0-9a-z\u0080-\uffff]+/gi) ?? [];
		let mask = 0;
		for (const part of parts) {
			if (pieces.length === 31)
				break;
			mask |= 1 << pieces.length;
			pieces.push(part);
		}
		return { not, text, mask,
		    sure: parts.length === 1 && parts[0] === text &&
			mask !== 0 };
	});
	pieces.forEach((piece, i) => {
		for (let w = WORDS; w < words.length; w++)
			if (folded[w].includes(piece))
				masks[w] |= 1 << i;
	});
	return { masks, pieces, terms: read };
}

function maskOf(record, { masks }) {
	let mask = 0;
	for (let at = starts[record]; at < starts[record + 1]; at++)
		mask |= masks[numbers[at]];
	return mask;
}

function maskOfDay(day, { pieces }) {
	let mask = 0;
	pieces.forEach((piece, i) => {
		if (day.includes(piece))
			mask |= 1 << i;
	});
	return mask;
}

function hasTerm(record, term, mask) {
	return (mask & term.mask) === term.mask &&
	    (term.sure || textToSearch(record).includes(term.text));
}

function withTerms(terms) {
	const asked = readTerms(terms), hits = [];
	let day, dayMask;
	for (let record = 0; record < days.length; record++) {
		if (days[record] !== day) {
			day = days[record];
			dayMask = maskOfDay(day, asked);
		}
		const mask = maskOf(record, asked) | dayMask;
		if (asked.terms.every((term) =>
		    hasTerm(record, term, mask) !== term.not))
			hits.push(record);
	}
	return hits;
}

/* A name is one number wherever it stands. */
function hasName(record, field, name) {
	const [from, end] = fieldOf(record, field);
	return numbers.subarray(from, end).includes(words.indexOf(name, WORDS));
}

function isWanted(record, want) {
	/* A score that is missing passes, as it does everywhere. */
	const score = want.axis ?
	    scoresOf(record)[want.axis === "relevance" ? 0 : 1] : null;
	return (score === null || score >= want.least) &&
	    (!want.topic || hasName(record, TOPICS, want.topic)) &&
	    (!want.category || hasName(record, CATEGORIES, want.category)) &&
	    (!want.only || want.only.has(one(record, ID))) &&
	    (!want.not || !want.not.has(one(record, ID)));
}

const collator = new Intl.Collator("en");
const byScore = (axis) => ({ key: (record) => scoresOf(record)[axis] ??
    Infinity, compare: (a, b) => b - a });
/* The records are in the first order. */
const orders = {
	relevance: byScore(0),
	novelty: byScore(1),
	id: { key: (record) => one(record, ID),
	    compare: (a, b) => a < b ? 1 : a > b ? -1 : 0 },
	title: { key: (record) => one(record, TITLE),
	    compare: collator.compare },
};

function sort(records, order) {
	if (!order)
		return;
	const { key, compare } = orders[order];
	const keys = new Map(records.map((record) => [record, key(record)]));
	records.sort((a, b) => compare(keys.get(a), keys.get(b)) || a - b);
}

/* How many papers have each name of a field, most first. */
function countNames(field) {
	const counts = new Map();
	for (let record = 0; record < days.length; record++) {
		const [from, end] = fieldOf(record, field);
		for (let at = from; at < end; at++)
			if (numbers[at] >= WORDS)
				counts.set(numbers[at],
				    (counts.get(numbers[at]) ?? 0) + 1);
	}
	return [...counts].map(([number, n]) => [words[number], n])
	    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 100);
}

function countScores(axis) {
	const scores = new Set();
	for (let record = 0; record < days.length; record++)
		scores.add(numbers[starts[record]]);
	const known = [...scores].map((number) => words[number].split(" ")[axis])
	    .filter((score) => score !== "-").map(Number).map(Math.floor);
	return [...new Set(known)].sort((a, b) => b - a);
}

function open({ days: counts, words: dictionary, records }) {
	days = [];
	for (const line of counts.trim().split("\n").filter(Boolean)) {
		const [n, date] = line.split(" ");
		for (let i = 0; i < Number(n); i++)
			days.push(date);
	}
	readWords(dictionary);
	readRecords(records, days.length);
	return { total: days.length, topics: countNames(TOPICS),
	    categories: countNames(CATEGORIES), relevance: countScores(0),
	    novelty: countScores(1) };
}

let found = [];

function search(want) {
	want.only &&= new Set(want.only);
	want.not &&= new Set(want.not);
	found = withTerms(want.terms).filter((record) => isWanted(record, want));
	sort(found, want.order);
}

onmessage = ({ data }) => {
	if (data.open) {
		postMessage({ opened: open(data.open) });
		return;
	}
	if (data.search)
		search(data.search);
	postMessage({ asked: data.asked, found: found.length, from: data.from,
	    papers: found.slice(data.from, data.to).map(paperOf) });
};

}

/* The worker's text is that of the functions that it needs. */
function startSearcher(answer) {
	const text = `"use strict"; const fold = ${fold}; (${searcher})();`;
	const address = URL.createObjectURL(new Blob([text],
	    { type: "text/javascript" }));
	const worker = new Worker(address);
	worker.onmessage = ({ data }) => answer(data);
	return worker;
}
