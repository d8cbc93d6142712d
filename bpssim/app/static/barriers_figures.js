// What holds access back, in figures: bars of a hundred by quintile, and a table of influences.
import { count, fill, h } from "./dom.js";
import { EVERYBODY, FEEDING, IN_TIME, PARTS, inARow, plusMinus } from "./barriers_answer.js";
import { withRows } from "./rows.js";

const GROUP_TITLES = ["Quintile 1, most deprived", "Quintile 2", "Quintile 3", "Quintile 4", "Quintile 5, least deprived", "All quintiles"];
const ROOM = 4; // of a hundred; what is smaller has no room for its number in a bar
const STRIPES = "meso-stripes";

/** Of 100 mothers not supported in time, in each quintile: how many at each level, and how many remain. */
export class LevelBars {
  constructor() {
    this.note = h("p", { className: "soft" });
    this.key = h("div", { className: "key levels-key" });
    this.bars = h("div", { className: "level-bars" });
    this.table = h("tbody");
    const head = h("tr", {}, ["Of 100 not supported in time", ...PARTS].map((text, k) => h("th", { scope: "col", className: k ? "num" : "" }, text)));
    this.element = h("section", { className: "figure" }, h("h2", {}, "Of 100 mothers who are not supported in time"), this.note, this.key, this.bars,
      h("details", {}, h("summary", {}, "The same in numbers, with limits"), h("div", { className: "scroll", tabIndex: 0, role: "region", "aria-label": "Levels by quintile, in numbers" },
        h("table", { className: "levels-table" }, h("caption", { className: "hidden" }, "Levels by quintile, with half the width of 95 % limits"), h("thead", {}, head), this.table))));
  }

  show(answer) {
    const groups = GROUP_TITLES.map((_, group) => group).filter((group) => answer.isLarge(group));
    const shown = groups.length > 2 ? groups : groups.slice(0, 1); // of one quintile, all are the same
    const words = Object.fromEntries(PARTS.map((part) => [part, answer.about.levels[part]?.what ?? "would not be supported in time without any of these either"]));
    const small = answer.births(EVERYBODY) && shown.length && shown.length < GROUP_TITLES.length && groups.length > 2;
    this.element.hidden = !shown.length || !answer.active.length;
    const negative = shown.some((group) => answer.whole(group).some((number) => number < 0));
    this.note.textContent = ["Levels are those of a social ecological model of influences, by fair shares.", small ? "Quintiles in which fewer than ten mothers a year are missed are left out." : "",
      negative ? "A level below 0 costs more mothers their support, when it is taken away, than it brings: supporters then have less time for them." : ""].filter(Boolean).join(" ");
    fill(this.key, PARTS.map((part) => h("span", {}, h("svg", { width: 28, height: 18, "aria-hidden": "true" }, part === "meso" ? stripes() : "", h("rect", { x: 1, y: 1, width: 26, height: 16, class: `level ${part}` })), h("span", {}, h("b", {}, part), `: ${words[part]}`))));
    fill(this.bars, shown.map((group) => h("div", { className: "level-bar" }, h("span", {}, GROUP_TITLES[group]), levelBar(GROUP_TITLES[group], answer.whole(group)))));
    fill(this.table, shown.map((group) => h("tr", {}, h("th", { scope: "row" }, GROUP_TITLES[group]), PARTS.map((part) => {
      const { mean, lower, upper } = answer.part(part, group);
      return h("td", { className: "num" }, count(100 * mean), " ", h("small", {}, plusMinus({ mean: 100 * mean, lower: 100 * lower, upper: 100 * upper })));
    }))));
  }
}

