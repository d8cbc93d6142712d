// Whom a pathway assumes: how many mothers of the most and the least deprived quintile do not meet it, and the rest folded.
import { h } from "./dom.js";
import { withRows } from "./rows.js";

/** Tables of what the server says of the contexts of a pathway. */
export function whomItAssumes({ found, rows, met, counted }) {
  const table = (caption, heads, lines) => h("table", { className: "assumes" }, h("caption", { className: "hidden" }, caption),
    h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, head)))), h("tbody", {}, lines));
  const line = (words, cells) => h("tr", {}, h("th", { scope: "row" }, words), cells.map((cell) => h("td", {}, cell)));
  const ends = (each) => [each[0], each.at(-1)];
  return [
    h("p", {}, found),
    table("Whom it assumes", ["Not met by, of 100 mothers", "Q1", "Q5"], [...rows, ...met].map(({ words, of_hundred }) => line(words, ends(of_hundred)))),
    h("details", {}, h("summary", {}, "All quintiles, what it does, and how it was counted"),
      table("Whom it assumes, in full", ["Not met by, of 100 mothers", "Q1", "Q2", "Q3", "Q4", "Q5"], [...rows, ...met].map(({ words, of_hundred }) => line(words, of_hundred))),
      h("ul", {}, rows.map(({ words, effect, influence }) => h("li", {}, h("b", {}, words), withRows(`: ${effect} Influence: ${influence}.`)))),
      counted.map((text) => h("p", { className: "soft" }, text))),
  ];
}
