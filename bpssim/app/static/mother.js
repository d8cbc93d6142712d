// One mother in B, or in A and B, day by day; and lists of mothers by how it ended, from which she is chosen.
import { count, fill, h } from "./dom.js";

export function motherView(page) {
  const lists = h("div");
  const story = h("div", { className: "story" });
  const element = h("section", { className: "figure" }, h("h1", {}, "One mother"), lists, story);
  let shown = "";

  async function show() {
    const { a, b, also } = page.state;
    const services = a && a.key !== b.key ? [a, b] : [b];
    const key = JSON.stringify([services.map((each) => each.key), also.mother]);
    if (key === shown) return;
    shown = key;
    try {
      if (page.source.isServer && !(await showLists(services))) return;
      await showStory(services, also.mother);
    } catch (error) {
      page.mistaken(error);
    }
  }

  async function showLists(services) {
    fill(lists, h("p", { className: "soft" }, "Looking at each mother …"));
    fill(story);
    const found = await page.source.json("mothers", services);
    const open = (id) => page.go({ also: { mother: String(id) } });
    const intro = services.length > 1
      ? found.sentence || "No mother's story differs between A and this service."
      : "Mothers of one run, by how it ended for them. Pin this service as A and change something to see whose story changes.";
    const inGroups = found.groups.reduce((sum, group) => sum + group.count, 0);
    const others = (found.counts.any ?? found.births) - inGroups;
    fill(lists, h("p", {}, intro), h("p", { className: "soft" }, `All of this is one run of ${count(found.births)} births.`, others > 0 && found.groups.length ? ` The groups below have ${count(inGroups)} mothers; for ${count(others)} more something else differs, or few share their end.` : ""),
      found.groups.map(({ title, count: number, mothers }, k) =>
        h("details", { open: k === 0 }, h("summary", {}, `${title} (${count(number)})`), h("ul", { className: "mothers" }, mothers.map(({ id, who }) =>
          h("li", {}, h("button", { type: "button", onclick: () => open(id) }, `Mother ${id}`), " ", who))),
          number > mothers.length ? h("p", { className: "soft" }, `and ${count(number - mothers.length)} more`) : "")));
    if (found.same === false) return false;
    if (page.state.also.mother === undefined && found.groups.length) await showStory(services, found.groups[0].mothers[0].id);
    return true;
  }

  async function showStory(services, mother) {
    if (mother === undefined && page.source.isServer) return;
    fill(story, h("p", { className: "soft" }, "Reading her days …"));
    const told = await page.source.json("story", services, { mother });
    const names = told.services.length > 1 ? ["A", "B"] : ["B"];
    const head = told.services.map(({ name, end }, k) => h("th", { scope: "col", className: `life ${names[k].toLowerCase()}` }, name, h("p", {}, end)));
    const rows = told.days.map(({ when, same, cells }) => h("tr", { className: same || cells.length < 2 ? "same" : "differs" }, h("th", { scope: "row" }, when),
      cells.map((lines) => h("td", {}, lines.map(({ text, about }) => h("p", { className: about }, text))))));
    fill(story, h("h2", {}, told.headline), told.of ? h("p", { className: "soft" }, told.of) : "", h("p", {}, told.who),
      h("table", { className: "lives" }, h("caption", { className: "soft" }, told.services.length > 1 ? "Shaded: days on which A and B differ. The same mother with the same luck in both." : "What happened on each day."),
        h("thead", {}, h("tr", {}, h("td"), head)), h("tbody", {}, rows)),
      h("p", { className: "soft" }, told.note), h("button", { type: "button", onclick: () => print() }, "Print"));
  }
  return { element, show };
}
