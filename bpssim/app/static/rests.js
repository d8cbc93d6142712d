// What it rests on: what the figures are, and what not to conclude.
import { h } from "./dom.js";

export function restsView(page) {
  const own = h("p");
  const element = h("section", { className: "figure prose" }, h("h1", {}, "What it rests on"), own, page.words.rests.map((text) => h("p", {}, text)));
  let told = "";

  async function show() {
    const measures = page.measures();
    const { b } = page.state;
    if (!measures || told === b.key) return;
    told = b.key;
    const assumed = await page.source.json("assumed", [b]).catch(() => "");
    own.textContent = `${assumed} Mothers: ${measures.about.mothers.replace(/\.$/, "")}. Seeds from ${measures.about.seed} on.`;
  }
  return { element, show };
}
