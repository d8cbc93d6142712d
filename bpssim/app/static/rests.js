// What it rests on: what the figures are, and what not to conclude.
import { fill, h } from "./dom.js";

export function restsView(page) {
  const own = h("p");
  const element = h("section", { className: "figure prose" }, h("h1", {}, "What it rests on"), own, page.words.rests.map((text) => h("p", {}, text)));
  const show = () => {
    const measures = page.measures();
    fill(own, measures ? `${measures.about.assumed} Mothers: ${measures.about.mothers.replace(/\.$/, "")}. Seeds ${measures.about.seed} and the ${measures.runs - 1} after it.` : "");
  };
  return { element, show };
}
