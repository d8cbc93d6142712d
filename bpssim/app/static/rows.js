// Names of rows of the evidence, which lead to the documents of the server; a page in one file has none to lead to.
import { byId, h } from "./dom.js";

const rows = new Set(JSON.parse(byId("words").textContent).rows);

/** The parts of a text, with names of rows as links. */
export function withRows(text) {
  return text.split(/\b([A-Z][1-9]\d?)\b/).map((part) => (rows.has(part) ? h("a", { href: `docs/evidence.html#${part}`, target: "_blank" }, part) : part));
}