/** A bar of a hundred; what takes away from the others has no width, and is only told. */
function levelBar(title, numbers) {
  const told = PARTS.map((part, k) => `${part} ${count(numbers[k])}`);
  const total = numbers.reduce((sum, number) => sum + Math.max(0, number), 0);
  let left = 0;
  const parts = numbers.flatMap((number, k) => {
    const [from, width] = [left, (100 * Math.max(0, number)) / total];
    left += width;
    return number > 0 ? [h("rect", { x: `${from}%`, y: 1, width: `${width}%`, height: 34, class: `level ${PARTS[k]}` }),
      number < ROOM ? "" : h("text", { x: `${from + width / 2}%`, y: 24, "text-anchor": "middle", class: `in-${PARTS[k]}` }, count(number))] : [];
  });
  const aside = told.filter((_, k) => numbers[k] && numbers[k] < ROOM);
  return h("div", {}, h("svg", { width: "100%", height: 36, role: "img", "aria-label": `${title}: ${told.join(", ")}` }, parts), aside.length ? h("small", { "aria-hidden": "true" }, aside.join(", ")) : "");
}

function stripes() {
  return h("defs", {}, h("pattern", { id: STRIPES, width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    h("rect", { width: 7, height: 7, class: "under-stripes" }), h("rect", { width: 3, height: 7, class: "stripe" })));
}

/** Influences by fair share; one is opened for what to talk about. */
export class InfluenceTable {
  constructor() {
    this.rows = new Map();
    this.mover = h("select", { id: "who-moves", onchange: () => { this.filter(); this.said.textContent = this.told.textContent; } });
    this.told = h("p", { className: "soft" });
    this.said = h("p", { role: "status", className: "hidden" }); // what is chosen is announced, and not every step
    this.head = h("thead");
    this.body = h("tbody");
    this.below = h("p");
    this.none = h("p");
    this.whole = h("div", { className: "by-influence" },
      h("p", {}, "More mothers a year who are supported in time if an influence is gone, the same mothers with the same luck. ", h("b", {}, "Fair share"), ": its mean over the orders in which all could be taken away, so that shares add up. ", h("b", {}, "Alone"), ": it is the only one. ", h("b", {}, "After all others"), ": it is the last. ", h("b", {}, "Feeding at six weeks"), ": the fair share of mothers who still breastfeed then. Choose an influence to see what to talk about."),
      h("div", { className: "row" }, h("label", { htmlFor: "who-moves" }, "Who could move this"), this.mover), this.told, this.said,
      h("div", { className: "scroll", tabIndex: 0, role: "region", "aria-label": "Influences" }, h("table", { className: "influences" }, h("caption", { className: "hidden" }, "Influences by fair share, in mothers a year"), this.head, this.body)),
      this.below);
    this.element = h("section", { className: "figure" }, h("h2", {}, "Influences, and who could move them"), this.whole, this.none);
  }

  show(answer) {
    this.answer = answer;
    this.whole.hidden = !answer.active.length;
    const own = answer.births(EVERYBODY) - answer.births(0) > 0.5; // where quintile 1 is not all
    const chosen = this.mover.value;
    fill(this.mover, h("option", { value: "" }, "anybody"), Object.entries(answer.about.movers).map(([value, title]) => h("option", { value, selected: value === chosen }, title)));
    fill(this.head, h("tr", {}, ["Influence", "Fair share", ...(own ? ["in quintile 1"] : []), "Alone", "After all others", "Feeding at six weeks"].map((text, k) => h("th", { scope: "col", className: k ? "num" : "" }, text))));
    const order = answer.byShare;
    const focused = document.activeElement;
    for (const [name, row] of this.rows) if (!order.some((each) => each.name === name)) { row.row.remove(); row.more.remove(); this.rows.delete(name); }
    for (const influence of order) {
      const made = this.rows.get(influence.name) ?? this.row(influence, answer.about);
      this.rows.set(influence.name, made);
      const cells = [["share", IN_TIME, EVERYBODY], ...(own ? [["share", IN_TIME, 0]] : []), ["alone", IN_TIME, EVERYBODY], ["last", IN_TIME, EVERYBODY], ["share", FEEDING, EVERYBODY]];
      fill(made.row, made.row.firstChild, cells.map(([kind, measure, group], k) => {
        const more = answer.more(kind, influence.name, measure, group);
        return h("td", { className: k ? "num" : "num value" }, count(more.mean), " ", h("small", {}, plusMinus(more)));
      }));
      made.more.firstChild.colSpan = cells.length + 1;
    }
    const now = [...this.body.children].filter((each) => !each.classList.contains("more")).map((each) => each.dataset.name).join();
    if (now !== order.map(({ name }) => name).join()) fill(this.body, order.flatMap(({ name }) => [this.rows.get(name).row, this.rows.get(name).more]));
    if (focused && focused !== document.activeElement && this.body.contains(focused)) focused.focus({ preventScroll: true }); // rows that move lose it
    this.filter();
    this.explain(answer);
  }

  row(influence, about) {
    const id = `influence-${influence.name}`;
    const more = h("tr", { id, className: "more", hidden: true }, h("td", {}, whatToTalkAbout(influence, about)));
    const button = h("button", { type: "button", className: "opens", "aria-expanded": "false", "aria-controls": id, onclick: () => {
      const open = button.getAttribute("aria-expanded") !== "true";
      button.setAttribute("aria-expanded", String(open));
      this.filter();
    } }, influence.title);
    const movers = influence.movers.map((mover) => about.movers[mover]);
    const row = h("tr", {}, h("th", { scope: "row" }, button, h("small", {}, h("b", {}, influence.level), `: ${movers.join(", ")}`)));
    row.dataset.name = influence.name;
    return { row, more, button, influence };
  }

  /** Show the influences that whoever is chosen could move. */
  filter() {
    const { value } = this.mover;
    let shown = 0;
    for (const { row, more, button, influence } of this.rows.values()) {
      row.hidden = value !== "" && !influence.movers.includes(value);
      more.hidden = row.hidden || button.getAttribute("aria-expanded") !== "true";
      shown += row.hidden ? 0 : 1;
    }
    const sum = [...this.rows.values()].filter(({ row }) => !row.hidden).reduce((total, { influence }) => total + this.answer.more("share", influence.name, IN_TIME, EVERYBODY).mean, 0);
    const words = value ? `${shown} of ${this.rows.size} influences could be moved by ${this.answer.about.movers[value]}, alone or with others` : `${shown} influences`;
    this.told.textContent = shown ? `${words}; their shares add up to ${count(sum)} mothers a year.` : `${words}.`;
  }

  /** Why some shares are below 0, and what is not in the service. */
  explain(answer) {
    const negative = answer.byShare.filter(({ name }) => ["share", "alone", "last"].some((kind) => answer.more(kind, name, IN_TIME, EVERYBODY).mean <= -0.5));
    const limits = answer.steps > 1 ? "± is half the width of 95 % limits over the steps; what is smaller than its ± may be chance." : "Limits come with the second step.";
    this.below.textContent = `${limits}${negative.length ? " Below 0: to take such an influence away helps some mothers, and costs others the time that supporters had for them." : ""}`;
    const titles = answer.inactive.map(({ title }) => `“${title}”`);
    this.none.textContent = titles.length ? `Not in this service, so that nothing changes without ${titles.length > 1 ? "them" : "it"}: ${inARow(titles)}.` : "";
  }
}

/** A text as a sentence. */
function withStop(text) {
  return text.endsWith(".") ? text : `${text}.`;
}

const MEETINGS = { supervision: "In supervision", commissioning: "With the commissioner", design: "When a pathway is planned" };

function whatToTalkAbout({ ask, without, evidence }, about) {
  return h("div", { className: "talk" }, h("p", {}, h("b", {}, "Without it: "), `${without}.`),
    h("p", {}, h("b", {}, "To talk about")), h("ul", {}, Object.entries(MEETINGS).map(([meeting, title]) => h("li", {}, `${title}: `, h("q", {}, ask[meeting])))),
    h("details", {}, h("summary", {}, "What it rests on"), h("ul", { className: "evidence" }, evidence.filter((row) => row in about.evidence).map((row) => h("li", {}, h("b", {}, withRows(row)), withRows(` ${withStop(about.evidence[row].says)} `), h("small", {}, withRows(`${withStop(about.evidence[row].source)} Grade ${about.evidence[row].grade}.`)))))));
}
