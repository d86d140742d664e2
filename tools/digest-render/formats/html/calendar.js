/* SPDX-License-Identifier: ISC */
/*
 * A month's calendar: a dot on each day of which papers have no mark yet; not
 * for who marks none, for whom all days would have one.
 */

function countUnread() {
	const unread = new Map();
	for (const { id, date } of items) {
		const mark = marks.get(id);
		if (!mark?.read && !mark?.star && !mark?.drop)
			unread.set(date, (unread.get(date) ?? 0) + 1);
	}
	return unread;
}

function showDots() {
	const unread = marks.size > 0 ? countUnread() : new Map();
	for (const cell of all(".calendar [data-day] a")) {
		const n = unread.get(cell.parentNode.dataset.day);
		cell.querySelector(".dot")?.remove();
		if (n)
			cell.append(make("span", { class: "dot", role: "img",
			    "aria-label": `${n} unread`,
			    title: `${n} unread` }));
	}
}

document.addEventListener("marks", showDots);
